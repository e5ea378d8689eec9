extension Model {
    /// The same architecture with weights that nobody trained: Glorot's uniform kernels, zero biases, and batch
    /// normalisation that changes nothing, nor rescaling within the network, which is what became of such. They have no
    /// number in common with those that any training starts from. What rescales the pixels stays: it was not learned.
    func withRandomWeights(seed: UInt64 = 0) -> Model {
        let ofPixels = Set(architecture.placed.prefix { $0.layer == .rescaling }.flatMap(\.tensors).map(\.name))
        let model = Model(architecture, threads: team.passes.count, kernels: network.kernels)
        model.load(
            zip(architecture.parameters, weights).enumerated().map { index, pair in
                let (parameter, own) = pair
                guard !ofPixels.contains(parameter.name) else { return own.tensor }
                guard parameter.fanIn == 0 else {
                    return parameter.glorot(Random(seed: seed, purpose: .randomWeights, index: index))
                }
                let isFactor = [".gamma", ".variance", ".scale"].contains { parameter.name.hasSuffix($0) }
                return Tensor(
                    shape: parameter.shape, values: [Float](repeating: isFactor ? 1 : 0, count: parameter.count))
            })
        return model
    }
}
