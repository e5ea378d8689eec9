import Foundation

/// What a finished run measured, without what it learned.
public struct RunResult: Sendable, Equatable {
    public var configuration: Configuration
    /// One entry an epoch, first epoch first.
    public var history: [EpochMetrics]

    public init(configuration: Configuration, history: [EpochMetrics]) {
        self.configuration = configuration
        self.history = history
    }
}

extension RunStore {
    /// What the complete runs on this data measured, by folder name.
    ///
    /// Only `run.json` is read, so that many runs take little time. Incomplete and outdated runs are passed over.
    ///
    /// - Returns: the results, and for each run that should be usable but is not the reason, which names the file.
    /// - Throws: ``RunStoreError/unreadable(path:reason:)`` if the store's folder is there but cannot be read.
    public func results(
        dataDigests: [String: String]
    ) throws(RunStoreError) -> (results: [RunResult], refused: [RunStoreError]) {
        var results: [RunResult] = []
        var refused: [RunStoreError] = []
        for (folder, _) in try runFolders() {
            do throws(RunStoreError) {
                guard let result = try result(in: folder, dataDigests: dataDigests) else { continue }
                results.append(result)
            } catch {
                if case .olderFormat = error { continue }
                refused.append(error)
            }
        }
        return (results, refused)
    }

    /// The result in a run's folder, or nil if the run is not complete or learned from other data.
    private func result(in folder: URL, dataDigests: [String: String]) throws(RunStoreError) -> RunResult? {
        guard let document = try document(in: folder), document.dataDigests == dataDigests else { return nil }
        let place = runFolder(for: document.configuration, dataDigests: dataDigests)
        let path = folder.appendingPathComponent(RunFile.document).path
        guard place.lastPathComponent == folder.lastPathComponent else { throw .damaged(path: path, .otherRun) }
        do {
            try document.configuration.check()
            try document.history.check(count: document.configuration.epochs, of: document.configuration)
        } catch {
            throw .damaged(path: path, error)
        }
        return RunResult(configuration: document.configuration, history: document.history)
    }
}
