import Foundation
import TestSupport
import Testing

@testable import Learn

/// To train anew means anew once: an interruption loses no epoch, and what was there before stays until then.
@Suite("Training anew") struct TrainingAnewTests {
    private static let dataset = ReproducibilityTests.dataset
    private static let digests = dataset.digests

    private static func configuration(_ network: Network = .lenet5, epochs: Int = 3) -> Configuration {
        Configuration(network, epochs: epochs, seed: 1, batchSize: ReproducibilityTests.batchSize)
    }

    /// What the command does: asks for runs, carries them out, ends. Interrupted after so many epochs, if at all.
    /// - Returns: the epochs trained, network by network.
    private func command(
        _ configurations: [Configuration], in store: RunStore, fresh: Bool = true, interruptedAfter most: Int = .max
    ) throws -> [String] {
        var epochs: [String] = []
        if fresh { try store.beginAnew(configurations, dataDigests: Self.digests) }
        do {
            for configuration in configurations {
                let training = Training(store: store, dataset: Self.dataset, threads: 1)
                _ = try training.run(configuration, fresh: fresh, isInterrupted: { epochs.count >= most }) { progress in
                    if progress.ended != nil { epochs.append("\(configuration.network) \(progress.epoch)") }
                }
                if epochs.count >= most { return epochs }
            }
        } catch TrainingError.interrupted {
            return epochs
        }
        if fresh { try store.endAnew(configurations, dataDigests: Self.digests) }
        return epochs
    }

    @Test func goesOnAfterAnInterruption() async throws {
        try await withTemporaryFolder { folder in
            let store = RunStore(folder: folder)
            let one = [Self.configuration()]
            let whole = ["lenet5 1", "lenet5 2", "lenet5 3"]
            #expect(try command(one, in: store) == whole)
            let files = StoredFiles(try #require(try store.load(one[0], dataDigests: Self.digests)), in: store)
            let before = try files.contents
            // Ended in good order, it is forgotten: the same command is a new one.
            #expect(try command(one, in: store, interruptedAfter: 2) == ["lenet5 1", "lenet5 2"])
            #expect(try command(one, in: store) == ["lenet5 3"])
            #expect(try files.contents == before)
            #expect(try command(one, in: store) == whole)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().first == ".write.lock")
        }
    }

    @Test func whoDoesNotAskForItDropsNoCheckpoint() async throws {
        try await withTemporaryFolder { folder in
            let store = RunStore(folder: folder)
            let one = [Self.configuration()]
            _ = try command(one, in: store)
            _ = try command(one, in: store, interruptedAfter: 2)
            #expect(try command(one, in: store, fresh: false) == [])
            #expect(try command(one, in: store) == ["lenet5 3"])
        }
    }

    @Test func whatWasBegunOtherwiseIsNotGoneOnWith() async throws {
        try await withTemporaryFolder { folder in
            let store = RunStore(folder: folder)
            let one = [Self.configuration()]
            _ = try command(one, in: store, fresh: false, interruptedAfter: 2)
            #expect(try command(one, in: store, interruptedAfter: 1) == ["lenet5 1"])
            // Where there is no run yet, any command goes on from it.
            #expect(try command(one, in: store, fresh: false) == ["lenet5 2", "lenet5 3"])
        }
    }

    @Test(arguments: [2, 3, 4, 6])
    func severalGoOnWithTheOneUnderWay(interruptedAfter count: Int) async throws {
        try await withTemporaryFolder { folder in
            let store = RunStore(folder: folder)
            let all = [Network.lenet5, .maxpool].map { Self.configuration($0) }
            let epochs = try command(all, in: store)
            #expect(epochs.count == 6)
            let first = try command(all, in: store, interruptedAfter: count)
            #expect(try first + command(all, in: store) == epochs)
        }
    }

    /// The advice where a file is damaged is to train anew.
    @Test func damageDoesNotHinderIt() async throws {
        try await withTemporaryFolder { folder in
            let store = RunStore(folder: folder)
            let one = [Self.configuration()]
            _ = try command(one, in: store)
            _ = try command(one, in: store, interruptedAfter: 2)
            let target = store.runFolder(for: one[0], dataDigests: Self.digests)
            for name in [RunFile.document, RunFile.checkpoint] {
                try Data("nonsense".utf8).write(to: target.appendingPathComponent(name))
            }
            try Data("nonsense".utf8).write(to: folder.appendingPathComponent(RunFile.anew))
            #expect(throws: RunStoreError.self) { try command(one, in: store, fresh: false) }
            #expect(try command(one, in: store) == ["lenet5 1", "lenet5 2", "lenet5 3"])
            // Likewise while one is under way.
            _ = try command(one, in: store, interruptedAfter: 2)
            try Data("nonsense".utf8).write(to: target.appendingPathComponent(RunFile.checkpoint))
            #expect(try command(one, in: store) == ["lenet5 1", "lenet5 2", "lenet5 3"])
        }
    }
}
