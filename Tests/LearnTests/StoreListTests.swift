import Foundation
import TestSupport
import Testing

@testable import Learn

@Suite("List of stored runs") struct StoreListTests {
    private func withStore(_ body: (RunStore) throws -> Void) async throws {
        try await withTemporaryFolder { folder in try body(RunStore(folder: folder)) }
    }

    @Test func anEmptyStoreHasNoRuns() async throws {
        try await withStore { store in
            let runs = try store.list() + RunStore(folder: store.folder.appendingPathComponent("none")).list()
            #expect(runs == [])
        }
    }

    @Test func tellsOfACompleteRun() async throws {
        try await withStore { store in
            let run = MadeUp.run(.wide, seed: 7)
            try store.save(run)
            let files = StoredFiles(run, in: store)
            let stored = try #require(try store.list().first)
            #expect(stored.folder.lastPathComponent == files.folder.lastPathComponent)
            #expect(stored.network == "wide")
            #expect(stored.state == .complete)
            #expect(stored.configuration == run.configuration)
            #expect(stored.epochsDone == 3)
            #expect(stored.accuracy == run.history.last?.testAccuracy)
            #expect(try stored.size == files.contents.values.reduce(0) { $0 + $1.count })
            #expect(abs(try #require(stored.date).timeIntervalSinceNow) < 60)
        }
    }

    @Test func tellsOfAnIncompleteRun() async throws {
        try await withStore { store in
            let checkpoint = MadeUp.checkpoint(.maxpool)
            try store.saveCheckpoint(checkpoint)
            let stored = try #require(try store.list().first)
            #expect(stored.network == "maxpool")
            #expect(stored.state == .incomplete)
            #expect(stored.configuration == checkpoint.configuration)
            #expect(stored.epochsDone == 2)
            #expect(stored.accuracy == checkpoint.history.last?.testAccuracy)
            #expect(stored.date != nil)
        }
    }

    @Test func tellsOfAnEmptyFolder() async throws {
        try await withStore { store in
            let folder = store.folder.appendingPathComponent("wide-0123456789abcdef")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            let stored = try #require(try store.list().first)
            #expect(stored.state == .incomplete)
            #expect(stored.configuration == nil)
            #expect(stored.epochsDone == 0)
            #expect(stored.accuracy == nil)
            #expect(stored.date == nil)
            #expect(stored.size == 0)
        }
    }

    @Test func tellsWhatIsWrong() async throws {
        try await withStore { store in
            let runs = (1...5).map { MadeUp.run(seed: $0) }
            for run in runs { try store.save(run) }
            let files = runs.map { StoredFiles($0, in: store) }
            // As version 2 wrote it: of a network by name alone.
            try files[0].forgeDocument {
                $0["formatVersion"] = .integer(2)
                $0["configuration"]?["architecture"] = nil
                $0["configuration"]?["optimizer"] = .object([
                    "learningRate": .integer(1), "rho": .number(0.95), "epsilon": .number(1e-7),
                ])
            }
            try files[1].forgeDocument { $0["formatVersion"] = .integer(4) }
            try files[2].write([], to: "weights.safetensors")
            try FileManager.default.removeItem(at: files[3].folder)
            try FileManager.default.copyItem(at: files[4].folder, to: files[3].folder)
            let states = try store.list().reduce(into: [:]) { $0[$1.folder.lastPathComponent] = $1.state }
            let expected: [StoredRun.State] = [
                .outdated, .newer, .damaged(.damaged(path: files[2].path("weights.safetensors"), .wrongDigest)),
                .damaged(.damaged(path: files[3].path("run.json"), .otherRun)), .complete,
            ]
            #expect(files.map { states[$0.folder.lastPathComponent] } == expected)
        }
    }

