import Foundation

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
    /// Threads that share each batch, as far as there is work for them; the run's bits do not depend on it.
    public let threads: Int

    public init(store: RunStore, dataset: Dataset, threads: Int) {
        self.store = store
        self.dataset = dataset
        self.threads = threads
    }

    /// Takes the run from the store, or goes on from its last checkpoint, or trains it from the start. The state is
    /// stored after each epoch.
    ///
    /// - Parameters:
    ///   - configuration: network, seed and settings
    ///   - fresh: do as ``RunStore/beginAnew(_:dataDigests:)`` asked: pass over the run that the store holds, and go on
    ///     from no other checkpoint than one of the training thus begun
    ///   - isInterrupted: asked after each epoch, once its checkpoint is stored
    ///   - waiting: called with the process identifier, if known, of another program that is training the same run
    ///   - progress: called after each batch, and at the end of each epoch
    /// - Returns: the run, complete and stored.
    /// - Throws: ``TrainingError``, ``RunStoreError``, ``ArchitectureError``
    public func run(
        _ configuration: Configuration, fresh: Bool = false, isInterrupted: () -> Bool = { false },
        waiting: @escaping (Int32?) -> Void = { _ in }, progress: (TrainingProgress) -> Void
    ) throws -> Run {
        let lock = try store.lock(
            configuration, dataDigests: dataset.digests, whenHeld: .wait(telling: waiting))
        return try run(configuration, fresh: fresh, isInterrupted: isInterrupted, progress: progress, holding: lock)
    }

    private func run(
        _ configuration: Configuration, fresh: Bool, isInterrupted: () -> Bool,
        progress: (TrainingProgress) -> Void, holding _: borrowing FolderLock
    ) throws -> Run {
        let folder = store.runFolder(for: configuration, dataDigests: dataset.digests)
        let isAnew = try fresh && store.isWantedAnew(folder)
        if !isAnew, let run = try store.load(configuration, dataDigests: dataset.digests) {
            try store.removeLeftCheckpoint(in: folder)
            return run
        }
        let trainer = try Trainer(configuration: configuration, dataset: dataset, threads: threads)
        if let checkpoint = try checkpoint(of: configuration, in: folder, passingOverDamage: isAnew) {
            trainer.restore(checkpoint)
        }
        var pace = Pace(trainer: trainer)
        // Of a training that diverges at once, nothing is stored.
        var kept = trainer.epochsDone == 0 ? [EpochWeights(afterEpoch: 0, trainer.model.weights)] : []
        while trainer.epochsDone < configuration.epochs {
            try trainer.trainEpoch { progress(pace.progress(of: trainer, samples: $0, loss: $1, accuracy: $2)) }
            progress(pace.endOfEpoch(of: trainer))
            guard trainer.epochsDone < configuration.epochs else { break }
            if configuration.keptEpochs.contains(trainer.epochsDone) {
                kept.append(EpochWeights(afterEpoch: trainer.epochsDone, trainer.model.weights))
            }
            try store.saveCheckpoint(trainer.checkpoint(), keeping: kept)
            kept = []
            if isInterrupted() {
                throw TrainingError.interrupted(network: configuration.network, epochsDone: trainer.epochsDone)
            }
        }
        let run = trainer.finishedRun()
        try store.save(run)
        return run
    }

    /// The state to go on from. To train anew is the advice where a file is damaged, and must not fail on it.
    private func checkpoint(
        of configuration: Configuration, in folder: URL, passingOverDamage: Bool
    ) throws(RunStoreError) -> Checkpoint? {
        do throws(RunStoreError) {
            let checkpoint = try store.loadCheckpoint(configuration, dataDigests: dataset.digests)
            if let checkpoint, checkpoint.answerHistory.shape[1] != dataset.test.count {
                throw .damaged(path: folder.appendingPathComponent(RunFile.checkpoint).path, .otherRun)
            }
            return checkpoint
        } catch {
            switch error {
            case .damaged, .olderFormat, .newerFormat: if passingOverDamage { return nil }
            default: break
            }
            throw error
        }
    }
}

/// Measures how fast a training goes.
private struct Pace {
    private let start = ContinuousClock.now
    private let epochsBefore: Int
    private let samplesPerEpoch: Int

    init(trainer: Trainer) {
        epochsBefore = trainer.epochsDone
        samplesPerEpoch = trainer.dataset.train.count
    }

    mutating func progress(of trainer: Trainer, samples: Int, loss: Double, accuracy: Double) -> TrainingProgress {
        let configuration = trainer.configuration
        let done = Double((trainer.epochsDone - epochsBefore) * samplesPerEpoch + samples)
        let left = Double((configuration.epochs - trainer.epochsDone) * samplesPerEpoch - samples)
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        let pace = seconds > 0 ? done / seconds : 0
        return TrainingProgress(
            network: configuration.network, epoch: trainer.epochsDone + 1, epochs: configuration.epochs,
            samplesSeen: samples, samplesPerEpoch: samplesPerEpoch, trainLoss: loss, trainAccuracy: accuracy,
            ended: nil, samplesPerSecond: pace, secondsLeft: pace > 0 ? left / pace : 0)
    }

    mutating func endOfEpoch(of trainer: Trainer) -> TrainingProgress {
        let metrics = trainer.history[trainer.epochsDone - 1]
        var progress = progress(
            of: trainer, samples: 0, loss: metrics.trainLoss, accuracy: metrics.trainAccuracy)
        progress.epoch = trainer.epochsDone
        progress.samplesSeen = samplesPerEpoch
        progress.ended = metrics
        return progress
    }
}
