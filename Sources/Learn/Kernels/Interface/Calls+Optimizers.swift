/// Parameters that an optimiser changes, and their gradient in parts that are added in order.
public struct ParameterSlice {
    public let parameters: MutableView<Float>
    /// `partCount` gradients, `partStride` floats apart.
    public let parts: View<Float>
    public let partCount, partStride: Int
    /// A multiple of 16.
    public let count: Int

    public init(
        parameters: MutableView<Float>, parts: View<Float>, partCount: Int, partStride: Int, count: Int
    ) {
        precondition(count > 0 && count.isMultiple(of: blockLanes) && partCount > 0)
        self.parameters = parameters.first(count)
        self.parts = parts.first((partCount - 1) * partStride + count)
        self.partCount = partCount
        self.partStride = partStride
        self.count = count
    }
}

/// One step of Adadelta.
public struct AdadeltaStep: KernelCall {
    public let slice: ParameterSlice
    /// Running means, updated.
    public let squaredGradient, squaredUpdate: MutableView<Float>
    public let learningRate, rho, epsilon: Float

    public init(
        slice: ParameterSlice, squaredGradient: MutableView<Float>, squaredUpdate: MutableView<Float>,
        learningRate: Float, rho: Float, epsilon: Float
    ) {
        self.slice = slice
        self.squaredGradient = squaredGradient.first(slice.count)
        self.squaredUpdate = squaredUpdate.first(slice.count)
        self.learningRate = learningRate
        self.rho = rho
        self.epsilon = epsilon
    }

    public var bytes: Double { Double(slice.count * (4 * slice.partCount + 24)) }
}

/// One step of stochastic gradient descent with momentum.
public struct MomentumStep: KernelCall {
    public let slice: ParameterSlice
    /// The last update, updated.
    public let velocity: MutableView<Float>
    public let learningRate, momentum: Float

    public init(slice: ParameterSlice, velocity: MutableView<Float>, learningRate: Float, momentum: Float) {
        self.slice = slice
        self.velocity = velocity.first(slice.count)
        self.learningRate = learningRate
        self.momentum = momentum
    }

    public var bytes: Double { Double(slice.count * (4 * slice.partCount + 16)) }
}

/// One step of Adam, its corrections of bias taken into the step's rate.
public struct AdamStep: KernelCall {
    public let slice: ParameterSlice
    /// Running means of the gradient and of its square, updated.
    public let mean, squaredMean: MutableView<Float>
    /// `learningRate * sqrt(1 - beta2^t) / (1 - beta1^t)`
    public let rate: Float
    public let beta1, beta2, epsilon: Float

    public init(
        slice: ParameterSlice, mean: MutableView<Float>, squaredMean: MutableView<Float>, rate: Float, beta1: Float,
        beta2: Float, epsilon: Float
    ) {
        self.slice = slice
        self.mean = mean.first(slice.count)
        self.squaredMean = squaredMean.first(slice.count)
        self.rate = rate
        self.beta1 = beta1
        self.beta2 = beta2
        self.epsilon = epsilon
    }

    public var bytes: Double { Double(slice.count * (4 * slice.partCount + 24)) }
}
