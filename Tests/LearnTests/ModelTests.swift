import KernelInterface
import Testing

@testable import Learn

@Suite struct ModelTests {
    static let networks = [
        ["conv 3@5x5 same", "avgpool 2", "conv 4@3x3 same", "maxpool 2", "flatten", "dense 9", "dense 10"],
        [
            "conv 4@3x3", "conv 3@3x3 stride 2 same linear", "batchnorm", "relu", "maxpool 3 stride 2", "globalavgpool",
            "dense 8", "batchnorm", "dense 10",
        ],
        ["maxpool 2", "conv 3@2x2 same", "avgpool 2", "dropout 0.5", "flatten", "dense 9 linear", "relu", "dense 10"],
        ["linear", "flatten", "dense 12", "linear", "dropout 0.2", "dense 10"],
    ]
    static let input = ImageShape(height: 14, width: 12, channels: 3)

    /// A model with weights and statistics of all sizes.
    static func model(_ layers: [String], kernels: any Kernels = KernelChoice.fastest, threads: Int = 1) throws -> Model
    {
        let architecture = try Architecture(input: input, classes: 10, notation: layers)
        var random = Random(test: 31)
        let weights = architecture.parameters.map { parameter in
            let scale = parameter.fanIn > 0 ? (3 / Float(parameter.fanIn)).squareRoot() : 0.3
            var values = random.floats(parameter.count, scale: scale)
            if parameter.name.hasSuffix("variance") { values = values.map { $0 * $0 + 0.1 } }
            return NamedTensor(parameter.name, Tensor(shape: parameter.shape, values: values))
        }
        return try Model(architecture, weights: weights, threads: threads, kernels: kernels)
    }

    static func images(_ count: Int) -> Tensor {
        var random = Random(test: 32)
        return Tensor(
            shape: [count] + input.extents, values: (0..<count * input.count).map { _ in random.unit() })
    }

    /// Steps that do several layers at once leave the bits of those that do one.
    @Test(arguments: networks, KernelChoice.available.indices)
    func togetherOrOneByOneTheBitsAreTheSame(layers: [String], kernels: Int) throws {
        let model = try Self.model(layers, kernels: KernelChoice.available[kernels])
        let images = Self.images(37)
        let predictions = try model.predict(images)
        let outputs = try model.activations(images)
        #expect(outputs.map(\.name) == model.architecture.observed.map(\.name))
        #expect(outputs.map { Array($0.tensor.shape.dropFirst()) } == model.architecture.observed.map(\.output))
        #expect(outputs.last?.tensor == predictions)
        #expect(predictions.shape == [37, 10])
        for row in 0..<37 { #expect(abs(predictions.values[row * 10..<row * 10 + 10].reduce(0, +) - 1) < 1e-5) }
        #expect(model.weights == (try Self.model(layers)).weights)
    }

    /// The same with the plain kernels, and by hand where a layer is easily worked out.
    @Test(arguments: networks)
    func theLayersDoWhatTheyAreCalled(layers: [String]) throws {
        let images = Self.images(5)
        let model = try Self.model(layers)
        let found = try model.activations(images)
        let expected = try Self.model(layers, kernels: ReferenceKernels()).activations(images)
        for (a, b) in zip(found, expected) {
            #expect(relativeError(a.tensor.values, b.tensor.values) < 1e-6, "\(a.name)")
        }
        func output(_ name: String) -> Tensor? { found.first { $0.name == name }?.tensor }
        if let before = output("conv2"), let after = output("batchnorm1"), let rectified = output("relu1") {
            let parts = model.weights.filter { $0.name.hasPrefix("batchnorm1") }.map(\.tensor.values)
            for (index, value) in before.values.enumerated() {
                let channel = index % parts[0].count
                let normal = (value - parts[2][channel]) / (parts[3][channel] + 0.001).squareRoot()
                #expect(abs(after.values[index] - (normal * parts[0][channel] + parts[1][channel])) < 1e-5)
                #expect(rectified.values[index] == max(0, after.values[index]))
            }
        }
        if let maps = output("pool1"), let means = output("globalpool") {
            let (area, channels) = (maps.shape[1] * maps.shape[2], maps.shape[3])
            for image in 0..<5 {
                for channel in 0..<channels {
                    let sum = (0..<area).reduce(Float(0)) { $0 + maps.values[(image * area + $1) * channels + channel] }
                    #expect(abs(means.values[image * channels + channel] - sum / Float(area)) < 1e-5)
                }
            }
        }
    }

    @Test func evaluationCountsAndAverages() throws {
        let layers = Self.networks[0]
        var random = Random(test: 33)
        let split = Split(
            pixels: (0..<300 * Self.input.count).map { _ in UInt8(random.next(below: 256)) },
            labels: (0..<300).map { UInt8($0 % 10) }, shape: Self.input)
        let measured = try Self.model(layers).evaluate(split)
        #expect(measured.predictions == (try Self.model(layers).predict(split.tensor(of: Array(0..<300)))))
        let rows = (0..<300).map { Array(measured.predictions.values[$0 * 10..<$0 * 10 + 10]) }
        let right = rows.enumerated().count { index, row in row.firstIndex(of: row.max() ?? 0) == index % 10 }
        #expect(measured.evaluation.accuracy == Double(right) / 300)
        let again = try Self.model(layers, threads: 3).evaluate(split)
        #expect(again.evaluation == measured.evaluation && again.predictions == measured.predictions)
    }

    @Test func whatDoesNotFitIsRefused() throws {
        let model = try Self.model(Self.networks[1])
        let shape = ModelError.wrongImages(found: [2, 12, 14, 3], expected: Self.input)
        #expect(throws: shape) { try model.predict(Tensor(zeros: [2, 12, 14, 3])) }
        #expect(throws: shape) { try model.activations(Tensor(zeros: [2, 12, 14, 3])) }
        #expect(throws: shape) { try model.gradient(of: .logit(0), at: Tensor(zeros: [2, 12, 14, 3])) }
        #expect(throws: ModelError.self) { try model.evaluate(Split(pixels: [], labels: [], shape: Self.input)) }
        let black = [UInt8](repeating: 0, count: Self.input.count)
        #expect(throws: ModelError.outOfRange("class", 10, count: 10)) {
            try model.evaluate(Split(pixels: black, labels: [10], shape: Self.input))
        }
        var weights = model.weights
        weights.swapAt(0, 1)
        #expect(throws: ModelError.weights(.unexpectedTensor(name: weights[0].name))) {
            try Model(model.architecture, weights: weights)
        }
        weights.swapAt(0, 1)
        weights[0].tensor.values[3] = .nan
        #expect(throws: ModelError.weights(.notFinite(name: weights[0].name))) {
            try Model(model.architecture, weights: weights)
        }
        let image = Self.images(1)
        for (objective, error): (Objective, ModelError) in [
            (.logit(10), .outOfRange("class", 10, count: 10)), (.probability(-1), .outOfRange("class", -1, count: 10)),
            (.unit(layer: "dense1", 8), .outOfRange("unit", 8, count: 8)),
            (.unit(layer: "conv1", 0), .wrongKind(layer: "conv1", wanted: "units")),
            (.channelMean(layer: "dense1", channel: 0), .wrongKind(layer: "dense1", wanted: "maps")),
            (.channelMean(layer: "conv1", channel: 4), .outOfRange("channel", 4, count: 4)),
            (.pixel(layer: "conv1", y: 12, x: 0, channel: 0), .outOfRange("row", 12, count: 12)),
            (.pixel(layer: "conv1", y: 0, x: 10, channel: 0), .outOfRange("column", 10, count: 10)),
            (
                .unit(layer: "dropout1", 0),
                .unknownLayer("dropout1", known: model.architecture.observed.map(\.name))
            ),
        ] {
            #expect(throws: error) { try model.gradient(of: objective, at: image) }
            #expect(!error.description.contains("\n"))
        }
    }
}

