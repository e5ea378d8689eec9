import Foundation
import TestSupport
import Testing

/// Gives each reader damaged copies of the files in its corpus.
///
/// `FUZZ_INPUTS=1000000 swift test --filter ReaderTests` tries a million a reader; `scripts/fuzz` lets libFuzzer look
/// for more.
@Suite("Damaged files") struct ReaderTests {
    @Test(arguments: Reader.all)
    func areRefusedOrRead(_ reader: Reader) throws {
        let corpus = try reader.corpus()
        var read = 0
        for bytes in corpus {
            let verdict = reader.judge(bytes)
            if verdict == .read { read += 1 }
            #expect(verdict == .refused || verdict == .read)
        }
        #expect(read > 0, "the corpus holds no file that is as it should be")
        for bytes in Mutations(of: corpus, seed: 1) {
            if case .wrong(let what) = reader.judge(bytes) {
                Issue.record("\(what): \(Data(bytes).base64EncodedString())")
            }
        }
    }
}

extension Reader: CustomTestStringConvertible {
    var testDescription: String { name }

    /// The files kept for this reader: well-formed ones, and damaged ones that once led it astray or far.
    func corpus() throws -> [[UInt8]] {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Corpus/\(name)")
        return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().map {
            try Array(Data(contentsOf: folder.appending(path: $0)))
        }
    }
}
