extension Model {
    /// The same architecture with weights that nobody trained: Glorot's uniform kernels, zero biases, and batch
    /// normalisation that changes nothing. They have no number in common with those that any training starts from.
    func withRandomWeights(seed: UInt64 = 0) -> Model {
        let model = Model(architecture, threads: team.passes.count, kernels: network.kernels)
        model.load(
            architecture.parameters.enumerated().map { index, parameter in
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
