import KernelInterface
import Testing

@testable import Learn

/// Analytic gradients against central differences of the loss, for networks that hold every kind of layer.
///
/// The loss is a smooth function between the kinks of ReLU and max pooling. A kink shows itself by slopes that differ
/// between the two sides; such parameters are left out, and the test demands that enough remain.
@Suite struct GradientTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let layers: [String]
        var input = ImageShape(height: 28, width: 28, channels: 1)
        var testDescription: String { layers.joined(separator: ", ") }
        var hasDropout: Bool { layers.contains { $0.hasPrefix("dropout") } }
    }

    static let cases: [Case] =
        ["avgpool 2", "maxpool 2"].flatMap { pool in
            [
                Case(layers: [
                    "conv 3@5x5 same", pool, "conv 5@3x3 same", pool, "conv 4@4x4", pool, "flatten", "dense 9",
                    "dense 10",
                ]),
                Case(layers: [
                    "conv 3@5x5 same", pool, "dropout 0.2", "conv 5@3x3 same", pool, "dropout 0.25", "conv 4@4x4", pool,
                    "flatten", "dense 9", "dropout 0.3", "dense 10",
                ]),
            ]
        } + [
            // Every other order, kernel, stride and border.
            Case(layers: [
                "conv 3@3x3", "conv 4@3x3 stride 2 same", "maxpool 3 stride 2", "dropout 0.2", "conv 3@2x2 same",
                "maxpool 2", "flatten", "dense 9", "dense 10",
            ]),
            Case(layers: [
                "conv 4@4x4 same linear", "relu", "avgpool 2x3", "conv 5@2x3 stride 1x2 linear", "dropout 0.2",
                "globalavgpool", "dense 10",
            ]),
            Case(
                layers: [
                    "avgpool 2", "conv 3@3x3 same", "maxpool 2", "flatten", "dense 9 linear", "dropout 0.2",
                    "relu", "dense 10",
                ],
                input: ImageShape(height: 13, width: 9, channels: 3)),
            Case(layers: ["flatten", "dense 9", "dense 7", "dropout 0.1", "dense 10"]),
            // Numbers that change one by one behind flatten.
            Case(layers: ["conv 3@5x5 linear", "avgpool 4", "flatten", "tanh", "dropout 0.1", "relu", "dense 10"]),
            // More zeros than the kernel covers.
            Case(
                layers: ["conv 3@3x2 pad 4x3 tanh", "conv 4@3x3 pad 5x0x1x3", "globalavgpool", "dense 10"],
                input: ImageShape(height: 9, width: 8, channels: 1)),
            // Every activation: with a layer, and alone; with dropout behind it.
            Case(layers: [
                "conv 4@3x3 stride 2 pad 1 leakyrelu 0.2", "dropout 0.2", "conv 3@3x3 pad 0x1x2x1 sigmoid", "maxpool 2",
                "conv 4@3x3 linear", "tanh", "dropout 0.1", "conv 3@2x2 elu 0.5", "flatten", "dense 9 tanh",
                "dropout 0.2", "dense 10",
            ]),
            Case(layers: [
                "conv 4@5x5 tanh", "avgpool 2", "conv 3@3x3 relu6", "elu", "conv 5@3x3 linear", "leakyrelu 0.1",
                "globalmaxpool", "dense 9 sigmoid", "dense 8 linear", "relu6", "dropout 0.1", "dense 10",
            ]),
        ]

    @Test(arguments: cases, KernelChoice.available.indices)
    func centralDifferences(item: Case, kernels: Int) throws {
        let trainer = try Trainer(
            configuration: Configuration(
                network: "small",
                architecture: Architecture(input: item.input, classes: 10, notation: item.layers), epochs: 1, seed: 3,
                batchSize: 2),
            dataset: Self.dataset(item.input), threads: 1, kernels: KernelChoice.available[kernels])
        let keys = item.hasDropout ? Random(seed: 3, purpose: .dropout, index: 1) : nil
        let start = trainer.checkpoint()
        let here = trainer.step([0, 1], keys: keys).loss / 2
        let gradients = trainer.gradient
        var random = Random(test: 9)
        var checked = 0
        var skipped = 0
        for (index, parameter) in start.weights.enumerated() {
            let gradient = gradients[index].tensor.values
            for _ in 0..<6 {
                let position = random.next(below: gradient.count)
                func loss(_ change: Float) -> Double {
                    var weights = start.weights.map(\.tensor)
                    weights[index].values[position] += change
                    trainer.model.load(weights)
                    return trainer.step([0, 1], keys: keys).loss / 2
                }
                let width: Float = 0.001
                let (below, above) = (loss(-width), loss(width))
                let slope = (above - below) / Double(2 * width)
                let bend = (above - here) - (here - below)
                guard abs(bend) / Double(width) < 1e-3 + 0.01 * abs(slope) else {
                    skipped += 1
                    continue
                }
                checked += 1
                let found = Double(gradient[position])
                #expect(abs(found - slope) < 1e-3 + 0.02 * abs(slope), "\(parameter.name)[\(position)]")
            }
        }
        #expect(skipped < checked, "\(skipped) of \(checked + skipped) differences straddle a kink")
        #expect(gradients.allSatisfy { $0.tensor.values.contains { $0 != 0 } })
    }

    private static func dataset(_ shape: ImageShape) -> Dataset {
        var random = Random(test: 10)
        let pixels = (0..<2 * shape.count).map { _ in UInt8(random.next(below: 256)) }
        let split = Split(pixels: pixels, labels: [3, 9], shape: shape)
        return Dataset(train: split, test: split, classCount: 10, digests: [:])
    }
}
