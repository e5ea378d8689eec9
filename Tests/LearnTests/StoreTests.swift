import Foundation
import TestSupport
import Testing

@testable import Learn

@Suite("Stored runs") struct StoreTests {
    @Test(arguments: Network.all)
    func loadsWhatWasSaved(network: Network) async throws {
        try await withStoredRun(network) { store, run, files in
            let loaded = try store.load(run)
            #expect(loaded == run)
            let names = try Set(files.contents.keys)
            #expect(names == ["run.json", "run.json.sha256", "tensors.safetensors", "weights.safetensors"])
        }
    }

    @Test func loadsNothingFromAnEmptyStore() async throws {
        try await withTemporaryFolder { folder in
            for name in [".", "none"] {
                let loaded = try RunStore(folder: folder.appendingPathComponent(name)).load(MadeUp.run())
                #expect(loaded == nil)
            }
        }
    }

    @Test func loadsOnlyTheSameIdentity() async throws {
        try await withStoredRun { store, run, _ in
            var otherSeed = run
            otherSeed.configuration.seed = 2
            var otherData = run
            otherData.dataDigests["t10k-labels-idx1-ubyte"] = String(repeating: "b2", count: 32)
            for other in [otherSeed, otherData] {
                let loaded = try store.load(other)
                #expect(loaded == nil)
            }
        }
    }

