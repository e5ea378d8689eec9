import Foundation
import TestSupport
import Testing

@testable import Learn

@Suite("Checkpoints") struct StoreCheckpointTests {
    private func withStore(_ body: (RunStore) throws -> Void) async throws {
        try await withTemporaryFolder { folder in try body(RunStore(folder: folder)) }
    }

    private func url(_ checkpoint: Checkpoint, _ store: RunStore) -> URL {
        store.runFolder(for: checkpoint.configuration, dataDigests: checkpoint.dataDigests)
            .appendingPathComponent("checkpoint.safetensors")
    }

    @Test(arguments: Network.all, [0, 1, 3])
    func loadsWhatWasSaved(network: Network, epochsDone: Int) async throws {
        try await withStore { store in
            let checkpoint = MadeUp.checkpoint(network, epochsDone: epochsDone)
            let before = try store.load(checkpoint)
            #expect(before == nil)
            try store.saveCheckpoint(checkpoint)
            let after = try store.load(checkpoint)
            #expect(after == checkpoint)
        }
    }

    @Test func replacesTheEarlierOne() async throws {
        try await withStore { store in
            try store.saveCheckpoint(MadeUp.checkpoint(epochsDone: 1))
            let later = MadeUp.checkpoint(epochsDone: 2)
            try store.saveCheckpoint(later)
            let loaded = try store.load(later)
            #expect(loaded == later)
        }
    }

    @Test func sameCheckpointGivesSameBytes() async throws {
        try await withStore { store in
            let checkpoint = MadeUp.checkpoint()
            try store.saveCheckpoint(checkpoint)
            let first = try Data(contentsOf: url(checkpoint, store))
            try store.saveCheckpoint(checkpoint)
            let second = try Data(contentsOf: url(checkpoint, store))
            #expect(first == second)
        }
    }

    @Test func goesWithTheCompleteRun() async throws {
        try await withStore { store in
            let checkpoint = MadeUp.checkpoint()
            try store.saveCheckpoint(checkpoint)
            try store.save(MadeUp.run())
            let loaded = try store.load(checkpoint)
            #expect(loaded == nil)
        }
    }

    @Test func aPartialFileIsNoCheckpoint() async throws {
        try await withStore { store in
            let checkpoint = MadeUp.checkpoint()
            try store.saveCheckpoint(checkpoint)
            let url = url(checkpoint, store)
            try Data("half".utf8).write(to: url.appendingPathExtension("partial"))
            let loaded = try store.load(checkpoint)
            #expect(loaded == checkpoint)
            try store.saveCheckpoint(checkpoint)
            #expect(!FileManager.default.fileExists(atPath: url.path + ".partial"))
        }
    }

