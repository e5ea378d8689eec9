import Foundation

extension RunStore {
    /// What a training kept of its weights on the way, by epoch; nothing of a run that an earlier version of this program
    /// trained.
    ///
    /// - Throws: ``RunStoreError`` that names the file if not every bit of one is as it was written, or it cannot be
    ///   read.
    public func epochWeights(of run: Run) throws(RunStoreError) -> [EpochWeights] {
        guard let configuration = run.training?.configuration else { return [] }
        let folder = runFolder(for: configuration, dataDigests: run.dataDigests)
        let identity = identity(of: configuration, dataDigests: run.dataDigests)
        var kept: [EpochWeights] = []
        for epoch in configuration.keptEpochs {
            let url = folder.appendingPathComponent(RunFile.epoch(epoch))
            guard let bytes = try content(url, limit: RunFile.longestTensorFile) else { continue }
            let file = try sealedFile(bytes, path: url.path)
            guard EpochWeights.metadata(ofRun: identity, epoch).allSatisfy({ file.metadata[$0.key] == $0.value }) else {
                throw .damaged(path: url.path, .otherRun)
            }
            do {
                kept.append(try EpochWeights(epoch: epoch, of: configuration.architecture, file))
            } catch {
                throw .damaged(path: url.path, error)
            }
        }
        return kept
    }
}

extension EpochWeights {
    /// The bytes of their file: equal weights have equal bytes.
    /// - Parameter identity: of the run that they are kept of.
    func encoded(ofRun identity: String) -> [UInt8] {
        Safetensors.sealed(
            weights.flatMap { Safetensors.members($0.key, $0.value) },
            metadata: EpochWeights.metadata(ofRun: identity, epoch))
    }

    fileprivate static func metadata(ofRun identity: String, _ epoch: Int) -> [String: String] {
        ["run": identity, "epoch": "\(epoch)"]
    }

    init(epoch: Int, of architecture: Architecture, _ file: Safetensors.File) throws(RunDefect) {
        var weights: [String: CompactTensor] = [:]
        for parameter in architecture.parameters { weights[parameter.name] = try file.compact(parameter) }
        self.init(epoch: epoch, weights: weights)
        try file.checkNames(weights.flatMap { name, tensor in Safetensors.members(name, tensor).map(\.name) })
    }
}

extension Safetensors {
    /// Singles as they are; integers with their scales, `<name>.scales`.
    fileprivate static func members(_ name: String, _ tensor: CompactTensor) -> [Member] {
        switch tensor.numbers {
        case .singles(let values): [Member(NamedTensor(name, Tensor(shape: tensor.shape, values: values)))]
        case .integers(let integers, let scales, _):
            [
                Member(
                    name: name, type: .int16, shape: tensor.shape,
                    bytes: integers.map { Int16(clamping: $0).littleEndian }.withUnsafeBytes { Array($0) }),
                Member(NamedTensor("\(name).scales", Tensor(shape: [scales.count], values: scales))),
            ]
        }
    }
}

extension Safetensors.File {
    fileprivate func compact(_ parameter: ParameterShape) throws(RunDefect) -> CompactTensor {
        guard entries[parameter.name]?.type == .int16 else {
            let tensor = try finding(parameter.name)
            try tensor.check(parameter.name, shape: parameter.shape)
            return CompactTensor(shape: parameter.shape, numbers: .singles(tensor.values))
        }
        let name = "\(parameter.name).scales"
        let scales = try finding(name)
        try scales.check(name, shape: Array(parameter.shape.suffix(1)))
        let shape = entries[parameter.name]?.shape ?? []
        guard shape == parameter.shape else {
            throw .wrongShape(name: parameter.name, found: shape, expected: parameter.shape)
        }
        do {
            let integers = try elements(parameter.name, .int16) { Int32(Int16(littleEndian: $0)) }
            return CompactTensor(shape: shape, numbers: .integers(integers, scales: scales.values, .bits16))
        } catch {
            throw .safetensors(error)
        }
    }
}
