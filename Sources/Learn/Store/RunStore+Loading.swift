import Foundation

extension RunStore {
    /// The complete run with this configuration and data, or nil if the store holds none.
    ///
    /// - Throws: ``RunStoreError`` that names the file if there is such a run but not every bit of it is as it was
    ///   written, it cannot be read, or another version of the program wrote it.
    public func load(
        _ configuration: Configuration, dataDigests: [String: String]
    ) throws(RunStoreError) -> Run? {
        let folder = runFolder(for: configuration, dataDigests: dataDigests)
        guard let document = try document(in: folder) else { return nil }
        guard document.configuration == configuration, document.dataDigests == dataDigests else {
            throw .damaged(path: folder.appendingPathComponent(RunFile.document).path, .otherRun)
        }
        return try run(document, in: folder)
    }

    /// The content of `run.json`, or nil if there is none.
    func document(in folder: URL) throws(RunStoreError) -> RunDocument? {
        let url = folder.appendingPathComponent(RunFile.document)
        guard let bytes = try content(url, limit: RunFile.longestDocument) else { return nil }
        let digestURL = folder.appendingPathComponent(RunFile.documentDigest)
        let recorded = try content(digestURL, limit: RunFile.longestDocument)
        if let recorded, recorded != Array("\(SHA256.hex(bytes))  \(RunFile.document)\n".utf8) {
            throw .damaged(path: url.path, .wrongDigest)
        }
        try checkVersion(of: bytes, path: url.path)
        guard recorded != nil else { throw .damaged(path: digestURL.path, .missingFile) }
        return try decode(RunDocument.self, from: bytes, path: url.path)
    }

    /// The run whose `run.json` holds `document`.
    func run(_ document: RunDocument, in folder: URL) throws(RunStoreError) -> Run {
        let weights = try tensors(RunFile.weights, of: document, in: folder)
        let others = try tensors(RunFile.tensors, of: document, in: folder)
        let path = folder.appendingPathComponent(RunFile.document).path
        do {
            try document.configuration.check()
            let run = try Run(document, weights: weights, others: others)
            try run.check()
            return run
        } catch {
            throw .damaged(path: path, error)
        }
    }

    private func tensors(
        _ name: String, of document: RunDocument, in folder: URL
    ) throws(RunStoreError) -> Safetensors.File {
        let url = folder.appendingPathComponent(name)
        guard let bytes = try content(url, limit: RunFile.longestTensorFile) else {
            throw .damaged(path: url.path, .missingFile)
        }
        guard SHA256.hex(bytes) == document.files[name] else { throw .damaged(path: url.path, .wrongDigest) }
        return try tensorFile(bytes, path: url.path)
    }

    func tensorFile(_ bytes: [UInt8], path: String) throws(RunStoreError) -> Safetensors.File {
        do {
            return try Safetensors.File(bytes)
        } catch {
            throw .damaged(path: path, .safetensors(error))
        }
    }

    /// A file's bytes, or nil if there is no such file.
    func content(_ url: URL, limit: Int) throws(RunStoreError) -> [UInt8]? {
        let bytes: [UInt8]?
        do {
            bytes = try OpenFile.contents(of: url, limit: limit)
        } catch {
            if error.code == ENOENT { return nil }
            if error == .notRegularFile { throw .damaged(path: url.path, .notRegularFile) }
            throw .unreadable(path: url.path, reason: error.reason)
        }
        guard let bytes else { throw .damaged(path: url.path, .tooLong(limit: limit)) }
        return bytes
    }

    func checkVersion(of json: [UInt8], path: String) throws(RunStoreError) {
        let version = try decode(FormatVersion.self, from: json, path: path).formatVersion
        if version > RunStore.formatVersion { throw .newerFormat(path: path, version: version) }
        if version < RunStore.formatVersion { throw .olderFormat(path: path, version: version) }
    }

    func decode<Value: Decodable>(
        _ type: Value.Type, from json: [UInt8], path: String
    ) throws(RunStoreError) -> Value {
        do {
            return try JSONDecoder().decode(type, from: Data(json))
        } catch {
            throw .damaged(path: path, .malformedDocument)
        }
    }
}

extension Run {
    /// Puts a run together from its files; whether the shapes fit is not checked yet.
    init(_ document: RunDocument, weights: Safetensors.File, others: Safetensors.File) throws(RunDefect) {
        let shapes = document.configuration.architecture
        let names = document.samples.map { sample in
            shapes.observed.map { "sample.\(sample.index).\($0.name)" }
        }
        let expected = [TrainingRecord.kernels, "predictions", TrainingRecord.answers] + names.joined()
        var samples: [SampleActivations] = []
        for (sample, names) in zip(document.samples, names) {
            var outputs: [NamedTensor] = []
            for (output, name) in zip(shapes.observed, names) {
                outputs.append(NamedTensor(output.name, try others.finding(name)))
            }
            samples.append(SampleActivations(index: sample.index, label: sample.label, outputs: outputs))
        }
        let weightsInOrder = try weights.tensors(shapes.parameters.map(\.name))
        let training = TrainingRecord(
            configuration: document.configuration, history: document.history,
            kernelHistory: try others.kernelHistory(of: shapes),
            answerHistory: try others.findingBytes(TrainingRecord.answers))
        self.init(
            .training(training), dataDigests: document.dataDigests, weights: weightsInOrder,
            predictions: try others.finding("predictions"), confusionMatrix: document.confusionMatrix, samples: samples)
        try others.checkNames(expected)
        try weights.checkNames(shapes.parameters.map(\.name))
    }
}

extension Safetensors.File {
    func finding(_ name: String) throws(RunDefect) -> Tensor {
        do {
            return try tensor(name)
        } catch {
            throw .safetensors(error)
        }
    }

    /// Nothing for a network without a convolution, even where a dense layer's weights stand in its place.
    func kernelHistory(of shapes: Architecture) throws(RunDefect) -> Tensor {
        shapes.firstKernel == nil ? Tensor(zeros: [0]) : try finding(TrainingRecord.kernels)
    }

    func findingBytes(_ name: String) throws(RunDefect) -> ByteTensor {
        do {
            return try bytes(name)
        } catch {
            throw .safetensors(error)
        }
    }

    /// The named tensors in the given order.
    func tensors(_ names: [String]) throws(RunDefect) -> [NamedTensor] {
        var tensors: [NamedTensor] = []
        for name in names { tensors.append(NamedTensor(name, try finding(name))) }
        return tensors
    }

    /// Whether there are no other tensors than the expected ones.
    func checkNames(_ expected: [String]) throws(RunDefect) {
        if let name = Set(entries.keys).subtracting(expected).min() { throw .unexpectedTensor(name: name) }
    }
}
