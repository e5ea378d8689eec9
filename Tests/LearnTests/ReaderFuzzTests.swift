import Foundation
import TestSupport
import Testing

@testable import Learn

/// Gives each reader damaged files: it must refuse them with its own error or read something that fits together.
///
/// `FUZZ_INPUTS=1000000 swift test --filter ReaderFuzzTests` tries a million a reader.
@Suite("Damaged files") struct ReaderFuzzTests {
    @Test func imageFiles() {
        var read = 0
        for bytes in Mutations(of: [DataFixture.images(1, seed: 3), DataFixture.images(2, seed: 5)], seed: 1) {
            guard let pixels = result({ () throws(DataError) in try IDX.images(bytes, path: "f") }) else { continue }
            #expect(pixels == Array(bytes.dropFirst(16)))
            #expect(pixels.count % 784 == 0)
            read += 1
        }
        #expect(read > 0)
    }

    @Test func labelFiles() {
        var read = 0
        for bytes in Mutations(of: [DataFixture.labels(1), DataFixture.labels(30)], seed: 2) {
            guard let labels = result({ () throws(DataError) in try IDX.labels(bytes, path: "f") }) else { continue }
            #expect(labels == Array(bytes.dropFirst(8)))
            #expect(labels.allSatisfy { $0 < 10 })
            read += 1
        }
        #expect(read > 0)
    }

    @Test func gzipFiles() {
        let limit = 4096
        let originals = [[], DataFixture.labels(100), [UInt8](repeating: 7, count: limit)].map(DataFixture.gzip)
        var read = 0
        for bytes in Mutations(of: originals + [originals[0] + originals[1]], seed: 3) {
            let content = result { () throws(GzipError) in
                var gunzip = Gunzip(limit: limit)
                let half = bytes.count / 2
                try gunzip.add(Array(bytes[..<half]))
                try gunzip.add(Array(bytes[half...]))
                return try gunzip.finish()
            }
            guard let content else { continue }
            #expect(content.count <= limit)
            read += 1
        }
        #expect(read > 0)
    }

    @Test func safetensorsFiles() throws {
        let tensors = [
            NamedTensor("a.kernel", Tensor(shape: [2, 3], values: [1, 2, 3, 4, 5, 6])),
            NamedTensor("b", Tensor(zeros: [0])), NamedTensor("c", Tensor(zeros: [])),
        ]
        let originals = [
            Safetensors.encode(tensors, metadata: ["k\n": "\u{1F457}"]), Safetensors.encode(tensors),
            Safetensors.encode([]),
        ]
        var read = 0
        for bytes in Mutations(of: originals, seed: 4) {
            guard let file = result({ () throws(SafetensorsError) in try Safetensors.File(bytes) }) else { continue }
            for name in file.names where file.entries[name]?.type == .float32 {
                let tensor = try file.tensor(name)
                #expect(tensor.shape.reduce(1, *) == tensor.values.count)
            }
            read += 1
        }
        #expect(read > 0)
    }

    @Test func runDocuments() throws {
        let run = MadeUp.run()
        let store = RunStore(folder: URL(fileURLWithPath: "/nowhere"))
        let weights = try Safetensors.File(Safetensors.encode(run.weights))
        let others = try Safetensors.File(Safetensors.encode(run.otherTensors))
        var read = 0
        for bytes in Mutations(of: [CanonicalJSON.encode(RunDocument(run, files: [:]))], seed: 5) {
            let document = result { () throws(RunStoreError) in
                try store.decode(RunDocument.self, from: bytes, path: "run.json")
            }
            guard let document else { continue }
            let assembled = result { () throws(RunDefect) in
                let shapes = try document.configuration.check()
                let run = try Run(document, shapes, weights: weights, others: others)
                try run.check()
                return run
            }
            guard let assembled else { continue }
            #expect(assembled.history.count == assembled.configuration.epochs)
            read += 1
        }
        #expect(read > 0)
    }

    /// What a reader makes of a file, or nil if it refuses it; any error but its own fails to compile.
    private func result<Value, Failure: Error>(_ read: () throws(Failure) -> Value) -> Value? {
        do {
            return try read()
        } catch {
            return nil
        }
    }
}