/// Gradients with respect to the image against central differences.
@Suite struct ImageGradientTests {
    static let objectives: [Objective] = [
        .logit(3), .probability(7), .unit(layer: "dense1", 2), .channelMean(layer: "conv1", channel: 1),
        .pixel(layer: "conv1", y: 4, x: 5, channel: 2), .channelMean(layer: "pool1", channel: 0),
    ]

    @Test(arguments: ModelTests.networks, objectives)
    func centralDifferences(layers: [String], objective: Objective) throws {
        let model = try ModelTests.model(layers)
        let names = Set(model.architecture.observed.filter { $0.output.count == 3 }.map(\.name))
        switch objective {
        case .channelMean(let layer, _), .pixel(let layer, _, _, _): guard names.contains(layer) else { return }
        default: break
        }
        let images = ModelTests.images(19)
        let (values, gradient) = try model.gradient(of: objective, at: images)
        #expect(values.count == 19 && gradient.shape == images.shape)
        let size = ModelTests.input.count
        var random = Random(test: 34)
        var (checked, skipped) = (0, 0)
        for _ in 0..<40 {
            let place = random.next(below: images.values.count)
            func value(_ change: Float) throws -> Double {
                var moved = images
                moved.values[place] += change
                return Double(try model.gradient(of: objective, at: moved).values[place / size])
            }
            let width: Float = 0.004
            let (below, here, above) = (try value(-width), try value(0), try value(width))
            let slope = (above - below) / Double(2 * width)
            // A kink of ReLU or of a maximum shows itself by slopes that differ between the two sides.
            guard abs((above - here) - (here - below)) / Double(width) < 1e-3 + 0.01 * abs(slope) else {
                skipped += 1
                continue
            }
            checked += 1
            #expect(abs(Double(gradient.values[place]) - slope) < 1e-3 + 0.02 * abs(slope))
        }
        #expect(skipped < checked)
    }

    /// Each image's gradient is its own, whatever stands beside it.
    @Test func imagesDoNotMix() throws {
        let model = try ModelTests.model(ModelTests.networks[0])
        let images = ModelTests.images(20)
        let together = try model.gradient(of: .channelMean(layer: "conv2", channel: 1), at: images)
        let size = ModelTests.input.count
        for index in [0, 15, 16, 19] {
            let one = Tensor(
                shape: [1] + ModelTests.input.extents, values: Array(images.values[index * size..<(index + 1) * size]))
            let alone = try model.gradient(of: .channelMean(layer: "conv2", channel: 1), at: one)
            #expect(alone.values == [together.values[index]])
            #expect(alone.gradient.values == Array(together.gradient.values[index * size..<(index + 1) * size]))
        }
    }
}
