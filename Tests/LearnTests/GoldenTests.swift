import Foundation
import KernelInterface
import TestSupport
import Testing

@testable import Learn

/// What Keras computed in double precision for eight images, dropout off: see `Golden/README.md`.
struct GoldenNumbers {
    let file: Safetensors.File

    init(_ network: Network) throws {
        let url = try #require(
            Bundle.module.url(forResource: network.name, withExtension: "safetensors", subdirectory: "Golden"))
        file = try Safetensors.File([UInt8](Data(contentsOf: url)))
    }

    func tensor(_ name: String) throws -> Tensor { try file.tensor(name) }

    /// The eight images as a data set whose two splits are equal.
    func dataset() throws -> Dataset {
        let split = Split(
            pixels: try tensor("input").values.map { UInt8(($0 * 255).rounded()) },
            labels: try file.integers("labels").map { UInt8($0) }, shape: FashionMNIST.shape)
        return Dataset(train: split, test: split, classCount: 10, digests: [:])
    }

    /// A trainer that starts from Keras's initial parameters.
    func trainer(_ network: Network, kernels: any Kernels, threads: Int = 1) throws -> Trainer {
        let configuration = Configuration(network, epochs: 1, seed: 0, batchSize: 8)
        let trainer = try Trainer(
            configuration: configuration, dataset: dataset(), threads: threads, kernels: kernels)
        let initial = try trainer.model.weights.map { try tensor("initial.\($0.name)") }
        trainer.model.load(initial)
        return trainer
    }
}

/// Every implementation of the kernels that this processor runs, the plain one included.
let allKernels: [any Kernels] = KernelChoice.available + [ReferenceKernels()]

/// Norm of the difference, divided by the norm of what is expected.
func relativeError(_ found: [Float], _ expected: [Float]) -> Double {
    precondition(found.count == expected.count)
    var difference = 0.0
    var norm = 0.0
    for (a, b) in zip(found, expected) {
        difference += (Double(a) - Double(b)) * (Double(a) - Double(b))
        norm += Double(b) * Double(b)
    }
    return (difference / max(norm, .leastNormalMagnitude)).squareRoot()
}

@Suite struct GoldenTests {
    static let tolerance = 1e-5

    @Test(arguments: Network.all, allKernels.indices)
    func layerOutputs(network: Network, kernels: Int) throws {
        let golden = try GoldenNumbers(network)
        let trainer = try golden.trainer(network, kernels: allKernels[kernels])
        let samples = trainer.model.activations(of: Array(0..<8), in: trainer.dataset.test)
        for (place, output) in samples[0].outputs.enumerated() {
            let found = samples.flatMap { $0.outputs[place].tensor.values }
            let expected = try golden.tensor("output.\(output.name)")
            #expect([8] + output.tensor.shape == expected.shape)
            #expect(relativeError(found, expected.values) < Self.tolerance, "\(output.name)")
        }
    }

    @Test(arguments: Network.all, allKernels.indices)
    func lossesGradientsAndThreeSteps(network: Network, kernels: Int) throws {
        let golden = try GoldenNumbers(network)
        let trainer = try golden.trainer(network, kernels: allKernels[kernels])
        let losses = try golden.file.doubles("losses")
        for step in 0..<3 {
            let result = trainer.step([0, 1, 2, 3, 4, 5, 6, 7], keys: nil)
            #expect(abs(result.loss / 8 / losses[step] - 1) < Self.tolerance)
            guard step == 0 else { continue }
            for gradient in trainer.gradient {
                let expected = try golden.tensor("gradient.\(gradient.name)")
                #expect(relativeError(gradient.tensor.values, expected.values) < Self.tolerance, "\(gradient.name)")
            }
        }
        for weights in trainer.checkpoint().weights {
            let expected = try golden.tensor("after3.\(weights.name)")
            #expect(relativeError(weights.tensor.values, expected.values) < Self.tolerance, "\(weights.name)")
        }
    }
}
