@testable import Learn
@testable import Site

/// A small made-up data set and runs on it, the same at every call, so that pages and figures can be tested
/// without training.
enum Fixture {
    /// What the made-up runs should look like, so that each claim of the article can turn out either way.
    struct Traits {
        /// From which epoch on the test loss rises again; nil for never.
        var overfitsFrom: Int? = 4
        /// Final test accuracy by network name.
        var accuracy: [String: Double] = ["lenet5": 0.89, "maxpool": 0.905, "wide": 0.925]
        /// Channels of the last pooling layer that never answer.
        var deadMaps = 2
        var epochs = 8
    }

    static let dataset: Dataset = {
        var random = Generator(state: 7)
        func split(_ count: Int) -> Split {
            var pixels = [UInt8]()
            var labels = [UInt8]()
            for index in 0..<count {
                let label = index % FashionMNIST.classCount
                labels.append(UInt8(label))
                for y in 0..<28 {
                    for x in 0..<28 {
                        let inside = (x - 14) * (x - 14) + (y - 14) * (y - 14) < (label + 3) * (label + 3)
                        pixels.append(inside ? UInt8(100 + random.next(below: 156)) : 0)
                    }
                }
            }
            return Split(pixels: pixels, labels: labels, shape: FashionMNIST.shape)
        }
        return Dataset(
            train: split(400), test: split(200), classCount: FashionMNIST.classCount,
            digests: [
                "train-images-idx3-ubyte": String(repeating: "a1", count: 32),
                "train-labels-idx1-ubyte": String(repeating: "b2", count: 32),
                "t10k-images-idx3-ubyte": String(repeating: "c3", count: 32),
                "t10k-labels-idx1-ubyte": String(repeating: "d4", count: 32),
            ])
    }()

    static func runs(_ traits: Traits = Traits()) -> [Run] { Network.all.map { run($0, traits) } }

    static func run(_ network: Network, _ traits: Traits = Traits(), on dataset: Dataset = dataset) -> Run {
        let classes = dataset.classCount
        var random = Generator(state: UInt64(network.name.utf8.reduce(0) { $0 &* 31 &+ Int($1) }))
        let shapes = network.architecture
        let test = dataset.test
        let accuracy = traits.accuracy[network.name] ?? 0.9
        let configuration = Configuration(network, epochs: traits.epochs, seed: 1)
        let history = (1...traits.epochs).map { epoch in
            let train = 0.9 / Double(epoch) + 0.1
            let rise = traits.overfitsFrom.map { max(0, Double(epoch - $0)) * 0.02 } ?? 0
            return EpochMetrics(
                trainLoss: train, trainAccuracy: 1 - train / 3, testLoss: 0.6 / Double(epoch) + 0.25 + rise,
                testAccuracy: accuracy - 0.1 / Double(epoch * epoch) + 0.1 / Double(traits.epochs * traits.epochs),
                evaluatedTrain: configuration.evaluatesTraining(afterEpoch: epoch)
                    ? Evaluation(loss: 0.8 * train, accuracy: 1 - train / 4) : nil)
        }
        var confusion = [[Int]](repeating: [Int](repeating: 0, count: classes), count: classes)
        var predictions = [Float]()
        var guesses = [UInt8]()
        for label in test.labels.map(Int.init) {
            let right = random.unit() < Float(accuracy)
            let guess = right ? label : (label + 1 + random.next(below: 3)) % classes
            confusion[label][guess] += 1
            guesses.append(UInt8(guess))
            let sure = 0.5 + random.unit() * 0.49
            for k in 0..<classes { predictions.append(k == guess ? sure : (1 - sure) / Float(classes - 1)) }
        }
        func tensor(_ shape: [Int], _ scale: Float = 0.3) -> Tensor {
            Tensor(shape: shape, values: (0..<shape.reduce(1, *)).map { _ in (random.unit() - 0.5) * scale })
        }
        func answers(_ layer: PlacedLayer) -> Tensor {
            let shape = layer.output
            let channels = shape[shape.count - 1]
            let dead = layer.name == "pool2" ? traits.deadMaps : 0
            let lowest: Float = network.output(of: layer) == .signed ? -1 : 0
            return Tensor(
                shape: shape,
                values: (0..<shape.reduce(1, *)).map { place in
                    place % channels < channels - dead ? max(lowest, random.unit() * 2 - 0.6) : 0
                })
        }
        return Run(
            configuration: configuration, dataDigests: dataset.digests, history: history,
            weights: shapes.parameters.map { NamedTensor($0.name, tensor($0.shape)) },
            kernelHistory: tensor(shapes.kernelHistory(epochs: traits.epochs)),
            predictions: Tensor(shape: [test.count, classes], values: predictions),
            answerHistory: answerHistory(guesses, epochs: traits.epochs),
            confusionMatrix: confusion,
            samples: dataset.shownSamples.map { index in
                let row = Array(predictions[index * classes..<(index + 1) * classes])
                return SampleActivations(
                    index: index, label: Int(test.labels[index]),
                    outputs: shapes.observed.dropLast().map { NamedTensor($0.name, answers($0)) }
                        + shapes.observed.suffix(1).map { NamedTensor($0.name, Tensor(shape: $0.output, values: row)) })
            })
    }

    /// The same answers after every epoch.
    static func answerHistory(_ answers: [UInt8], epochs: Int) -> ByteTensor {
        ByteTensor(
            shape: [epochs, answers.count], values: Array(repeatElement(answers, count: epochs).joined()))
    }

    /// SplitMix64; the fixture's own, so that it stays as it is whatever the package's generator does.
    struct Generator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var z = state
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return z ^ (z >> 31)
        }

        mutating func next(below bound: Int) -> Int { Int(next() % UInt64(bound)) }

        mutating func unit() -> Float { Float(next() >> 40) / Float(1 << 24) }
    }
}
