extension Model {
    /// The same architecture with weights that nobody trained: Glorot's uniform kernels, zero biases, and batch
    /// normalisation that changes nothing. They have no number in common with those that any training starts from.
    /// Rescaling stays: what is done to the pixels was not learned, and without it there would be no image.
    func withRandomWeights(seed: UInt64 = 0) -> Model {
        let rescalings = Set(architecture.placed.filter { $0.layer == .rescaling }.flatMap(\.tensors).map(\.name))
        let model = Model(architecture, threads: team.passes.count, kernels: network.kernels)
        model.load(
            zip(architecture.parameters, weights).enumerated().map { index, pair in
                let (parameter, own) = pair
                guard !rescalings.contains(parameter.name) else { return own.tensor }
                guard parameter.fanIn == 0 else {
                    return parameter.glorot(Random(seed: seed, purpose: .randomWeights, index: index))
                }
                let isFactor = parameter.name.hasSuffix(".gamma") || parameter.name.hasSuffix(".variance")
                return Tensor(
                    shape: parameter.shape, values: [Float](repeating: isFactor ? 1 : 0, count: parameter.count))
            })
        return model
    }
}
