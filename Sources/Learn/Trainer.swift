import Foundation
import KernelInterface

/// A network in training: its parameters, the optimiser's state and what the epochs so far measured.
///
/// A batch is cut into shards, and the shards are dealt into parts whose gradients are added in a fixed order; so
/// the bits do not depend on how many threads share the work.
public final class Trainer {
    public let configuration: Configuration
    public let dataset: Dataset
    let model: Model
    let squaredGradient, squaredUpdate: Buffer<Float>
    private(set) var history: [EpochMetrics] = []
    private(set) var kernelHistory: [Float] = []
    /// Likeliest class of each test image, epoch by epoch.
    private(set) var answerHistory: [UInt8] = []
    let team: ThreadTeam
    private let gradients: Buffer<Float>
    private let shards: Shards
    /// Parts of the last step's gradient.
    private var partCount = 0

    /// - Parameters:
    ///   - configuration: network, seed and settings
    ///   - dataset: what to learn from, and what to measure with
    ///   - threads: how many share a batch, at least 1; more than there is work or are processors for are not started
    /// - Throws: ``NetworkError``, ``TrainingError/unknownNetwork(_:)``
    public convenience init(configuration: Configuration, dataset: Dataset, threads: Int) throws {
        guard let network = Network.all.first(where: { $0.name == configuration.network }) else {
            throw TrainingError.unknownNetwork(configuration.network)
        }
        try self.init(network, configuration: configuration, dataset: dataset, threads: threads)
    }

    package init(
        _ network: Network, configuration: Configuration, dataset: Dataset, threads: Int,
        kernels: any Kernels = KernelChoice.fastest
    ) throws(NetworkError) {
        precondition(threads > 0 && configuration.batchSize > 0)
        self.configuration = configuration
        self.dataset = dataset
        let plan = try Plan(network)
        model = Model(plan: plan, kernels: kernels)
        squaredGradient = Buffer(zeros: plan.parameterCount)
        squaredUpdate = Buffer(zeros: plan.parameterCount)
        shards = Shards(batch: configuration.batchSize)
        gradients = Buffer(zeros: shards.maximumParts * plan.parameterCount)
        // Each has a workspace of several megabytes.
        let useful = max(shards.maximumParts, ProcessInfo.processInfo.activeProcessorCount)
        team = ThreadTeam(workspaces: (0..<min(threads, useful)).map { _ in Workspace(plan) })
        plan.initialize(model.parameters.pointer, seed: configuration.seed)
        recordKernels()
    }

    public var epochsDone: Int { history.count }

    /// Trains one epoch and measures the test images after it, and now and then the training images.
    /// - Parameter progress: called after each batch with the samples seen, their mean loss and accuracy.
    /// - Throws: ``TrainingError/diverged(network:epoch:)`` if a loss or the state is beyond single precision.
    @discardableResult
    public func trainEpoch(
        progress: (_ samples: Int, _ loss: Double, _ accuracy: Double) -> Void = { _, _, _ in }
    ) throws -> EpochMetrics {
        let epoch = epochsDone + 1
        var shuffle = Random(seed: configuration.seed, purpose: .shuffle, index: epoch)
        let order = shuffle.permutation(dataset.train.count)
        let keys = Random(seed: configuration.seed, purpose: .dropout, index: epoch)
        var loss = 0.0
        var correct = 0
        // excerpt: epoch
        for start in stride(from: 0, to: order.count, by: configuration.batchSize) {
            let end = min(order.count, start + configuration.batchSize)
            let batch = step(order[start..<end], keys: keys)
            loss += batch.loss
            correct += batch.correct
            progress(end, loss / Double(end), Double(correct) / Double(end))
        }
        let test = evaluate(dataset.test)
        let train = configuration.evaluatesTraining(afterEpoch: epoch) ? evaluate(dataset.train) : nil
        // end of excerpt
        let metrics = EpochMetrics(
            trainLoss: loss / Double(order.count), trainAccuracy: Double(correct) / Double(order.count),
            testLoss: test.loss, testAccuracy: test.accuracy,
            evaluatedTrain: train.map { Evaluation(loss: $0.loss, accuracy: $0.accuracy) })
        guard [metrics.trainLoss, metrics.testLoss, train?.loss ?? 0].allSatisfy(\.isFinite), isWithinPrecision else {
            throw TrainingError.diverged(network: configuration.network, epoch: epoch)
        }
        history.append(metrics)
        answerHistory += test.predictions.likeliestClasses
        recordKernels()
        return metrics
    }

