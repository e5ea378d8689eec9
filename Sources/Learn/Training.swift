/// How far a training is: reported several times an epoch.
public struct TrainingProgress: Sendable {
    /// Name of the network.
    public var network: String
    /// The epoch under way or just ended, from 1.
    public var epoch: Int
    public var epochs: Int
    /// Training samples seen in this epoch.
    public var samplesSeen: Int
    public var samplesPerEpoch: Int
    /// Mean loss over the epoch's samples so far, in nats.
    public var trainLoss: Double
    /// Share of the epoch's samples so far that were classified correctly.
    public var trainAccuracy: Double
    /// The whole epoch's figures, once it and its validation pass have ended.
    public var ended: EpochMetrics?
    public var samplesPerSecond: Double
    /// Estimated time until the last epoch ends, in seconds.
    public var secondsLeft: Double

    public init(
        network: String, epoch: Int, epochs: Int, samplesSeen: Int, samplesPerEpoch: Int, trainLoss: Double,
        trainAccuracy: Double, ended: EpochMetrics?, samplesPerSecond: Double, secondsLeft: Double
    ) {
        self.network = network
        self.epoch = epoch
        self.epochs = epochs
        self.samplesSeen = samplesSeen
        self.samplesPerEpoch = samplesPerEpoch
        self.trainLoss = trainLoss
        self.trainAccuracy = trainAccuracy
        self.ended = ended
        self.samplesPerSecond = samplesPerSecond
        self.secondsLeft = secondsLeft
    }
}

/// Obtains finished runs: takes them from the store, or trains them and puts them there.
public struct Training: Sendable {
    public let store: RunStore
    public let dataset: Dataset
    /// Threads that share each batch; the run's bits do not depend on it.
    public let threads: Int

    public init(store: RunStore, dataset: Dataset, threads: Int) {
        self.store = store
        self.dataset = dataset
        self.threads = threads
    }

    /// - Parameter fresh: train even if the store holds the run.
    /// - Returns: the run, complete and stored.
    public func run(
        _ configuration: Configuration, fresh: Bool = false, progress: (TrainingProgress) -> Void
    ) throws -> Run {
        preconditionFailure("written elsewhere")
    }
}
