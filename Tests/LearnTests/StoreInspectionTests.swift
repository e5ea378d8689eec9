import Foundation
import Testing

@testable import Learn

@Suite("Stored inspections") struct StoreInspectionTests {
    private static func dataset(of run: Run) -> Dataset {
        let shape = run.architecture.input
        let split = Split(
            pixels: [UInt8](repeating: 9, count: 20 * shape.count), labels: Array(0..<20).map { $0 % 10 }, shape: shape)
        return Dataset(train: split, test: split, classCount: 10, digests: run.dataDigests)
    }

    private static func inspection(of run: Run, _ dataset: Dataset) throws -> Inspection {
        try Model(run.architecture, weights: run.weights).inspect(on: dataset)
    }

    @Test func comesBackAsItWasStored() async throws {
        try await withStoredRun { store, run, files in
            let dataset = StoreInspectionTests.dataset(of: run)
            #expect(try store.inspection(of: run, on: dataset) == nil)
            let inspection = try StoreInspectionTests.inspection(of: run, dataset)
            try store.save(inspection, of: run)
            #expect(try store.inspection(of: run, on: dataset) == inspection)
            // The run is as it was, and stays a whole one.
            #expect(try store.load(run) == run)
            #expect(try store.list().map(\.state) == [.complete])
            let again = try files["inspection.safetensors"]
            try store.save(inspection, of: run)
            #expect(try files["inspection.safetensors"] == again)
        }
    }

    @Test func ofOtherWeightsIsNotTaken() async throws {
        try await withStoredRun { store, run, _ in
            let dataset = StoreInspectionTests.dataset(of: run)
            try store.save(StoreInspectionTests.inspection(of: run, dataset), of: run)
            var other = run
            other.weights[0].tensor.values[0] += 0.5
            #expect(try store.inspection(of: other, on: dataset) == nil)
            try store.save(StoreInspectionTests.inspection(of: other, dataset), of: other)
            #expect(try store.inspection(of: run, on: dataset) == nil)
        }
    }

    @Test func whatIsNotAsWrittenIsDamage() async throws {
        try await withStoredRun { store, run, files in
            let dataset = StoreInspectionTests.dataset(of: run)
            try store.save(StoreInspectionTests.inspection(of: run, dataset), of: run)
            let whole = try files["inspection.safetensors"]
            let ends = [whole.count - 1, 3, whole.count / 2]
            for damaged in ends.map({ Array(whole[..<$0]) }) + [whole + [0]] {
                try files.write(damaged, to: "inspection.safetensors")
                #expect(throws: RunStoreError.self) { try store.inspection(of: run, on: dataset) }
            }
            for place in stride(from: 0, to: whole.count, by: max(1, whole.count / 40)) {
                var flipped = whole
                flipped[place] ^= 1
                try files.write(flipped, to: "inspection.safetensors")
                #expect(throws: RunStoreError.self) { try store.inspection(of: run, on: dataset) }
            }
        }
    }

    @Test func whatIsNotFiniteIsNotStored() async throws {
        try await withStoredRun { store, run, _ in
            let dataset = StoreInspectionTests.dataset(of: run)
            let inspection = try StoreInspectionTests.inspection(of: run, dataset)
            let first = inspection.switchedOff[0]
            let means = Tensor(shape: first.means.shape, values: first.means.values.map { _ in .nan })
            var broken = inspection
            broken.switchedOff[0] = SwitchedOff(
                layer: first.layer, whole: first.whole, zero: first.zero, mean: first.mean, means: means)
            #expect(throws: RunStoreError.unfit(network: run.name, .notFinite(name: "switchedOff.conv1.means"))) {
                try store.save(broken, of: run)
            }
        }
    }
}
