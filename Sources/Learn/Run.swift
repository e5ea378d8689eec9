/// A trained network: its weights, what it makes of the test images, and how it was trained, where that is known. Figures
/// and pages are made from it.
public struct Run: Sendable, Equatable {
    /// Where the weights come from.
    public enum Origin: Sendable, Equatable {
        /// A training of this program.
        case training(TrainingRecord)
        /// A model that came with its weights, and how well it does on the test images.
        case model(Network, Evaluation)
    }

    public var origin: Origin
    /// SHA-256 of the decompressed content of each of the data's files, by file name without `.gz`.
    public var dataDigests: [String: String]
    /// Trained parameters in layer order: `conv1.kernel` `[kernel height, kernel width, in, out]`,
    /// `conv1.bias` `[out]`, ... `dense3.kernel` `[in, out]`, `dense3.bias` `[out]`.
    public var weights: [NamedTensor]
    /// Softmax outputs for the test images, `[test images, classes]`.
    public var predictions: Tensor
    /// Test images by true class (row) and predicted class (column).
    public var confusionMatrix: [[Int]]
    /// What each layer answered to the test images that the article shows.
    public var samples: [SampleActivations]

    public init(
        _ origin: Origin, dataDigests: [String: String], weights: [NamedTensor], predictions: Tensor,
        confusionMatrix: [[Int]], samples: [SampleActivations]
    ) {
        self.origin = origin
        self.dataDigests = dataDigests
        self.weights = weights
        self.predictions = predictions
        self.confusionMatrix = confusionMatrix
        self.samples = samples
    }
}

extension Run {
    /// Nil for a model that came with its weights.
    public var training: TrainingRecord? {
        if case .training(let record) = origin { record } else { nil }
    }

    public var network: Network {
        switch origin {
        case .training(let record): Network(record.configuration)
        case .model(let network, _): network
        }
    }

    /// Name of the network.
    public var name: String {
        switch origin {
        case .training(let record): record.configuration.network
        case .model(let network, _): network.name
        }
    }

    public var architecture: Architecture {
        switch origin {
        case .training(let record): record.configuration.architecture
        case .model(let network, _): network.architecture
        }
    }

    /// Of the test images, with these weights; nil for a training without an epoch.
    public var evaluation: Evaluation? {
        switch origin {
        case .training(let record):
            record.history.last.map { Evaluation(loss: $0.testLoss, accuracy: $0.testAccuracy) }
        case .model(_, let evaluation): evaluation
        }
    }
}

/// How a network was trained.
public struct TrainingRecord: Sendable, Equatable {
    public var configuration: Configuration
    /// One entry an epoch, first epoch first.
    public var history: [EpochMetrics]
    /// The first convolution's kernel before training and after each epoch,
    /// `[epochs + 1, kernel height, kernel width, in, out]`; empty, `[0]`, and not stored, for a network without one.
    public var kernelHistory: Tensor
    /// Likeliest class of each test image after each epoch, the first of equally likely ones,
    /// `[epochs, test images]`.
    public var answerHistory: ByteTensor

    public init(
        configuration: Configuration, history: [EpochMetrics], kernelHistory: Tensor, answerHistory: ByteTensor
    ) {
        self.configuration = configuration
        self.history = history
        self.kernelHistory = kernelHistory
        self.answerHistory = answerHistory
    }
}

/// What determines a run besides the data; two runs with equal configuration and data have equal bits.
public struct Configuration: Sendable, Hashable, Codable {
    /// Name of the network: letters, digits, `-` and `_`.
    public var network: String
    /// Its layers: with another dropout rate it is another network, whatever it is called.
    public var architecture: Architecture
    public var epochs: Int
    public var seed: UInt64
    /// Samples that one optimiser step sees.
    public var batchSize: Int
    public var optimizer: Optimizer

    public init(
        _ network: Network, epochs: Int, seed: UInt64, batchSize: Int = 1000, optimizer: Optimizer = .adadelta()
    ) {
        self.init(
            network: network.name, architecture: network.architecture, epochs: epochs, seed: seed,
            batchSize: batchSize, optimizer: optimizer)
    }

    public init(
        network: String, architecture: Architecture, epochs: Int, seed: UInt64, batchSize: Int = 1000,
        optimizer: Optimizer = .adadelta()
    ) {
        self.network = network
        self.architecture = architecture
        self.epochs = epochs
        self.seed = seed
        self.batchSize = batchSize
        self.optimizer = optimizer
    }

    /// Epochs from one evaluation of the training images to the next. It takes a third to two fifths of an epoch: every
    /// fifth time, that is less than 8 % of the training.
    public static let evaluationInterval = 5

    /// Whether the training images are evaluated after an epoch, counted from 1.
    public func evaluatesTraining(afterEpoch epoch: Int) -> Bool {
        epoch.isMultiple(of: Configuration.evaluationInterval) || epoch == epochs
    }
}

/// The figures of one epoch, as Keras reports them, and now and then one more.
public struct EpochMetrics: Sendable, Equatable, Codable {
    /// Mean categorical cross-entropy over the epoch's batches, dropout on, each before its step, in nats: a mean over
    /// a network that still changes, which says nothing beside ``testLoss``.
    public var trainLoss: Double
    /// Share of the epoch's training samples that were classified correctly, measured like ``trainLoss``.
    public var trainAccuracy: Double
    /// Mean categorical cross-entropy over the test images after the epoch, in nats.
    public var testLoss: Double
    public var testAccuracy: Double
    /// The training images after the epoch, measured as the test images are: dropout off, the weights at rest. Nil
    /// where ``Configuration/evaluatesTraining(afterEpoch:)`` says no.
    public var evaluatedTrain: Evaluation?

    public init(
        trainLoss: Double, trainAccuracy: Double, testLoss: Double, testAccuracy: Double,
        evaluatedTrain: Evaluation? = nil
    ) {
        self.trainLoss = trainLoss
        self.trainAccuracy = trainAccuracy
        self.testLoss = testLoss
        self.testAccuracy = testAccuracy
        self.evaluatedTrain = evaluatedTrain
    }
}

/// What a network makes of some images, dropout off.
public struct Evaluation: Sendable, Equatable, Codable {
    /// Mean categorical cross-entropy, in nats.
    public var loss: Double
    /// Share classified correctly.
    public var accuracy: Double

    public init(loss: Double, accuracy: Double) {
        self.loss = loss
        self.accuracy = accuracy
    }
}

/// One test image and what every layer made of it, dropout off.
public struct SampleActivations: Sendable, Equatable {
    /// Position of the image in the test set, from zero.
    public var index: Int
    /// True class, from 0.
    public var label: Int
    /// Layer outputs in order, named as in Keras: `conv1` `[28, 28, filters]` (after ReLU), `pool1`, `conv2`,
    /// `pool2` `[height, width, filters]`, `dense1`, `dense2`, `dense3` `[units]` (the last one after softmax).
    public var outputs: [NamedTensor]

    public init(index: Int, label: Int, outputs: [NamedTensor]) {
        self.index = index
        self.label = label
        self.outputs = outputs
    }
}
