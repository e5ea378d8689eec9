import Foundation

extension RunStore {
    /// Stores the state of a training in its run's folder, in place of an earlier one, and weights that are to stay.
    ///
    /// Whatever happens meanwhile, the folder then holds either the earlier checkpoint or this one and those weights.
    ///
    /// - Throws: ``RunStoreError/unfit(network:_:)`` if a number is not finite, as after a training that diverged,
    ///   ``RunStoreError/unwritable(path:reason:)`` if the file cannot be written.
    public func saveCheckpoint(
        _ checkpoint: Checkpoint, keeping kept: [EpochWeights] = []
    ) throws(RunStoreError) {
        do {
            try checkpoint.check()
        } catch {
            throw .unfit(network: checkpoint.configuration.network, error)
        }
        let target = runFolder(for: checkpoint.configuration, dataDigests: checkpoint.dataDigests)
        let identity = identity(of: checkpoint.configuration, dataDigests: checkpoint.dataDigests)
        let files =
            kept.map { (RunFile.epoch($0.epoch), $0.encoded(ofRun: identity)) }
            + [(RunFile.checkpoint, checkpoint.encoded())]
        try changing(target) { () throws(SystemError) in
            for (name, content) in files {
                try OpenFile.write(content, to: target.appendingPathComponent(name + RunFile.partialSuffix))
            }
            for (name, _) in files {
                try OpenFile.move(
                    target.appendingPathComponent(name + RunFile.partialSuffix), to: target.appendingPathComponent(name)
                )
            }
            try OpenFile.synchronize(folder: target)
        }
    }

    /// The last state of an interrupted training with this configuration and data, or nil if there is none.
    ///
    /// - Throws: ``RunStoreError`` that names the file if not every bit of it is as it was written, it cannot be
    ///   read, or another version of the program wrote it.
    public func loadCheckpoint(
        _ configuration: Configuration, dataDigests: [String: String]
    ) throws(RunStoreError) -> Checkpoint? {
        let folder = runFolder(for: configuration, dataDigests: dataDigests)
        guard let checkpoint = try checkpoint(in: folder) else { return nil }
        guard checkpoint.configuration == configuration, checkpoint.dataDigests == dataDigests else {
            throw .damaged(path: folder.appendingPathComponent(RunFile.checkpoint).path, .otherRun)
        }
        return checkpoint
    }

    /// Removes what a process left that ended between storing a run and clearing up: its last checkpoint. One of a
    /// training that was begun anew and interrupted stays.
    func removeLeftCheckpoint(in target: URL) throws(RunStoreError) {
        guard try !isWantedAnew(target) else { return }
        try withWriteLock(failingAt: target) { () throws(SystemError) in try remove([RunFile.checkpoint], in: target) }
    }

    /// The checkpoint in a run's folder, or nil if there is none.
    func checkpoint(in folder: URL) throws(RunStoreError) -> Checkpoint? {
        let url = folder.appendingPathComponent(RunFile.checkpoint)
        guard let bytes = try content(url, limit: RunFile.longestTensorFile) else { return nil }
        let file = try sealedFile(bytes, path: url.path)
        guard let json = file.metadata[CheckpointDocument.key].map({ Array($0.utf8) }) else {
            throw .damaged(path: url.path, .malformedDocument)
        }
        try checkVersion(of: json, path: url.path)
        let document = try decode(CheckpointDocument.self, from: json, path: url.path)
        do {
            let checkpoint = try Checkpoint(document, file)
            try checkpoint.check()
            return checkpoint
        } catch {
            throw .damaged(path: url.path, error)
        }
    }

    /// A file of which every byte is as it was written.
    func sealedFile(_ bytes: [UInt8], path: String) throws(RunStoreError) -> Safetensors.File {
        let file = try tensorFile(bytes, path: path)
        guard Safetensors.sealed(file.members, metadata: file.metadata) == bytes else {
            throw .damaged(path: path, .wrongDigest)
        }
        return file
    }
}

extension Safetensors {
    /// The bytes of a file whose metadata have one more member, `sha256`: the digest of the file without it.
    static func sealed(_ members: [Member], metadata: [String: String]) -> [UInt8] {
        var metadata = metadata
        metadata["sha256"] = nil
        metadata["sha256"] = SHA256.hex(encode(members, metadata: metadata))
        return encode(members, metadata: metadata)
    }
}

/// All of a checkpoint but its tensors: JSON in the metadata of its file.
struct CheckpointDocument: Codable {
    static let key = "checkpoint"

    var formatVersion = RunStore.formatVersion
    let configuration: Configuration
    let dataDigests: [String: String]
    let epochsDone: Int
    let history: [EpochMetrics]
}

extension Checkpoint {
    init(_ document: CheckpointDocument, _ file: Safetensors.File) throws(RunDefect) {
        try document.configuration.check()
        let weights = document.configuration.architecture.parameters.map(\.name)
        let accumulators = document.configuration.accumulators.map(\.name)
        self.init(
            configuration: document.configuration, dataDigests: document.dataDigests,
            epochsDone: document.epochsDone, history: document.history, weights: try file.tensors(weights),
            accumulators: try file.tensors(accumulators),
            kernelHistory: try file.kernelHistory(of: document.configuration.architecture),
            answerHistory: try file.findingBytes(TrainingRecord.answers))
        try file.checkNames(weights + accumulators + [TrainingRecord.kernels, TrainingRecord.answers])
    }

    /// The bytes of the checkpoint's file: equal checkpoints have equal bytes.
    fileprivate func encoded() -> [UInt8] {
        let document = CheckpointDocument(
            configuration: configuration, dataDigests: dataDigests, epochsDone: epochsDone, history: history)
        let tensors = weights + accumulators + TrainingRecord.stored(kernelHistory)
        return Safetensors.sealed(
            tensors.map(Safetensors.Member.init) + [Safetensors.Member(TrainingRecord.answers, answerHistory)],
            metadata: [CheckpointDocument.key: String(decoding: CanonicalJSON.encode(document), as: UTF8.self)])
    }
}
