extension Plan {
    /// Glorot's uniform weights and zero biases.
    func initialize(_ vector: UnsafeMutablePointer<Float>, seed: UInt64) {
        for (index, parameter) in parameters.enumerated() where parameter.shape.fanIn > 0 {
            let weights = parameter.shape.glorot(Random(seed: seed, purpose: .initialWeights, index: index))
            parameter.write(weights, to: vector)
        }
    }
}

extension ParameterShape {
    /// Kernels are uniform in +-sqrt(6 / (fan in + fan out)), as in Keras.
    ///
    /// Source: X. Glorot, Y. Bengio, "Understanding the difficulty of training deep feedforward neural networks", 2010.
    func glorot(_ random: Random) -> Tensor {
        var random = random
        let limit = (6 / Float(fanIn + fanOut)).squareRoot()
        return Tensor(shape: shape, values: (0..<count).map { _ in (2 * random.unit() - 1) * limit })
    }
}
