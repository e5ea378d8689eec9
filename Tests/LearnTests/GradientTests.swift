import KernelInterface
import Testing

@testable import Learn

/// Analytic gradients against central differences of the loss, for networks that hold every kind of layer.
///
/// The loss is a smooth function between the kinks of ReLU and max pooling. A kink shows itself by slopes that differ
/// between the two sides; such parameters are left out, and the test demands that enough remain.
@Suite struct GradientTests {
    static let networks: [Network] = [
        small("average", .averagePooling(2), dropout: false), small("maximum", .maxPooling(2), dropout: false),
        small("average-dropout", .averagePooling(2), dropout: true),
        small("maximum-dropout", .maxPooling(2), dropout: true),
    ]

    private static func small(_ name: String, _ pooling: Layer, dropout: Bool) -> Network {
        var layers: [Layer] = [.convolution(filters: 3, kernel: 5, padding: .same), pooling]
        if dropout { layers.append(.dropout(0.2)) }
        layers += [.convolution(filters: 5, kernel: 3, padding: .same), pooling]
        if dropout { layers.append(.dropout(0.25)) }
        layers += [.convolution(filters: 4, kernel: 4, padding: .valid), pooling, .flatten, .dense(9)]
        if dropout { layers.append(.dropout(0.3)) }
        return Network(name: name, layers: layers + [.dense(10)], defaultEpochs: 1)
    }

    @Test(arguments: networks, KernelChoice.available.indices)
    func centralDifferences(network: Network, kernels: Int) throws {
        let trainer = try Trainer(
            network, configuration: Configuration(network: network.name, epochs: 1, seed: 3, batchSize: 2),
            dataset: Self.dataset, threads: 1, kernels: KernelChoice.available[kernels])
        let keys = network.name.hasSuffix("dropout") ? Random(seed: 3, purpose: .dropout, index: 1) : nil
        let start = trainer.checkpoint()
        _ = trainer.step([0, 1], keys: keys)
        let gradients = trainer.gradient
        var random = Random(test: 9)
        var checked = 0
        var skipped = 0
        for (index, parameter) in trainer.model.plan.parameters.enumerated() {
            let gradient = gradients[index].tensor.values
            for _ in 0..<6 {
                let position = random.next(below: gradient.count)
                func loss(_ change: Float) -> Double {
                    var values = start.weights[index].tensor
                    values.values[position] += change
                    for (other, weights) in zip(trainer.model.plan.parameters, start.weights) {
                        other.write(weights.tensor, to: trainer.model.parameters.pointer)
                    }
                    parameter.write(values, to: trainer.model.parameters.pointer)
                    return trainer.step([0, 1], keys: keys).loss / 2
                }
                let width: Float = 0.001
                let (below, here, above) = (loss(-width), loss(0), loss(width))
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

    private static let dataset: Dataset = {
        var random = Random(test: 10)
        let pixels = (0..<2 * 784).map { _ in UInt8(random.next(below: 256)) }
        let split = Split(pixels: pixels, labels: [3, 9])
        return Dataset(train: split, test: split, digests: [:])
    }()
}