    @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full")))
    func aFullDiskKeepsTheEarlierOne() async throws {
        try await withStore { store in
            let earlier = MadeUp.checkpoint(epochsDone: 1)
            try store.saveCheckpoint(earlier)
            let url = url(earlier, store)
            try FileManager.default.createSymbolicLink(
                atPath: url.path + ".partial", withDestinationPath: "/dev/full")
            let folder = url.deletingLastPathComponent().path
            #expect(throws: RunStoreError.unwritable(path: folder, reason: "No space left on device")) {
                try store.saveCheckpoint(MadeUp.checkpoint(epochsDone: 2))
            }
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["checkpoint.safetensors"])
            #expect(try store.load(earlier) == earlier)
        }
    }

    /// Every bit counts: of the header, whose parts repeat each other, as of the data.
    @Test func refusesFlippedBits() async throws {
        try await withStore { store in
            let checkpoint = MadeUp.checkpoint()
            try store.saveCheckpoint(checkpoint)
            let url = url(checkpoint, store)
            let bytes = try Array(Data(contentsOf: url))
            let header = Int(bytes[0]) | Int(bytes[1]) << 8
            let positions = Array(stride(from: 0, to: 8 + header, by: 37)) + [8 + header, bytes.count - 1]
            for position in positions {
                var flipped = bytes
                flipped[position] ^= 1 << (position % 8)
                try Data(flipped).write(to: url)
                #expect(throws: RunStoreError.self, "byte \(position)") { try store.load(checkpoint) }
            }
            var flipped = bytes
            flipped[bytes.count - 1] ^= 1
            try Data(flipped).write(to: url)
            #expect(throws: RunStoreError.damaged(path: url.path, .wrongDigest)) { try store.load(checkpoint) }
        }
    }

    @Test func refusesTruncation() async throws {
        try await withStore { store in
            let checkpoint = MadeUp.checkpoint()
            try store.saveCheckpoint(checkpoint)
            let url = url(checkpoint, store)
            let bytes = try Data(contentsOf: url)
            for count in [0, 7, 8, 1000, bytes.count / 2, bytes.count - 1] {
                try bytes.prefix(count).write(to: url)
                #expect(throws: RunStoreError.damaged(path: url.path, .safetensors(.truncated))) {
                    try store.load(checkpoint)
                }
            }
        }
    }

    @Test func refusesForgeries() async throws {
        try await withStore { store in
            let checkpoint = MadeUp.checkpoint()
            let url = url(checkpoint, store)
            let forgeries: [(RunStoreError, KeyPath<String, String>)] = [
                (.newerFormat(path: url.path, version: 4), \.documentOfVersion4),
                (.olderFormat(path: url.path, version: 1), \.documentOfVersion1),
                (.damaged(path: url.path, .otherRun), \.documentWithOtherSeed),
                (.damaged(path: url.path, .malformedDocument), \.brokenDocument),
            ]
            for (error, change) in forgeries {
                try store.saveCheckpoint(checkpoint)
                try forge(url) { $0[keyPath: change] }
                #expect(throws: error) { try store.load(checkpoint) }
            }
        }
    }

    /// Changes the JSON part and seals the file anew, as no accident does.
    private func forge(_ url: URL, _ change: (String) -> String) throws {
        let file = try Safetensors.File(Array(Data(contentsOf: url)))
        var metadata = file.metadata
        metadata["sha256"] = nil
        metadata["checkpoint"] = metadata["checkpoint"].map(change)
        try Data(Safetensors.sealed(file.members, metadata: metadata)).write(to: url)
    }

    /// States that no training should be in, and what the store says to them.
    static let unfit: [(RunDefect, @Sendable (inout Checkpoint) -> Void)] = [
        (.notFinite(name: "conv2.kernel"), { $0.weights[2].tensor.values[7] = .nan }),
        (.notFinite(name: "conv1.kernel.squaredUpdate"), { $0.accumulators[1].tensor.values[0] = .infinity }),
        (.notFinite(name: "kernelHistory"), { $0.kernelHistory.values[3] = .nan }),
        (.outOfRange("epochsDone"), { $0.epochsDone = 4 }),
        (.outOfRange("epochsDone"), { $0.epochsDone = -1 }),
        (.wrongCount(of: "epochs in the history", found: 2, expected: 1), { $0.epochsDone = 1 }),
        (.unexpectedTensor(name: "conv1.kernel.squaredUpdate"), { $0.accumulators.swapAt(0, 1) }),
        (.safetensors(.missingTensor(name: "dense3.bias.squaredUpdate")), { $0.accumulators.removeLast() }),
        (
            .wrongShape(name: "kernelHistory", found: [2, 5, 5, 1, 6], expected: [3, 5, 5, 1, 6]),
            { $0.kernelHistory = Tensor(zeros: [2, 5, 5, 1, 6]) }
        ),
        (
            .wrongShape(name: "answerHistory", found: [1, 20], expected: [2, 20]),
            { $0.answerHistory = ByteTensor(shape: [1, 20], values: Array($0.answerHistory.values.prefix(20))) }
        ),
        (.outOfRange("an answer"), { $0.answerHistory.values[7] = 200 }),
        (.wrongEvaluation(epoch: 1), { $0.history[0].evaluatedTrain = Evaluation(loss: 1, accuracy: 0) }),
        (.outOfRange("the network's name"), { $0.configuration.network = "x/y" }),
    ]

    @Test(arguments: unfit.indices)
    func refusesToStoreWhatCannotBeUsed(number: Int) async throws {
        let (defect, spoil) = Self.unfit[number]
        try await withStore { store in
            var checkpoint = MadeUp.checkpoint()
            spoil(&checkpoint)
            #expect(throws: RunStoreError.unfit(network: checkpoint.configuration.network, defect)) {
                try store.saveCheckpoint(checkpoint)
            }
        }
    }
}

extension RunStore {
    /// What the store holds in the place of this checkpoint.
    fileprivate func load(_ checkpoint: Checkpoint) throws -> Checkpoint? {
        try loadCheckpoint(checkpoint.configuration, dataDigests: checkpoint.dataDigests)
    }
}

extension String {
    fileprivate var documentOfVersion4: String { replacing(#""formatVersion":3"#, with: #""formatVersion":4"#) }
    fileprivate var documentOfVersion1: String { #"{"formatVersion":1}"# }
    fileprivate var documentWithOtherSeed: String { replacing(#""seed":1"#, with: #""seed":2"#) }
    fileprivate var brokenDocument: String { replacing(#""epochsDone":2"#, with: #""epochsDone":"two""#) }
}