    /// Neither the run nor the checkpoint of a network is taken for one of another that has its name.
    @Test(arguments: [("dropout 0.3", "dropout 0.25"), ("maxpool 2", "avgpool 2")])
    func otherLayersMakeAnotherRun(layer: String, replacement: String) async throws {
        try await withStore { store in
            let (run, checkpoint) = (MadeUp.run(.wide), MadeUp.checkpoint(.wide, of: 9))
            try store.save(run)
            try store.saveCheckpoint(checkpoint)
            let notation = Network.wide.architecture.notation.map { $0 == layer ? replacement : $0 }
            var configuration = run.configuration
            configuration.architecture = try Architecture(
                input: configuration.architecture.input, classes: configuration.architecture.classes,
                notation: notation)
            #expect(try store.load(configuration, dataDigests: run.dataDigests) == nil)
            configuration.epochs = 9
            #expect(try store.loadCheckpoint(configuration, dataDigests: run.dataDigests) == nil)
            #expect(try store.load(run.configuration, dataDigests: run.dataDigests) == run)
        }
    }

    @Test func aNetworksNameMayHaveHyphens() async throws {
        try await withStore { store in
            var run = MadeUp.run(.lenet5)
            run.configuration.network = "tiny-vgg-2"
            try store.save(run)
            #expect(try store.list().map(\.network) == ["tiny-vgg-2"])
        }
    }

    @Test func saysThatTheStoreCannotBeRead() async throws {
        try await withStore { store in
            let file = RunStore(folder: store.folder.appendingPathComponent("file"))
            try Data().write(to: file.folder)
            let error = #expect(throws: RunStoreError.self) { try file.list() }
            // The reason is Foundation's own and differs between systems.
            guard case .unreadable(path: file.folder.path, _) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
        }
    }

    @Test func passesOverOtherThings() async throws {
        try await withStore { store in
            for name in ["notes", "wide", "wide-0123456789abcde", "wide-0123456789abcdeg", "-0123456789abcdef", ".git"]
            {
                try FileManager.default.createDirectory(
                    at: store.folder.appendingPathComponent(name), withIntermediateDirectories: true)
            }
            try Data().write(to: store.folder.appendingPathComponent("README.md"))
            let runs = try store.list()
            #expect(runs == [])
        }
    }

    @Test func prunesTheIncompleteAndTheOutdated() async throws {
        try await withStore { store in
            let runs = (1...4).map { MadeUp.run(seed: $0) }
            for run in runs { try store.save(run) }
            let files = runs.map { StoredFiles($0, in: store) }
            try files[0].forgeDocument { $0["formatVersion"] = .integer(1) }
            try files[1].forgeDocument { $0["formatVersion"] = .integer(4) }
            try files[2].write([], to: "weights.safetensors")
            try store.saveCheckpoint(MadeUp.checkpoint(.wide))
            let candidates = try store.pruneCandidates()
            #expect(candidates.map(\.network) == ["lenet5", "wide"])
            #expect(candidates.map(\.state) == [.outdated, .incomplete])
            for run in candidates { #expect(try store.remove(run)) }
            #expect(try store.list().count == 3)
            #expect(try store.pruneCandidates() == [])
            #expect(!FileManager.default.fileExists(atPath: files[0].folder.path))
        }
    }

    @Test func aRunInUseIsNotRemoved() async throws {
        try await withStore { store in
            let checkpoint = MadeUp.checkpoint()
            try store.saveCheckpoint(checkpoint)
            let run = try #require(try store.list().first)
            let lock = try store.lock(checkpoint.configuration, dataDigests: checkpoint.dataDigests, whenHeld: .fail)
            #expect(throws: RunStoreError.inUse(path: run.folder.path, holder: getpid())) { _ = try store.remove(run) }
            #expect(throws: RunStoreError.inUse(path: run.folder.path, holder: getpid())) {
                _ = try store.lock(checkpoint.configuration, dataDigests: checkpoint.dataDigests, whenHeld: .fail)
            }
            lock.release()
            #expect(try store.remove(run))
            #expect(try store.list() == [])
        }
    }

    @Test func aRunFinishedSinceItWasListedIsNotRemoved() async throws {
        try await withStore { store in
            let run = MadeUp.run()
            let files = StoredFiles(run, in: store)
            try store.saveCheckpoint(MadeUp.checkpoint())
            let listed = try #require(try store.pruneCandidates().first)
            #expect(listed.folder.lastPathComponent == files.folder.lastPathComponent)
            try store.save(run)
            #expect(try !store.remove(listed))
            #expect(try store.list().map(\.state) == [.complete])
        }
    }
}
