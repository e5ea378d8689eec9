import Foundation

extension RunStore {
    /// Stores a complete run; a run of the same identity is replaced, its checkpoint removed.
    ///
    /// Whatever happens meanwhile, the folder then holds either the whole run or an incomplete one.
    ///
    /// - Throws: ``RunStoreError/unfit(network:_:)`` if the run's parts do not fit together or a number is not finite,
    ///   ``RunStoreError/unwritable(path:reason:)`` if the files cannot be written.
    public func save(_ run: Run) throws(RunStoreError) {
        do {
            try run.check()
        } catch {
            throw .unfit(network: run.name, error)
        }
        guard let training = run.training else { throw .unfit(network: run.name, .noTraining) }
        let target = runFolder(for: training.configuration, dataDigests: run.dataDigests)
        let weights = Safetensors.encode(run.weights, metadata: ["network": run.name])
        let tensors = Safetensors.encode(
            run.otherTensors(training), bytes: [TrainingRecord.answers: training.answerHistory])
        let document = CanonicalJSON.encode(
            RunDocument(
                run, training, files: [RunFile.weights: SHA256.hex(weights), RunFile.tensors: SHA256.hex(tensors)]),
            pretty: true)
        let digest = "\(SHA256.hex(document))  \(RunFile.document)\n"
        let files = [
            (RunFile.weights, weights), (RunFile.tensors, tensors), (RunFile.documentDigest, Array(digest.utf8)),
            (RunFile.document, document),
        ]
        try changing(target) { () throws(SystemError) in
            // The same bits again, as reproducible training gives them, leave no moment without a complete run.
            if try !holds(files, in: target) { try commit(files, in: target) }
            try noteTrained(target)
            try remove([RunFile.checkpoint], in: target)
            removePartialFiles(in: target)
        }
    }

    /// Whether the files are there with just this content.
    private func holds(_ files: [(name: String, content: [UInt8])], in target: URL) throws(SystemError) -> Bool {
        for file in files {
            do {
                let url = target.appendingPathComponent(file.name)
                guard try OpenFile.contents(of: url, limit: file.content.count) == file.content else { return false }
            } catch {
                guard error.code == ENOENT || error == .notRegularFile else { throw error }
                return false
            }
        }
        return true
    }

    /// Puts files in place in the given order, the last one only once the others are safely on the disk.
    private func commit(_ files: [(name: String, content: [UInt8])], in target: URL) throws(SystemError) {
        for file in files {
            try OpenFile.write(file.content, to: target.appendingPathComponent(file.name + RunFile.partialSuffix))
        }
        let last = files[files.count - 1].name
        try remove([last], in: target)
        for file in files {
            if file.name == last { try OpenFile.synchronize(folder: target) }
            let url = target.appendingPathComponent(file.name)
            try OpenFile.move(target.appendingPathComponent(file.name + RunFile.partialSuffix), to: url)
        }
        try OpenFile.synchronize(folder: target)
    }

    /// Removes those of the named files that are there.
    func remove(_ names: [String], in target: URL) throws(SystemError) {
        var removed = false
        for name in names {
            if unlink(target.appendingPathComponent(name).path) == 0 {
                removed = true
            } else if errno != ENOENT {
                throw .last
            }
        }
        if removed { try OpenFile.synchronize(folder: target) }
    }

    /// Creates a run's folder if need be and lets `change` work on it while no other process does.
    ///
    /// If that fails, as on a full disk, what it left half written is removed.
    func changing(_ target: URL, _ change: () throws(SystemError) -> Void) throws(RunStoreError) {
        try withWriteLock(failingAt: target) { () throws(SystemError) in
            do throws(SystemError) {
                try OpenFile.createFolder(target)
                try change()
            } catch {
                removePartialFiles(in: target)
                throw error
            }
        }
    }

    /// Lets `change` work on the store while no other process changes anything in it.
    ///
    /// - Parameter place: what an error names.
    func withWriteLock(
        failingAt place: URL, _ change: () throws(SystemError) -> Void
    ) throws(RunStoreError) {
        let lock: LockFile
        do throws(SystemError) {
            try OpenFile.createFolder(folder)
            lock = try LockFile(folder.appendingPathComponent(RunFile.writeLock))
        } catch {
            throw .unwritable(path: place.path, reason: error.reason)
        }
        do {
            try lock.wait()
        } catch {
            throw .unlockable(path: folder.path, reason: error.reason)
        }
        do {
            try change()
        } catch {
            throw .unwritable(path: place.path, reason: error.reason)
        }
    }

    /// Failing to clean up is no failure of its own: the next save overwrites what is left.
    private func removePartialFiles(in target: URL) {
        let names = try? FileManager.default.contentsOfDirectory(atPath: target.path)
        for name in names ?? [] where name.hasSuffix(RunFile.partialSuffix) {
            unlink(target.appendingPathComponent(name).path)
        }
    }
}

extension TrainingRecord {
    /// Names of the answers and of the first convolution's kernels in a file of tensors.
    static let answers = "answerHistory"
    static let kernels = "kernelHistory"

    /// What is stored of the kernels: nothing for a network without a convolution.
    static func stored(_ kernelHistory: Tensor) -> [NamedTensor] {
        kernelHistory.values.isEmpty ? [] : [NamedTensor(kernels, kernelHistory)]
    }
}

extension Run {
    /// All tensors of numbers but the weights, by the names that they have in `tensors.safetensors`.
    fileprivate func otherTensors(_ training: TrainingRecord) -> [NamedTensor] {
        TrainingRecord.stored(training.kernelHistory) + [NamedTensor("predictions", predictions)]
            + samples.flatMap { sample in
                sample.outputs.map { NamedTensor("sample.\(sample.index).\($0.name)", $0.tensor) }
            }
    }
}
