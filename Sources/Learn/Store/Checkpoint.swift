/// The whole state of a training between two epochs: with the data, all that it takes to go on to the same bits.
///
/// The state of the random generator is not part of it, since it follows from the seed and the epoch.
public struct Checkpoint: Sendable, Equatable {
    public var configuration: Configuration
    /// SHA-256 of the decompressed content of each of the four files, by file name without `.gz`.
    public var dataDigests: [String: String]
    public var epochsDone: Int
    /// One entry an epoch done, first epoch first.
    public var history: [EpochMetrics]
    /// Parameters in layer order, named and shaped as in ``Run/weights``.
    public var weights: [NamedTensor]
    /// What the optimiser keeps, by parameter in the order of the weights and of their shapes: with Adadelta
    /// `conv1.kernel.squaredGradient`, `conv1.kernel.squaredUpdate`, `conv1.bias.squaredGradient`, ...
    public var accumulators: [NamedTensor]
    /// The first convolution's kernel before training and after each epoch done,
    /// `[epochs done + 1, kernel height, kernel width, in, out]`; as in ``TrainingRecord/kernelHistory``, empty and not
    /// stored for a network without one.
    public var kernelHistory: Tensor
    /// Likeliest class of each test image after each epoch done, `[epochs done, test images]`.
    public var answerHistory: ByteTensor

    public init(
        configuration: Configuration, dataDigests: [String: String], epochsDone: Int, history: [EpochMetrics],
        weights: [NamedTensor], accumulators: [NamedTensor], kernelHistory: Tensor, answerHistory: ByteTensor
    ) {
        self.configuration = configuration
        self.dataDigests = dataDigests
        self.epochsDone = epochsDone
        self.history = history
        self.weights = weights
        self.accumulators = accumulators
        self.kernelHistory = kernelHistory
        self.answerHistory = answerHistory
    }
}

extension Checkpoint {
    /// Whether the parts agree with one another and with the network, and every number is one.
    func check() throws(RunDefect) {
        try configuration.check()
        let shapes = configuration.architecture
        guard (0...configuration.epochs).contains(epochsDone) else { throw .outOfRange("epochsDone") }
        try history.check(count: epochsDone, of: configuration)
        try weights.check(against: shapes.parameters.map { ($0.name, $0.shape) })
        try accumulators.check(against: configuration.accumulators)
        try kernelHistory.check("kernelHistory", shape: shapes.kernelHistory(epochs: epochsDone))
        try answerHistory.check(epochs: epochsDone, images: answerHistory.shape.last ?? 0, classes: shapes.classes)
    }
}

extension Architecture {
    /// Which of the parameters is the first convolution's kernel; none in a network of dense layers alone.
    var firstKernel: Int? { parameters.firstIndex { $0.shape.count == 4 } }

    /// The shape of what a training keeps of that kernel.
    func kernelHistory(epochs: Int) -> [Int] {
        firstKernel.map { [epochs + 1] + parameters[$0].shape } ?? [0]
    }
}

extension Configuration {
    /// What the optimiser keeps, in the order of ``Checkpoint/accumulators``.
    var accumulators: [(name: String, shape: [Int])] {
        architecture.parameters.flatMap { parameter in
            optimizer.state.map { ("\(parameter.name).\($0)", parameter.shape) }
        }
    }
}
