import Foundation
import TestSupport
import Testing

@testable import Learn

/// The bits of three networks after two epochs, recorded once: whatever is made faster or said otherwise, they stay.
///
/// A change that is meant to change them records them anew; `site-build compare` then tells readers.
@Suite struct BitsTests {
    static let seeds: [UInt64] = [1, 2]
    static let folder = DataSearch(environment: [:]).systemFolder
    static let isInstalled = DataFiles(in: folder).missing.isEmpty

    /// SHA-256 of the weights and the losses, by network and seed, on made-up images.
    static let madeUp = [
        "lenet5 1": "9cd9ee44811167bb995e3ae2df3a4a2724d534cea5ab7ddd1ac3eda930cf3da3",
        "lenet5 2": "6914c10f26f3cf54bb3d193414995738ea0dd93f9e4b5b6e79a53512c5c4b2af",
        "maxpool 1": "5d8c2708b440405f25c241cc13e134d33e3f583da92d38909f9719666827f477",
        "maxpool 2": "eb4298ebe9884308c7c4803fe9526d8d3500cc0ebaf29d3c7210d13f1e320c32",
        "wide 1": "b710416f20b447fb5c9439c09533c26e500615ab7bb55787779c7314a039dd6e",
        "wide 2": "6ed2ccd2841e59ea88ef73a716457fab87926fe5b33935d219c0addb0e270746",
    ]

    /// The same on the first images of Fashion-MNIST.
    static let real = [
        "lenet5 1": "82f0cbf5e12884b3f566e2e83cfdece34027a3fe2238cc1fde326c4e014e9c35",
        "lenet5 2": "ba3bd704376ebbfef1e521f7a3e819d92ed737e689b70f3aa3923715b5af8e93",
        "maxpool 1": "7b71be08e150f5b63675a9a5038fa18634be64a04a195e90ce2b3e6900ca0a1e",
        "maxpool 2": "c1e829d5820d60570944e61cb86219788d83eff4bcde3546473e8e1411b67aa1",
        "wide 1": "0ba620dfca3591161519f4447d9f70d5414eae8162bbdedb42cbbfecc8a2cb21",
        "wide 2": "b9cc07b42433f3f20cf4efca4c8d728950531587c90c500be9dd9e29aef3923a",
    ]

    /// Read once.
    private static let part = Task {
        let dataset = try await FashionMNIST.load(from: folder)
        return Dataset(
            train: dataset.train.first(3000), test: dataset.test.first(500), classCount: dataset.classCount,
            digests: dataset.digests)
    }

    @Test(arguments: Network.all, seeds)
    func madeUpImages(network: Network, seed: UInt64) throws {
        let found = try Self.digest(network, seed, ReproducibilityTests.dataset, batch: 400)
        #expect(found == Self.madeUp["\(network.name) \(seed)"], "\(network.name) \(seed)")
    }

    @Test(.enabled(if: isInstalled), arguments: Network.all, seeds)
    func realImages(network: Network, seed: UInt64) async throws {
        let found = try Self.digest(network, seed, await Self.part.value, batch: 1000)
        #expect(found == Self.real["\(network.name) \(seed)"], "\(network.name) \(seed)")
    }

    static func digest(_ network: Network, _ seed: UInt64, _ dataset: Dataset, batch: Int) throws -> String {
        let configuration = Configuration(network, epochs: 2, seed: seed, batchSize: batch)
        let trainer = try Trainer(configuration: configuration, dataset: dataset, threads: 2)
        for _ in 0..<2 { try trainer.trainEpoch() }
        let checkpoint = trainer.checkpoint()
        let losses = checkpoint.history.flatMap { [$0.trainLoss, $0.trainAccuracy, $0.testLoss, $0.testAccuracy] }
        let bits = losses.map { String($0.bitPattern, radix: 16) }.joined(separator: " ")
        return SHA256.hex(Safetensors.encode(checkpoint.weights) + Array(bits.utf8))
    }
}

extension Split {
    /// The first images.
    fileprivate func first(_ count: Int) -> Split {
        Split(
            pixels: Array(pixels.prefix(count * shape.count)), labels: Array(labels.prefix(count)), shape: shape)
    }
}
