import Foundation

/// What a store's list tells of one run's folder.
public struct StoredRun: Sendable, Equatable {
    public enum State: Sendable, Equatable {
        case complete
        /// Interrupted, or under way in another process.
        case incomplete
        /// Written by an earlier version of this program.
        case outdated
        /// Written by a later version of this program.
        case newer
        /// The reason in one line that names the file.
        case damaged(RunStoreError)
    }

    public let folder: URL
    /// Name of the network, from the folder's name.
    public let network: String
    public let state: State
    /// What was, or was to be, trained; nil if the folder does not tell.
    public let configuration: Configuration?
    /// Epochs whose results are stored.
    public let epochsDone: Int
    /// Test accuracy after the last stored epoch, 0...1.
    public let accuracy: Double?
    /// When the run was stored or, if incomplete, its last checkpoint.
    public let date: Date?
    /// Size of all files in the folder, in bytes.
    public let size: Int

    public init(
        folder: URL, network: String, state: State, configuration: Configuration?, epochsDone: Int, accuracy: Double?,
        date: Date?, size: Int
    ) {
        self.folder = folder
        self.network = network
        self.state = state
        self.configuration = configuration
        self.epochsDone = epochsDone
        self.accuracy = accuracy
        self.date = date
        self.size = size
    }
}

extension RunStore {
    /// All runs in the store, whole or not, by folder name; folders and files of other kinds are passed over.
    ///
    /// - Throws: ``RunStoreError/unreadable(path:reason:)`` if the store's folder is there but cannot be read.
    public func list() throws(RunStoreError) -> [StoredRun] {
        try runFolders().map { entry($0.folder, network: $0.network) }
    }

    /// The folders that are named as runs' are, by name, with the network that the name tells.
    func runFolders() throws(RunStoreError) -> [(folder: URL, network: String)] {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        } catch CocoaError.fileReadNoSuchFile {
            return []
        } catch {
            throw .unreadable(path: folder.path, reason: error.localizedDescription)
        }
        return names.sorted().compactMap { name in
            network(ofFolder: name).map { (folder.appendingPathComponent(name, isDirectory: true), $0) }
        }
    }

    /// The listed runs that no later build can use: the incomplete and the outdated.
    public func pruneCandidates() throws(RunStoreError) -> [StoredRun] {
        try list().filter { $0.state == .incomplete || $0.state == .outdated }
    }

    /// Removes a run's folder with all that is in it, unless the run has come to another state since it was listed.
    ///
    /// - Returns: Whether it was removed; not if another process has begun to train the run meanwhile.
    /// - Throws: ``RunStoreError/inUse(path:holder:)`` if a process works on the run, or what `lock` throws.
    public func remove(_ run: StoredRun) throws(RunStoreError) -> Bool {
        let lock = try lock(run.folder, whenHeld: .fail)
        let isAsListed = entry(run.folder, network: run.network).state == run.state
        let isRemoved = isAsListed ? try removeFolder(run.folder) : false
        lock.release()
        return isRemoved
    }

    private func removeFolder(_ target: URL) throws(RunStoreError) -> Bool {
        // First what makes the run a whole one, so that a crash midway leaves an incomplete one.
        try withWriteLock(failingAt: target) { () throws(SystemError) in try remove([RunFile.document], in: target) }
        do {
            for name in try FileManager.default.contentsOfDirectory(atPath: target.path)
            where name != FolderLock.fileName {
                try FileManager.default.removeItem(at: target.appendingPathComponent(name))
            }
        } catch {
            throw .unwritable(path: target.path, reason: error.localizedDescription)
        }
        // Last the lock, and it may be there again at once: of a process that saw the folder a moment ago.
        var isEmpty = true
        try withWriteLock(failingAt: target) { () throws(SystemError) in
            try remove([FolderLock.fileName], in: target)
            guard rmdir(target.path) != 0 else { return }
            isEmpty = false
            guard errno == ENOTEMPTY || errno == EEXIST else { throw .last }
        }
        return isEmpty
    }

    /// The network in a folder name such as `small-0123456789abcdef`, or nil if the name is of another form.
    private func network(ofFolder name: String) -> String? {
        // A hidden name is an editor's or a file manager's.
        guard let match = name.wholeMatch(of: /([^.].*)-[0-9a-f]{16}/) else { return nil }
        return String(match.1)
    }

    private func entry(_ folder: URL, network: String) -> StoredRun {
        var state = StoredRun.State.incomplete
        var told: (configuration: Configuration, history: [EpochMetrics])?
        do throws(RunStoreError) {
            if let document = try document(in: folder) {
                told = (document.configuration, document.history)
                try checkPlace(of: document, in: folder)
                _ = try run(document, in: folder)
                state = .complete
            } else if let checkpoint = try checkpoint(in: folder) {
                told = (checkpoint.configuration, checkpoint.history)
            }
        } catch {
            state = StoredRun.State(error)
        }
        let files = files(in: folder)
        return StoredRun(
            folder: folder, network: network, state: state, configuration: told?.configuration,
            epochsDone: told?.history.count ?? 0, accuracy: told?.history.last?.testAccuracy,
            date: (files[RunFile.document] ?? files[RunFile.checkpoint])?.date,
            size: files.values.reduce(0) { $0 + $1.size })
    }

    private func checkPlace(of document: RunDocument, in folder: URL) throws(RunStoreError) {
        let place = runFolder(for: document.configuration, dataDigests: document.dataDigests)
        guard place.lastPathComponent == folder.lastPathComponent else {
            throw .damaged(path: folder.appendingPathComponent(RunFile.document).path, .otherRun)
        }
    }

    /// Sizes in bytes and modification dates by name; empty if the folder cannot be read.
    private func files(in folder: URL) -> [String: (size: Int, date: Date)] {
        let keys: Set<URLResourceKey> = [.fileSizeKey, .contentModificationDateKey]
        let urls = try? FileManager.default.contentsOfDirectory(
            at: folder, includingPropertiesForKeys: Array(keys))
        return (urls ?? []).reduce(into: [:]) { files, url in
            guard let values = try? url.resourceValues(forKeys: keys) else { return }
            files[url.lastPathComponent] = (values.fileSize ?? 0, values.contentModificationDate ?? .distantPast)
        }
    }
}

extension StoredRun.State {
    fileprivate init(_ error: RunStoreError) {
        switch error {
        case .olderFormat: self = .outdated
        case .newerFormat: self = .newer
        default: self = .damaged(error)
        }
    }
}
