import Testing

@testable import Learn

/// Runs and data sets that no training made, for tests of how they are stored.
enum MadeUp {
    static let digests = Dictionary(
        uniqueKeysWithValues: DataFiles.names.map { ($0, String(repeating: "a1", count: 32)) })

    /// A run of three epochs whose parts fit together.
    static func run(_ network: Network = .lenet5, seed: UInt64 = 1) -> Run {
        var run = runs[network.name] ?? makeRun(network)
        run.configuration.seed = seed
        return run
    }

    /// Made once, since to fill tensors takes unoptimised code a while.
    private static let runs = Dictionary(uniqueKeysWithValues: Network.all.map { ($0.name, makeRun($0)) })

    private static func makeRun(_ network: Network, epochs: Int = 3) -> Run {
        let shapes = network.architecture
        let images = 20
        var confusion = [[Int]](repeating: [Int](repeating: 0, count: 10), count: 10)
        var predictions = [Float](repeating: 0.05, count: images * 10)
        for image in 0..<images {
            let guess = image % 7 == 0 ? (image + 1) % 10 : image % 10
            predictions[image * 10 + guess] = 0.55
            confusion[image % 10][guess] += 1
        }
        return Run(
            configuration: Configuration(network, epochs: epochs, seed: 1), dataDigests: digests,
            history: history(epochs, of: epochs),
            weights: shapes.parameters.map { NamedTensor($0.name, tensor($0.shape, 0.1)) },
            kernelHistory: tensor(shapes.kernelHistory(epochs: epochs), 0.2),
            predictions: Tensor(shape: [images, 10], values: predictions),
            answerHistory: answers(epochs, last: Tensor(shape: [images, 10], values: predictions).likeliestClasses),
            confusionMatrix: confusion,
            samples: [3, 12].map { index in
                SampleActivations(
                    index: index, label: index % 10,
                    outputs: shapes.observed.map { NamedTensor($0.name, tensor($0.output, Float(index))) })
            })
    }

    private static let accumulators = Dictionary(
        uniqueKeysWithValues: Network.all.map { network in
            let expected = Configuration(network, epochs: 1, seed: 1).accumulators.enumerated()
            return (network.name, expected.map { NamedTensor($1.name, tensor($1.shape, 0.4 + Float($0))) })
        })

    /// - Parameter epochs: of the whole training.
    static func history(_ count: Int, of epochs: Int) -> [EpochMetrics] {
        let configuration = Configuration(.lenet5, epochs: epochs, seed: 1)
        return (0..<count).map { epoch in
            let rest = 1 / Double(epoch + 3)
            let evaluation = Evaluation(loss: rest / 2, accuracy: 1 - rest / 2)
            return EpochMetrics(
                trainLoss: rest, trainAccuracy: 1 - rest, testLoss: 0.1 + rest, testAccuracy: 0.95 - rest,
                evaluatedTrain: configuration.evaluatesTraining(afterEpoch: epoch + 1) ? evaluation : nil)
        }
    }

    /// Answers that change from epoch to epoch, up to the last ones.
    private static func answers(_ epochs: Int, last: [UInt8]) -> ByteTensor {
        let rows = (0..<epochs).map { epoch in last.map { ($0 + UInt8(epochs - 1 - epoch)) % 10 } }
        return ByteTensor(shape: [epochs, last.count], values: Array(rows.joined()))
    }

    /// A training of that network interrupted after some epochs.
    static func checkpoint(_ network: Network = .lenet5, epochsDone: Int = 2, of epochs: Int = 3) -> Checkpoint {
        let shapes = network.architecture
        return Checkpoint(
            configuration: Configuration(network, epochs: epochs, seed: 1), dataDigests: digests,
            epochsDone: epochsDone, history: history(epochsDone, of: epochs),
            weights: run(network).weights, accumulators: accumulators[network.name] ?? [],
            kernelHistory: tensor(shapes.kernelHistory(epochs: epochsDone), 0.2),
            answerHistory: answers(epochsDone, last: (0..<20).map { $0 % 10 }))
    }

    /// Values that all differ and have no short decimal form.
    static func tensor(_ shape: [Int], _ first: Float) -> Tensor {
        Tensor(shape: shape, values: (0..<shape.reduce(1, *)).map { first + Float($0) / 3 })
    }
}

extension Run: CustomTestStringConvertible {
    /// Short, since a failed expectation prints it.
    public var testDescription: String { "run of \(configuration)" }
}
