import Foundation
import KernelInterface
import Testing

@testable import Learn

@Suite("Inspection") struct InspectionTests {
    /// Networks whose convolutions stand in all kinds of places: fused with the pooling behind them, before a ReLU of
    /// their own, before batch normalisation, right before flatten, strided; and one without any.
    private static let networks = [
        ["conv 3@3x3 same", "avgpool 2", "dropout 0.2", "conv 4@3x3", "maxpool 2", "flatten", "dense 12", "dense 10"],
        ["conv 3@3x3 linear", "relu", "conv 5@2x2 stride 2", "flatten", "dense 10"],
        [
            "conv 4@3x3 linear", "batchnorm", "relu", "maxpool 3 stride 2", "conv 3@1x1", "globalavgpool", "dense 10",
        ],
        ["flatten", "dense 10"],
    ]

    private static let data = data(edge: 8)

    private static func data(edge: Int) -> Dataset {
        func split(_ count: Int) -> Split {
            var random = Random(seed: 3, purpose: .initialWeights, index: count)
            return Split(
                pixels: (0..<count * edge * edge).map { _ in UInt8(random.next(below: 256)) },
                labels: (0..<count).map { UInt8($0 % 10) }, shape: ImageShape(height: edge, width: edge, channels: 1))
        }
        return Dataset(train: split(40), test: split(170), classCount: 10, digests: [:])
    }

    private func model(_ layers: [String], threads: Int = 1, kernels: any Kernels = KernelChoice.fastest) throws
        -> Model
    {
        let architecture = try Architecture(
            input: InspectionTests.data.shape, classes: 10, notation: layers)
        var random = Random(seed: 5, purpose: .initialWeights, index: 0)
        let weights = architecture.parameters.map { parameter in
            let values = (0..<parameter.count).map { _ in
                // Statistics are variances as well.
                parameter.name.hasSuffix("variance") ? random.unit() + 0.5 : random.unit() - 0.4
            }
            return NamedTensor(parameter.name, Tensor(shape: parameter.shape, values: values))
        }
        return try Model(architecture, weights: weights, threads: threads, kernels: kernels)
    }

    /// Each filter with a kernel of zeros and the number as its bias: what the program does without the kernels that
    /// skip what comes before.
    @Test(arguments: networks.indices) func switchedOffAsByItsWeights(network: Int) throws {
        let model = try model(InspectionTests.networks[network], threads: 2)
        let test = InspectionTests.data.test
        let results = model.switchedOff(test)
        let layers = model.architecture.convolutions.map(\.name)
        #expect(results.map(\.layer) == layers)
        let half = test.count / 2
        for result in results {
            let outputs = try model.activations(test.tensor(of: Array(0..<test.count)))
            let output = try #require(outputs.first { $0.name == result.layer }).tensor
            for filter in 0..<result.filters {
                let own = stride(from: filter, to: output.values.count, by: result.filters).map { output.values[$0] }
                let mean = own.reduce(0) { $0 + Double($1) } / Double(own.count)
                #expect(abs(mean - Double(result.means.values[filter])) < 1e-5)
                for (tensor, value) in [(result.zero, 0), (result.mean, result.means.values[filter])] {
                    let changed = try Model(
                        model.architecture, weights: model.weights.setting(result.layer, filter, to: value))
                    let answers = try changed.evaluate(test).predictions.likeliestClasses
                    for part in 0..<2 {
                        for label in 0..<10 {
                            let expected = (part == 0 ? 0..<half : half..<test.count).count {
                                test.labels[$0] == UInt8(label) && answers[$0] == UInt8(label)
                            }
                            #expect(Int(tensor.values[(filter * 2 + part) * 10 + label]) == expected)
                        }
                    }
                }
            }
        }
    }

    @Test(arguments: networks.indices) func isTheSameForAnyThreadsAndKernels(network: Int) throws {
        let layers = InspectionTests.networks[network]
        let reference = try model(layers).inspect(on: InspectionTests.data)
        for threads in [2, 5] {
            #expect(try model(layers, threads: threads).inspect(on: InspectionTests.data) == reference)
        }
        for kernels in KernelChoice.available {
            #expect(try model(layers, kernels: kernels).inspect(on: InspectionTests.data) == reference)
        }
        // The plain kernels take the exponentials of softmax from the C library: answers, but not probabilities, are
        // the same.
        let plain = try model(layers, kernels: ReferenceKernels()).inspect(on: InspectionTests.data)
        #expect(plain.switchedOff == reference.switchedOff && plain.probes == reference.probes)
        #expect(plain.roles == reference.roles && plain.space == reference.space)
        #expect(plain.trust.shifts == reference.trust.shifts && plain.trust.changed == reference.trust.changed)
    }

    @Test func aModelThatWasInspectedAnswersAsBefore() throws {
        let model = try model(InspectionTests.networks[0])
        let before = try model.evaluate(InspectionTests.data.test).predictions
        _ = try model.inspect(on: InspectionTests.data)
        #expect(try model.evaluate(InspectionTests.data.test).predictions == before)
    }

    @Test func otherImagesAndMoreClassesAreRefused() throws {
        let model = try model(InspectionTests.networks[0])
        #expect(throws: ModelError.self) { try model.inspect(on: InspectionTests.data(edge: 9)) }
    }
}

extension [NamedTensor] {
    /// With a filter that puts out the same number everywhere, if that is not negative.
    fileprivate func setting(_ layer: String, _ filter: Int, to value: Float) -> [NamedTensor] {
        map { named in
            guard named.name == "\(layer).kernel" || named.name == "\(layer).bias" else { return named }
            let filters = named.tensor.shape.last ?? 1
            let values = named.tensor.values.enumerated().map { place, weight in
                place % filters != filter ? weight : named.name.hasSuffix("kernel") ? 0 : value
            }
            return NamedTensor(named.name, Tensor(shape: named.tensor.shape, values: values))
        }
    }
}
