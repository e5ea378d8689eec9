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
        precondition(parameters.count >= count && parts.count >= (partCount - 1) * partStride + count)
        self.parameters = parameters
        self.parts = parts
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
        precondition(min(squaredGradient.count, squaredUpdate.count) >= slice.count)
        self.slice = slice
        self.squaredGradient = squaredGradient
        self.squaredUpdate = squaredUpdate
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
        precondition(velocity.count >= slice.count)
        self.slice = slice
        self.velocity = velocity
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
        precondition(min(mean.count, squaredMean.count) >= slice.count)
        self.slice = slice
        self.mean = mean
        self.squaredMean = squaredMean
        self.rate = rate
        self.beta1 = beta1
        self.beta2 = beta2
        self.epsilon = epsilon
    }

    public var bytes: Double { Double(slice.count * (4 * slice.partCount + 24)) }
}