    /// Whoever adds to the configuration, or whose encoder writes it otherwise, must raise the format version.
    @Test func identityStaysAsItIs() {
        let store = RunStore(folder: URL(fileURLWithPath: "/runs"))
        let configuration = Configuration(.wide, epochs: 100, seed: .max)
        let digests = ["b": "2", "a": "1"]
        #expect(
            store.identity(of: configuration, dataDigests: digests)
                == "8973050f1b8998f9f721ccb693bc0fc3e13291e81a4ca2007ef879361b551e18")
        #expect(
            store.runFolder(for: configuration, dataDigests: digests).path
                == "/runs/wide-8973050f1b8998f9")
    }

    @Test func identityDependsOnEverything() {
        let store = RunStore(folder: URL(fileURLWithPath: "/runs"))
        let plain = Configuration(.wide, epochs: 100, seed: 1)
        func other(_ layer: String, _ replacement: String) -> Architecture {
            let notation = plain.architecture.notation.map { $0 == layer ? replacement : $0 }
            let changed = try? Architecture(input: plain.architecture.input, classes: 10, notation: notation)
            return changed ?? plain.architecture
        }
        let changes: [(inout Configuration) -> Void] = [
            { _ in }, { $0.network = "lenet5" }, { $0.epochs = 99 }, { $0.seed = 2 }, { $0.batchSize = 999 },
            { $0.optimizer.learningRate = 0.9 }, { $0.optimizer = .adadelta(rho: 0.9) },
            { $0.optimizer = .adadelta(epsilon: (1e-7 as Float).nextUp) }, { $0.optimizer = .sgd(learningRate: 1) },
            { $0.optimizer = .adam(learningRate: 1) },
            { $0.architecture = other("dropout 0.3", "dropout 0.31") },
            { $0.architecture = other("maxpool 2", "avgpool 2") },
            { $0.architecture = other("conv 12@5x5 same", "conv 12@5x5 same linear") },
        ]
        var identities = Set(
            changes.map { change in
                var configuration = plain
                change(&configuration)
                return store.identity(of: configuration, dataDigests: ["a": "1"])
            })
        identities.insert(store.identity(of: plain, dataDigests: ["a": "2"]))
        identities.insert(store.identity(of: plain, dataDigests: ["b": "1"]))
        #expect(identities.count == changes.count + 2)
    }

    @Test func sameRunGivesSameBytes() async throws {
        var first: [String: [UInt8]]?
        for _ in 0..<2 {
            try await withStoredRun { store, run, files in
                first = try first ?? files.contents
                #expect(try files.contents == first)
                try store.save(run)
                #expect(try files.contents == first)
            }
        }
    }

    @Test func replacesARun() async throws {
        try await withStoredRun { store, run, _ in
            var other = run
            other.weights[0].tensor.values[0] = 42
            try store.save(other)
            #expect(try store.load(run) == other)
        }
    }

    /// So that there is no moment without a complete run, even for a power cut.
    @Test func leavesTheSameBitsAlone() async throws {
        try await withStoredRun { store, run, files in
            let path = files.path("run.json")
            let before = try FileManager.default.attributesOfItem(atPath: path)[.systemFileNumber] as? Int
            try store.save(run)
            let after = try FileManager.default.attributesOfItem(atPath: path)[.systemFileNumber] as? Int
            #expect(before != nil)
            #expect(before == after)
        }
    }

    @Test func repairsADamagedRun() async throws {
        try await withStoredRun { store, run, files in
            let contents = try files.contents
            try files.write([1, 2, 3], to: "weights.safetensors")
            try store.save(run)
            #expect(try files.contents == contents)
        }
    }

    /// Whatever a crash leaves of the files, in the order in which they get their names, is no run.
    @Test func isIncompleteUntilTheLastFile() async throws {
        try await withStoredRun { store, run, files in
            let contents = try files.contents
            try FileManager.default.removeItem(at: files.folder)
            try FileManager.default.createDirectory(at: files.folder, withIntermediateDirectories: false)
            for name in ["weights.safetensors", "tensors.safetensors", "run.json.sha256", "run.json"] {
                try files.write(Array(contents[name]!.dropLast()), to: name + ".partial")
                #expect(try store.load(run) == nil)
                try files.write(contents[name]!, to: name)
            }
            #expect(try store.load(run) == run)
            try store.save(run)
            #expect(try files.contents == contents)
        }
    }

    /// Runs that no training should give, and what the store says to them.
    static let unfit: [(RunDefect, @Sendable (inout Run) -> Void)] = [
        (.notFinite(name: "conv1.kernel"), { $0.weights[0].tensor.values[7] = .nan }),
        (.notFinite(name: "a loss"), { $0.history[1].trainLoss = .infinity }),
        (.notFinite(name: "a loss"), { $0.history[2].evaluatedTrain?.loss = .nan }),
        (.wrongEvaluation(epoch: 3), { $0.history[2].evaluatedTrain = nil }),
        (.outOfRange("an answer"), { $0.answerHistory.values[0] = 10 }),
        (.wrongAnswers, { $0.answerHistory.values[59] ^= 1 }),
        (.notFinite(name: "an accuracy"), { $0.history[1].testAccuracy = .nan }),
        (.outOfRange("the optimizer's rate"), { $0.configuration.optimizer.learningRate = .infinity }),
        (.outOfRange("the network's name"), { $0.configuration.network = "../lenet5" }),
        (.outOfRange("epochs"), { $0.configuration.epochs = 0 }),
        (.outOfRange("batchSize"), { $0.configuration.batchSize = 0 }),
        (.wrongCount(of: "epochs in the history", found: 3, expected: 4), { $0.configuration.epochs = 4 }),
        (.unexpectedTensor(name: "conv1.bias"), { $0.weights.swapAt(0, 1) }),
        (.safetensors(.missingTensor(name: "dense3.bias")), { $0.weights.removeLast() }),
        (.unexpectedTensor(name: "x"), { $0.weights.append(NamedTensor("x", Tensor(zeros: [1]))) }),
        (.outOfRange("a sample's index"), { $0.samples[0].index = 20 }),
        (.outOfRange("a sample's index"), { $0.samples[0].index = -1 }),
        (.noTraining, { $0.origin = .model($0.network, Evaluation(loss: 0.3, accuracy: 0.9)) }),
        (
            .wrongConfusionMatrix,
            {
                $0.origin = .model($0.network, Evaluation(loss: 0.3, accuracy: 0.9))
                $0.confusionMatrix[0][0] += 1
            }
        ),
        (.outOfRange("a repeated sample"), { $0.samples[0].index = $0.samples[1].index }),
    ]

    @Test(arguments: unfit.indices)
    func refusesToStoreWhatCannotBeUsed(number: Int) async throws {
        let (defect, spoil) = Self.unfit[number]
        try await withStoredRun { store, run, _ in
            var spoilt = run
            spoil(&spoilt)
            #expect(throws: RunStoreError.unfit(network: spoilt.name, defect)) {
                try store.save(spoilt)
            }
            let loaded = try store.load(run)
            #expect(loaded == run)
        }
    }

    @Test func saysThatTheStoreCannotBeWritten() async throws {
        try await withTemporaryFolder { folder in
            let file = folder.appendingPathComponent("file")
            try Data().write(to: file)
            let store = RunStore(folder: file)
            let run = MadeUp.run()
            let path = StoredFiles(run, in: store).folder.path
            #expect(throws: RunStoreError.unwritable(path: path, reason: "Not a directory")) { try store.save(run) }
        }
    }

    @Test(
        .enabled(if: FileManager.default.fileExists(atPath: "/dev/full")),
        arguments: ["weights.safetensors", "tensors.safetensors", "run.json.sha256", "run.json"])
    func aFullDiskHarmsNothing(name: String) async throws {
        try await withStoredRun { store, run, files in
            let before = try files.contents
            try FileManager.default.createSymbolicLink(
                atPath: files.path(name + ".partial"), withDestinationPath: "/dev/full")
            let error = RunStoreError.unwritable(path: files.folder.path, reason: "No space left on device")
            var other = run
            other.weights[0].tensor.values[0] = 42
            #expect(throws: error) { try store.save(other) }
            #expect(try files.contents == before)
        }
    }

    /// Stopped before a file gets its name, here because a folder has it: what is there is no run, and no mixture of
    /// the old one and the new.
    @Test(arguments: ["tensors.safetensors", "run.json.sha256"])
    func aSaveThatStopsMidwayLeavesNoRun(name: String) async throws {
        try await withStoredRun { store, run, files in
            try FileManager.default.removeItem(at: files.url(name))
            try FileManager.default.createDirectory(at: files.url(name), withIntermediateDirectories: false)
            var other = run
            other.weights[0].tensor.values[0] = 42
            #expect(throws: RunStoreError.unwritable(path: files.folder.path, reason: "Is a directory")) {
                try store.save(other)
            }
            #expect(try store.load(run) == nil)
        }
    }

    @Test func saysThatARunCannotBeRead() async throws {
        try await withStoredRun { store, run, files in
            try FileManager.default.removeItem(at: files.url("run.json"))
            try FileManager.default.createDirectory(at: files.url("run.json"), withIntermediateDirectories: false)
            expectError(.damaged(path: files.path("run.json"), .notRegularFile), loading: run, from: store)
        }
    }

    @Test(arguments: Network.all)
    func documentFollowsItsSchema(network: Network) async throws {
        let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../schemas/run.schema.json")
        let schema = JSONSchema(try JSONValue(Data(contentsOf: url)))
        try await withStoredRun(network) { _, _, files in
            let document = try JSONValue(files["run.json"])
            #expect(schema.faults(of: document) == [])
            var wrong = document
            wrong["formatVersion"] = .integer(1)
            wrong["more"] = .null
            wrong["samples"]?[0]["label"] = .integer(100)
            wrong["configuration"]?["seed"] = nil
            wrong["dataDigests"]?["t10k-labels-idx1-ubyte"] = .string("A1")
            wrong["history"]?[0]["testLoss"] = .string("0.5")
            #expect(
                schema.faults(of: wrong) == [
                    "$.more: additionalProperties", "$.configuration: required string(\"seed\")",
                    "$.dataDigests.t10k-labels-idx1-ubyte: pattern", "$.formatVersion: const",
                    "$.history[0].testLoss: type", "$.samples[0].label: maximum",
                ])
        }
    }
}
