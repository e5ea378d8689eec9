extension Plan {
    /// Glorot's uniform weights and zero biases.
    ///
    /// Kernels are uniform in +-sqrt(6 / (fan in + fan out)), as in Keras.
    /// Source: X. Glorot, Y. Bengio, "Understanding the difficulty of training deep feedforward neural networks", 2010.
    func initialize(_ vector: UnsafeMutablePointer<Float>, seed: UInt64) {
        for (index, parameter) in parameters.enumerated() where parameter.shape.fanIn > 0 {
            var random = Random(seed: seed, purpose: .initialWeights, index: index)
            let limit = (6 / Float(parameter.shape.fanIn + parameter.shape.fanOut)).squareRoot()
            let values = (0..<parameter.rows * parameter.columns).map { _ in (2 * random.unit() - 1) * limit }
            parameter.write(Tensor(shape: parameter.shape.shape, values: values), to: vector)
        }
    }
}
