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
        "maxpool 1": "bd6f1451d5ed4a3e818159704f9a99f0f66ec7ee3fa0496d121b904cd6b3b334",
        "maxpool 2": "946b6f00d9e88d086deb20be9504f369381853a1c53d26ec76ac2bae9e92f440",
        "wide 1": "5e4390138bce3920c0fbf62c033a1fdb5a732e748bf95e1792f7061d05fc3c50",
        "wide 2": "f56bdceb3dee1a8ad14fb45578aecae8331200cb849c854f3d717339c182cfe6",
    ]

    /// The same on the first images of Fashion-MNIST.
    static let real = [
        "lenet5 1": "82f0cbf5e12884b3f566e2e83cfdece34027a3fe2238cc1fde326c4e014e9c35",
        "lenet5 2": "ba3bd704376ebbfef1e521f7a3e819d92ed737e689b70f3aa3923715b5af8e93",
        "maxpool 1": "92a9cbbae83db3ef69edd43e53fcc75c6c8e28389fa992717d1469b72ea6596a",
        "maxpool 2": "23b30ce20b70762959703635c2e09028865366bc596ba87c10672cb9183e7054",
        "wide 1": "bba1794d45fbceaa93d8cfdc8e997d1de0d87b7f43c0d8b14b02c69493522338",
        "wide 2": "f6d832ccaf9a6270d9800c8897682db07d327fe8144a658a387fa8252705521b",
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