    /// One optimiser step.
    /// - Parameter keys: dropout's random numbers, by position in the epoch; nil switches dropout off.
    /// - Returns: the sum of the samples' losses before the step, and how many were classified correctly.
    func step(_ batch: ArraySlice<Int32>, keys: Random?) -> (loss: Double, correct: Int) {
        model.turnKernels()
        let parts = shards.parts(of: batch.count)
        let results = Buffer(parts.count, repeating: PartResult())
        team.share(parts.count) { [gradients, model, split = dataset.train] part, workspace in
            let gradient = gradients.pointer + part * model.plan.parameterCount
            gradient.update(repeating: 0, count: model.plan.parameterCount)
            for shard in parts[part] {
                let positions = (batch.startIndex + shard.lowerBound)..<(batch.startIndex + shard.upperBound)
                workspace.take(positions, of: batch, split: split, keys: keys)
                let pass = Pass(model, workspace, count: shard.count, dropout: keys != nil)
                pass.forward(split)
                results.pointer[part].add(pass.lossAndGradient(batch: batch.count))
                pass.backward(into: gradient)
            }
            workspace.collectSums(model.plan, model.kernels, into: gradient)
        }
        partCount = parts.count
        update()
        return results.values.reduce(into: (loss: 0.0, correct: 0)) {
            $0.loss += $1.loss
            $0.correct += $1.correct
        }
    }

    /// Loss, accuracy and probabilities of a split, dropout off.
    /// - Returns: mean loss in nats, share classified correctly, softmax outputs `[samples, classes]`.
    func evaluate(_ split: Split) -> (loss: Double, accuracy: Double, predictions: Tensor) {
        let count = split.count
        let order = (0..<Int32(count)).map { $0 }
        let starts = Array(stride(from: 0, to: count, by: shardSamples))
        let results = Buffer(starts.count, repeating: PartResult())
        let predictions = Buffer<Float>(zeros: count * Dataset.classCount)
        team.share(starts.count) { [model] shard, workspace in
            let samples = starts[shard]..<min(count, starts[shard] + shardSamples)
            workspace.take(samples, of: order[...], split: split, keys: nil)
            let pass = Pass(model, workspace, count: samples.count, dropout: false)
            pass.forward(split)
            results.pointer[shard].add(pass.lossAndGradient(batch: count))
            pass.readProbabilities(into: predictions.pointer + samples.lowerBound * Dataset.classCount)
        }
        let total = results.values.reduce(into: PartResult()) { $0.add(($1.loss, $1.correct)) }
        return (
            total.loss / Double(count), Double(total.correct) / Double(count),
            Tensor(shape: [count, Dataset.classCount], values: predictions.values)
        )
    }

    /// The gradient that the last step used; valid until the next.
    var gradient: [NamedTensor] {
        let sum = Buffer<Float>(zeros: model.plan.parameterCount)
        for part in 0..<partCount {
            for index in 0..<sum.count { sum.pointer[index] += gradients.pointer[part * sum.count + index] }
        }
        return withExtendedLifetime(sum) { model.plan.parameters.map { $0.read(from: sum.pointer) } }
    }

    private func update() {
        let constants = AdadeltaConstants(
            learningRate: configuration.optimizer.learningRate, rho: configuration.optimizer.rho,
            epsilon: configuration.optimizer.epsilon)
        let count = model.plan.parameterCount
        let slice = 16384
        team.share((count + slice - 1) / slice) {
            [model, squaredGradient, squaredUpdate, gradients, partCount] index, _ in
            let start = index * slice
            model.kernels.adadelta(
                parameters: model.parameters.pointer + start, squaredGradient: squaredGradient.pointer + start,
                squaredUpdate: squaredUpdate.pointer + start, parts: gradients.pointer + start,
                partCount: partCount, partStride: count,
                count: min(slice, count - start), constants: constants)
        }
    }

    /// Takes over what earlier epochs measured.
    func takeHistory(_ history: [EpochMetrics], kernels: [Float], answers: [UInt8]) {
        self.history = history
        kernelHistory = kernels
        answerHistory = answers
    }

    private func recordKernels() {
        let first = model.plan.convolutions[0].kernel
        kernelHistory += first.read(from: model.parameters.pointer).tensor.values
    }
}

/// What a part of a batch measured.
private struct PartResult: BitwiseCopyable {
    var loss = 0.0
    var correct = 0

    mutating func add(_ other: (loss: Double, correct: Int)) {
        loss += other.loss
        correct += other.correct
    }
}

extension Workspace {
    /// Sets up the images, labels and dropout keys of a shard.
    /// - Parameters:
    ///   - positions: of the shard in `order`
    ///   - order: positions of the images in the split
    func take(_ positions: Range<Int>, of order: ArraySlice<Int32>, split: Split, keys: Random?) {
        for place in 0..<shardSamples {
            let position = positions.lowerBound + place
            let present = position < positions.upperBound
            images.pointer[place] = present ? order[position] : 0
            labels.pointer[place] = present ? Int32(split.labels[Int(order[position])]) : -1
            self.keys.pointer[place] = keys.map { UInt32(truncatingIfNeeded: $0.number(at: position)) } ?? 0
        }
    }
}

extension Pass {
    /// The shard's softmax outputs, `[samples, classes]`.
    fileprivate func readProbabilities(into predictions: UnsafeMutablePointer<Float>) {
        let probabilities = workspace.units[model.plan.dense.count].pointer
        for sample in 0..<count {
            for k in 0..<Dataset.classCount {
                predictions[sample * Dataset.classCount + k] = probabilities[k * columns + sample]
            }
        }
    }
}
