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
        "lenet5 1": "bff5db36f9fa1ae2caf838acfa382f898a0e02273029a02b14426fdc7a6b205a",
        "lenet5 2": "6d064c6f96c2034f724d41e059b515ad18476c22cf6ff76f0524f470a95c75c0",
        "maxpool 1": "534c5a5ec76a954abef72586b5906a4915994c78dbb4b6d6849271425f99107e",
        "maxpool 2": "be5b064adde01a5a304920fb06f733938e7abcd61f8f9a8ef9e9bddeb1110f50",
        "wide 1": "ede556df4b124782fdc231caf5e867f1228986377ffbafa87fa08f1b7a34509e",
        "wide 2": "b96a9fdd70715b0533ef7ab78c62695b69b16fda12cb360f5ef9bb7b06acb5ea",
    ]

    /// The same on the first images of Fashion-MNIST.
    static let real = [
        "lenet5 1": "05dbb96f9ef004ec6638436acde248d5dd5231abe2a0033bb286379e8913a186",
        "lenet5 2": "5c1824c1c2e77e64d17a2caa169e96fb4ae2198964580fb16a146a9fe25907c7",
        "maxpool 1": "e23282c941abe71308e7b736046fb73ef49581cf450d5ecc51afb1d641c23717",
        "maxpool 2": "a1ab355987a5ed274ffb47e44929d3efe0a702344e6ba064b76ccc5dee9b7faf",
        "wide 1": "91c1df92b2fa6c73e2d461bb513c8416ce910cbcce0a2b4cba10fae0fcc91f37",
        "wide 2": "4c20f010b438269dba8f2b61960ce1d4d9aebde357ceb6530136cc4bc23b81ee",
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
