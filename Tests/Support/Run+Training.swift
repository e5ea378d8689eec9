import Learn

/// Most tests are about runs that were trained, and change what they say of it.
extension Run {
    public init(
        configuration: Configuration, dataDigests: [String: String], history: [EpochMetrics], weights: [NamedTensor],
        kernelHistory: Tensor, predictions: Tensor, answerHistory: ByteTensor, confusionMatrix: [[Int]],
        samples: [SampleActivations]
    ) {
        let training = TrainingRecord(
            configuration: configuration, history: history, kernelHistory: kernelHistory, answerHistory: answerHistory)
        self.init(
            .training(training), dataDigests: dataDigests, weights: weights, predictions: predictions,
            confusionMatrix: confusionMatrix, samples: samples)
    }

    /// - Precondition: a trained run.
    private var record: TrainingRecord {
        get { training! }
        set { origin = .training(newValue) }
    }

    public var configuration: Configuration {
        get { record.configuration }
        set { record.configuration = newValue }
    }

    public var history: [EpochMetrics] {
        get { record.history }
        set { record.history = newValue }
    }

    public var kernelHistory: Tensor {
        get { record.kernelHistory }
        set { record.kernelHistory = newValue }
    }

    public var answerHistory: ByteTensor {
        get { record.answerHistory }
        set { record.answerHistory = newValue }
    }

    public var finalMetrics: EpochMetrics { history[history.count - 1] }
}
