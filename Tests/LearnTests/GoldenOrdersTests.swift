import Foundation
import KernelInterface
import Testing

@testable import Learn

/// What Keras computed for networks of other orders of layers: see `Golden/make_orders.py`.
@Suite struct GoldenOrdersTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        /// The last layer of maps, of whose second channel the mean is an objective.
        let lastMaps: String
        var testDescription: String { name }
    }

    static let cases = [
        Case(name: "vgg-grey", lastMaps: "pool2"), Case(name: "vgg-colour", lastMaps: "pool2"),
        Case(name: "strides", lastMaps: "pool2"), Case(name: "batchnorm", lastMaps: "batchnorm2"),
    ]

    struct Golden {
        let file: Safetensors.File
        let architecture: Architecture
        let images: Tensor
        let weights: [NamedTensor]

        init(_ name: String) throws {
            let url = try #require(
                Bundle.module.url(forResource: name, withExtension: "safetensors", subdirectory: "Golden"))
            file = try Safetensors.File([UInt8](Data(contentsOf: url)))
            images = try file.tensor("input")
            let notation = try #require(file.metadata["network"]).components(separatedBy: ", ")
            architecture = try Architecture(
                input: ImageShape(height: images.shape[1], width: images.shape[2], channels: images.shape[3]),
                classes: 10, notation: notation)
            weights = architecture.parameters.enumerated().map { index, parameter in
                Golden.start(parameter, Random(seed: 5, purpose: .initialWeights, index: index))
            }
        }

        /// As `make_orders.py` draws them, in double precision.
        private static func start(_ parameter: ParameterShape, _ random: Random) -> NamedTensor {
            var random = random
            let scale: Double
            if parameter.name.hasSuffix("kernel") {
                scale = (6 / Double(parameter.fanIn + parameter.fanOut)).squareRoot()
            } else {
                scale = parameter.name.hasSuffix("gamma") || parameter.name.hasSuffix("variance") ? 0.5 : 0.25
            }
            let shift: Double = scale == 0.5 ? 1 : 0
            let values = (0..<parameter.count).map { _ in Float(shift + (2 * Double(random.unit()) - 1) * scale) }
            return NamedTensor(parameter.name, Tensor(shape: parameter.shape, values: values))
        }

        /// The images as a data set whose two splits are equal.
        func dataset() throws -> Dataset {
            let split = Split(
                pixels: images.values.map { UInt8(($0 * 255).rounded()) },
                labels: try file.integers("labels").map { UInt8($0) }, shape: architecture.input)
            return Dataset(train: split, test: split, classCount: 10, digests: [:])
        }
    }

    @Test(arguments: cases, allKernels.indices)
    func outputsAndImageGradients(item: Case, kernels: Int) throws {
        let golden = try Golden(item.name)
        let model = try Model(
            golden.architecture, weights: golden.weights, threads: 1, kernels: allKernels[kernels])
        var compared = 0
        for output in try model.activations(golden.images) {
            guard let expected = try? golden.file.tensor("output.\(output.name)") else { continue }
            compared += 1
            #expect(output.tensor.shape == expected.shape, "\(output.name)")
            #expect(relativeError(output.tensor.values, expected.values) < GoldenTests.tolerance, "\(output.name)")
        }
        #expect(compared == golden.file.names.count { $0.hasPrefix("output.") })
        for (name, objective) in [
            ("probability", Objective.probability(4)), ("channel", .channelMean(layer: item.lastMaps, channel: 1)),
        ] {
            let found = try model.gradient(of: objective, at: golden.images).gradient
            let expected = try golden.file.tensor("image.\(name)")
            #expect(relativeError(found.values, expected.values) < GoldenTests.tolerance, "\(name)")
        }
    }

    @Test(arguments: cases, allKernels.indices)
    func lossesGradientsAndThreeSteps(item: Case, kernels: Int) throws {
        let golden = try Golden(item.name)
        for (name, optimizer) in Self.optimizers where golden.file.names.contains("losses.\(name)") {
            try compare(golden, name, optimizer, allKernels[kernels])
        }
    }

    /// As `make_orders.py` has them.
    static let optimizers: [(name: String, Optimizer)] = [
        ("adadelta", .adadelta()), ("sgd", .sgd(learningRate: 0.1)),
        ("momentum", .sgd(learningRate: 0.1, momentum: 0.9)), ("adam", .adam(learningRate: 0.01)),
    ]

    @Test func everyOptimizerIsCompared() throws {
        let names = try Golden("strides").file.names
        #expect(Self.optimizers.allSatisfy { names.contains("losses.\($0.name)") })
        #expect(Set(Self.optimizers.map(\.1.name)) == Set(Optimizer.known.map { $0.name }))
    }

    private func compare(_ golden: Golden, _ name: String, _ optimizer: Optimizer, _ kernels: any Kernels) throws {
        let count = golden.images.shape[0]
        let configuration = Configuration(
            network: name, architecture: golden.architecture, epochs: 1, seed: 0, batchSize: count, optimizer: optimizer
        )
        let trainer = try Trainer(
            configuration: configuration, dataset: golden.dataset(), threads: 1, kernels: kernels)
        trainer.model.load(golden.weights.map(\.tensor))
        let losses = try golden.file.doubles("losses.\(name)")
        for step in 0..<3 {
            let result = trainer.step(Array(0..<Int32(count))[...], keys: nil)
            #expect(abs(result.loss / Double(count) / losses[step] - 1) < GoldenTests.tolerance)
            guard step == 0 else { continue }
            for gradient in trainer.gradient {
                let expected = try golden.file.tensor("gradient.\(gradient.name)")
                #expect(
                    relativeError(gradient.tensor.values, expected.values) < GoldenTests.tolerance, "\(gradient.name)")
            }
        }
        for weights in trainer.model.weights {
            let expected = try golden.file.tensor("\(name).\(weights.name)")
            #expect(
                relativeError(weights.tensor.values, expected.values) < GoldenTests.tolerance, "\(name) \(weights.name)"
            )
        }
    }
}
