import Foundation
import Testing

@testable import Learn

@Suite("Stored weights of epochs") struct StoreEpochsTests {
    private static func save(_ run: Run, afterEpoch epoch: Int, in store: RunStore) throws -> EpochWeights {
        let kept = EpochWeights(afterEpoch: epoch, run.weights)
        let identity = store.identity(of: run.configuration, dataDigests: run.dataDigests)
        try StoredFiles(run, in: store).write(kept.encoded(ofRun: identity), to: "epoch-\(epoch).safetensors")
        return kept
    }

    @Test func theyAreCloseTogetherWhereWeightsChangeFast() {
        func kept(_ epochs: Int) -> [Int] { Configuration(.lenet5, epochs: epochs, seed: 0).keptEpochs }
        #expect(kept(1) == [])
        #expect(kept(2) == [0, 1])
        #expect(kept(5) == [0, 1, 2, 3])
        #expect(kept(50) == [0, 1, 2, 3, 5, 7, 10, 15, 20, 30])
        #expect(kept(101) == [0, 1, 2, 3, 5, 7, 10, 15, 20, 30, 50, 70, 100])
        #expect(kept(1000).suffix(2) == [500, 700])
    }

    @Test func comeBackAsTheyWereStored() async throws {
        try await withStoredRun { store, run, files in
            #expect(try store.epochWeights(of: run) == [])
            let kept = try [2, 0].map { try StoreEpochsTests.save(run, afterEpoch: $0, in: store) }
            #expect(try store.epochWeights(of: run) == kept.reversed())
            // The run is as it was, and stays a whole one.
            #expect(try store.load(run) == run)
            #expect(try store.list().map(\.state) == [.complete])
            let size = try files["epoch-2.safetensors"].count
            #expect(size * 10 < 6 * (try files[RunFile.weights].count))
        }
    }

    @Test func whatIsNotAsWrittenIsDamage() async throws {
        try await withStoredRun { store, run, files in
            _ = try StoreEpochsTests.save(run, afterEpoch: 1, in: store)
            let name = "epoch-1.safetensors"
            let whole = try files[name]
            for damaged in [whole.count - 1, 3, whole.count / 2].map({ Array(whole[..<$0]) }) + [whole + [0]] {
                try files.write(damaged, to: name)
                #expect(throws: RunStoreError.self) { try store.epochWeights(of: run) }
            }
            for place in stride(from: 0, to: whole.count, by: whole.count / 40) {
                var flipped = whole
                flipped[place] ^= 1
                try files.write(flipped, to: name)
                #expect(throws: RunStoreError.self) { try store.epochWeights(of: run) }
            }
        }
    }

    @Test func ofAnotherRunOrEpochTheyAreNotTaken() async throws {
        try await withStoredRun { store, run, files in
            let other = MadeUp.run(.lenet5, seed: 2)
            try store.save(other)
            _ = try StoreEpochsTests.save(other, afterEpoch: 1, in: store)
            let foreign = try StoredFiles(other, in: store)["epoch-1.safetensors"]
            try files.write(foreign, to: "epoch-1.safetensors")
            let path = files.path("epoch-1.safetensors")
            #expect(throws: RunStoreError.damaged(path: path, .otherRun)) { try store.epochWeights(of: run) }
            _ = try StoreEpochsTests.save(run, afterEpoch: 1, in: store)
            try files.write(try files["epoch-1.safetensors"], to: "epoch-2.safetensors")
            #expect(throws: RunStoreError.self) { try store.epochWeights(of: run) }
        }
    }
}
