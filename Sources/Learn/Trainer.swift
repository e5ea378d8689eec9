import KernelInterface

/// A model in training: the optimiser's state and what the epochs so far measured.
///
/// A batch is cut into shards, and the shards are dealt into parts whose gradients are added in a fixed order; so
/// the bits do not depend on how many threads share the work.
public final class Trainer {
    public let configuration: Configuration
    public let dataset: Dataset
    let model: Model
    /// What the optimiser keeps, by name in its order, each laid out as the parameters are.
    let state: [Buffer<Float>]
    private(set) var history: [EpochMetrics] = []
    private(set) var kernelHistory: [Float] = []
    /// Likeliest class of each test image, epoch by epoch.
    private(set) var answerHistory: [UInt8] = []
    private let gradients: Buffer<Float>
    private let shards: Shards
    /// Parts of the last step's gradient.
    private var partCount = 0
    private var stepsDone = 0

    /// - Parameters:
    ///   - configuration: network, seed and settings
    ///   - dataset: what to learn from, and what to measure with
    ///   - threads: how many share a batch, at least 1; more than there is work or are processors for are not started
    /// - Throws: ``ArchitectureError`` if the network has parameters that no training finds,
    ///   ``TrainingError/wrongData(network:takes:classes:found:foundClasses:)``.
    public convenience init(configuration: Configuration, dataset: Dataset, threads: Int) throws {
        try self.init(configuration: configuration, dataset: dataset, threads: threads, kernels: KernelChoice.fastest)
    }

    package init(configuration: Configuration, dataset: Dataset, threads: Int, kernels: any Kernels) throws {
        precondition(configuration.batchSize > 0)
        try configuration.architecture.checkTrainable()
        try configuration.checkFits(dataset)
        self.configuration = configuration
        self.dataset = dataset
        model = Model(configuration.architecture, threads: threads, kernels: kernels)
        let plan = model.network.plan
        state = configuration.optimizer.state.map { _ in Buffer(zeros: plan.parameterCount) }
        shards = Shards(batch: configuration.batchSize, samples: plan.shardSamples)
        gradients = Buffer(zeros: shards.maximumParts * plan.parameterCount)
        model.update { plan.initialize($0.pointer, seed: configuration.seed) }
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
        let test = model.measure(dataset.test)
        let train = configuration.evaluatesTraining(afterEpoch: epoch) ? model.measure(dataset.train) : nil
        // end of excerpt
        let metrics = EpochMetrics(
            trainLoss: loss / Double(order.count), trainAccuracy: Double(correct) / Double(order.count),
            testLoss: test.evaluation.loss, testAccuracy: test.evaluation.accuracy,
            evaluatedTrain: train?.evaluation)
        guard [metrics.trainLoss, metrics.testLoss, train?.evaluation.loss ?? 0].allSatisfy(\.isFinite),
            isWithinPrecision
        else {
            throw TrainingError.diverged(network: configuration.network, epoch: epoch)
        }
        history.append(metrics)
        answerHistory += test.predictions.likeliestClasses
        recordKernels()
        return metrics
    }

    /// One optimiser step.
    /// - Parameter keys: dropout's random numbers, by position in the epoch; nil switches dropout off.
    /// - Returns: the sum of the samples' losses, and how many were classified correctly.
    func step(_ batch: ArraySlice<Int32>, keys: Random?) -> (loss: Double, correct: Int) {
        model.prepare()
        let parts = shards.parts(of: batch.count)
        let results = Buffer(parts.count, repeating: PartResult())
        let size = model.network.plan.parameterCount
        model.team.share(parts.count) { [gradients, split = dataset.train] part, pass in
            (gradients.pointer + part * size).update(repeating: 0, count: size)
            let gradient = MutableView(gradients.pointer + part * size, count: size)
            for shard in parts[part] {
                let positions = (batch.startIndex + shard.lowerBound)..<(batch.startIndex + shard.upperBound)
                pass.shard.load(positions, of: batch, labels: split.labels, keys: keys)
                pass.forward(split)
                results.pointer[part].add(pass.lossAndGradient(batch: batch.count))
                pass.backward(into: gradient)
            }
            pass.collectSums(into: gradient)
        }
        partCount = parts.count
        update()
        return results.values.reduce(into: (loss: 0.0, correct: 0)) {
            $0.loss += $1.loss
            $0.correct += $1.correct
        }
    }

    /// The gradient that the last step used; valid until the next.
    var gradient: [NamedTensor] {
        let plan = model.network.plan
        let sum = Buffer<Float>(zeros: plan.parameterCount)
        for part in 0..<partCount {
            for index in 0..<sum.count { sum.pointer[index] += gradients.pointer[part * sum.count + index] }
        }
        return withExtendedLifetime(sum) { plan.parameters.map { $0.read(from: sum.pointer) } }
    }

    private func update() {
        stepsDone += 1
        let (rule, step, network) = (configuration.optimizer.rule, stepsDone, model.network)
        let (state, gradients, partCount) = (state, gradients, partCount)
        let count = network.plan.parameterCount
        let slice = 16384
        model.update { parameters in
            model.team.share((count + slice - 1) / slice) { index, _ in
                let start = index * slice
                rule.update(
                    ParameterSlice(
                        parameters: parameters.mutableView.from(start), parts: gradients.view.from(start),
                        partCount: partCount, partStride: count, count: min(slice, count - start)),
                    state: state.map { $0.mutableView.from(start) }, step: step, with: network.kernels)
            }
        }
    }

    /// Takes over what earlier epochs did and measured.
    func takeHistory(_ history: [EpochMetrics], kernels: [Float], answers: [UInt8]) {
        self.history = history
        kernelHistory = kernels
        answerHistory = answers
        let stepsAnEpoch = (dataset.train.count + configuration.batchSize - 1) / configuration.batchSize
        stepsDone = history.count * stepsAnEpoch
    }

    private func recordKernels() {
        guard let first = model.architecture.firstKernel else { return }
        let kernel = model.network.plan.parameters[first].read(from: model.network.parameters.pointer)
        kernelHistory += kernel.tensor.values
    }
}

extension Configuration {
    fileprivate func checkFits(_ dataset: Dataset) throws(TrainingError) {
        guard dataset.shape == architecture.input, dataset.classCount == architecture.classes else {
            throw .wrongData(
                network: network, takes: architecture.input, classes: architecture.classes, found: dataset.shape,
                foundClasses: dataset.classCount)
        }
    }
}
