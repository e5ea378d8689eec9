import Foundation

extension RunStore {
    /// Raised whenever an inspection's file changes, or the same run begins to give other numbers.
    static let inspectionVersion = 1

    /// The inspection that was stored beside a run, or nil if there is none of these weights and data that this version
    /// of the program has written.
    ///
    /// - Parameters:
    ///   - run: the inspected run.
    ///   - dataset: the data that it learned from.
    /// - Throws: ``RunStoreError`` that names the file if not every bit of it is as it was written, or it cannot be read.
    public func inspection(of run: Run, on dataset: Dataset) throws(RunStoreError) -> Inspection? {
        guard let training = run.training else { return nil }
        let url = runFolder(for: training.configuration, dataDigests: run.dataDigests)
            .appendingPathComponent(RunFile.inspection)
        guard let bytes = try content(url, limit: RunFile.longestTensorFile) else { return nil }
        let file = try sealedFile(bytes, path: url.path)
        // Whatever else the file holds: of other weights, or of another version, it is of no use.
        guard file.metadata[RunStore.inspected] == identity(ofInspected: run) else { return nil }
        do {
            return try Inspection(InspectionForm(run.architecture, dataset), file)
        } catch {
            throw .damaged(path: url.path, error)
        }
    }

    /// Stores an inspection beside its run, in place of an earlier one.
    ///
    /// - Throws: ``RunStoreError/unwritable(path:reason:)``, ``RunStoreError/unfit(network:_:)`` for a run that was not
    ///   trained here or a number that is not finite.
    public func save(_ inspection: Inspection, of run: Run) throws(RunStoreError) {
        guard let training = run.training else { throw .unfit(network: run.name, .noTraining) }
        let tensors = inspection.tensors
        for named in tensors where !named.tensor.values.allSatisfy(\.isFinite) {
            throw .unfit(network: run.name, .notFinite(name: named.name))
        }
        let bytes = Safetensors.sealed(
            tensors.map(Safetensors.Member.init),
            metadata: [RunStore.inspected: identity(ofInspected: run), "network": run.name])
        let target = runFolder(for: training.configuration, dataDigests: run.dataDigests)
        try changing(target) { () throws(SystemError) in
            let partial = target.appendingPathComponent(RunFile.inspection + RunFile.partialSuffix)
            try OpenFile.write(bytes, to: partial)
            try OpenFile.move(partial, to: target.appendingPathComponent(RunFile.inspection))
            try OpenFile.synchronize(folder: target)
        }
    }

    /// SHA-256 of all that an inspection's numbers follow from. The seed and the like do not belong to it: what is
    /// inspected are the weights.
    private func identity(ofInspected run: Run) -> String {
        SHA256.hex(
            CanonicalJSON.encode(
                Identity(
                    architecture: run.architecture, weights: SHA256.hex(Safetensors.encode(run.weights)),
                    dataDigests: run.dataDigests, formatVersion: RunStore.inspectionVersion)))
    }

    /// Name of the identity in the file's metadata.
    private static let inspected = "inspected"

    private struct Identity: Encodable {
        let architecture: Architecture
        let weights: String
        let dataDigests: [String: String]
        let formatVersion: Int
    }
}
