import Foundation
import KernelInterface
import TestSupport
import Testing

@testable import Learn

/// One seed gives the same bits, whatever computes and however often it is interrupted.
@Suite struct ReproducibilityTests {
    /// Batches of 400 make four parts, with a shard of a single block; the last batch of 150 ends inside a block.
    static let batchSize = 400
    static let dataset = Dataset(
        train: split(of: 550, seed: 21), test: split(of: 60, seed: 22), classCount: 10, digests: MadeUp.digests)

    /// A batch of its images, too, has a shard of a single block, and ends inside it.
    private static let part = Dataset(
        train: split(of: 135, seed: 21), test: split(of: 20, seed: 22), classCount: 10, digests: MadeUp.digests)

    @Test(arguments: Network.all)
    func threadsLeaveTheSameBits(network: Network) async throws {
        let expected = try await digests(of: network, threads: 1)
        for threads in [2, 3, 8] {
            let found = try await digests(of: network, threads: threads)
            #expect(found == expected, "\(threads) threads")
        }
    }

    @Test(arguments: Network.all)
    func vectorWidthsLeaveTheSameBits(network: Network) async throws {
        let expected = try await digests(of: network, on: Self.part, threads: 2, epochs: 1)
        for kernels in KernelChoice.available.dropFirst() {
            let found = try await digests(of: network, on: Self.part, threads: 2, kernels: kernels, epochs: 1)
            #expect(found == expected, "\(kernels.name)")
        }
    }

    @Test(arguments: Network.all)
    func anotherSeedLeavesOtherBits(network: Network) async throws {
        let first = try await digests(of: network, threads: 2)
        let second = try await digests(of: network, threads: 2, seed: 2)
        for name in [RunFile.weights, RunFile.tensors, RunFile.document] { #expect(first[name] != second[name]) }
    }

    /// Each of the three epochs in a program of its own, each with another number of threads.
    @Test(arguments: Network.all)
    func interruptionsLeaveTheSameBits(network: Network) async throws {
        let configuration = Self.configuration(network, epochs: 3)
        let (expected, found) = try await withTemporaryFolder { folder in
            let whole = RunStore(folder: folder.appendingPathComponent("whole"))
            let run = try Training(store: whole, dataset: Self.dataset, threads: 1).run(configuration) { _ in }
            let parts = RunStore(folder: folder.appendingPathComponent("parts"))
            for epochsDone in [1, 2] {
                let training = Training(store: parts, dataset: Self.dataset, threads: epochsDone + 1)
                #expect(throws: TrainingError.interrupted(network: network.name, epochsDone: epochsDone)) {
                    try training.run(configuration, isInterrupted: { true }, progress: { _ in })
                }
            }
            var epochs: Set<Int> = []
            let resumed = try Training(store: parts, dataset: Self.dataset, threads: 1)
                .run(configuration, isInterrupted: { true }) { epochs.insert($0.epoch) }
            #expect(epochs == [3], "only the last epoch was left to train")
            return (try Self.digests(of: run, in: whole), try Self.digests(of: resumed, in: parts))
        }
        #expect(found == expected)
    }

    /// As if a program had ended between storing the run and clearing up.
    @Test func aCheckpointBesideACompleteRunGoes() async throws {
        try await withTemporaryFolder { folder in
            let store = RunStore(folder: folder)
            let configuration = Self.configuration(.lenet5, epochs: 2)
            let training = Training(store: store, dataset: Self.dataset, threads: 1)
            #expect(throws: TrainingError.self) {
                try training.run(configuration, isInterrupted: { true }, progress: { _ in })
            }
            let digests = Self.dataset.digests
            let checkpoint = try #require(try store.loadCheckpoint(configuration, dataDigests: digests))
            let run = try training.run(configuration) { _ in }
            try store.saveCheckpoint(checkpoint)
            let again = try training.run(configuration) { _ in Issue.record("there was nothing to train") }
            #expect(again == run)
            #expect(try store.loadCheckpoint(configuration, dataDigests: digests) == nil)
        }
    }
}

extension ReproducibilityTests {
    private static func configuration(_ network: Network, epochs: Int, seed: UInt64 = 1) -> Configuration {
        Configuration(network, epochs: epochs, seed: seed, batchSize: batchSize)
    }

    /// SHA-256 of each file that a training leaves behind, by file name.
    private func digests(
        of network: Network, on dataset: Dataset = Self.dataset, threads: Int,
        kernels: any Kernels = KernelChoice.fastest, seed: UInt64 = 1,
        epochs: Int = 2
    ) async throws -> [String: String] {
        let trainer = try Trainer(
            configuration: Self.configuration(network, epochs: epochs, seed: seed), dataset: dataset,
            threads: threads, kernels: kernels)
        for _ in 0..<epochs { try trainer.trainEpoch() }
        let run = trainer.finishedRun()
        return try await withTemporaryFolder { folder in
            let store = RunStore(folder: folder)
            try store.save(run)
            return try Self.digests(of: run, in: store)
        }
    }

    private static func digests(of run: Run, in store: RunStore) throws -> [String: String] {
        try StoredFiles(run, in: store).contents.mapValues { SHA256.hex($0) }
    }

    /// Noise with a bright stripe whose height tells the class, so that there is something to learn.
    private static func split(of count: Int, seed: Int) -> Split {
        var random = Random(test: seed)
        var pixels: [UInt8] = []
        pixels.reserveCapacity(count * FashionMNIST.shape.count)
        for image in 0..<count {
            for y in 0..<28 {
                let bright = y / 2 == 2 + image % 10
                for _ in 0..<28 { pixels.append(UInt8((bright ? 128 : 0) + random.next(below: 128))) }
            }
        }
        return Split(pixels: pixels, labels: (0..<count).map { UInt8($0 % 10) }, shape: FashionMNIST.shape)
    }
}
