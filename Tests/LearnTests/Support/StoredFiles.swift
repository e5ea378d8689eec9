import Foundation
import TestSupport

@testable import Learn

/// The files of one stored run, read and written behind the store's back.
struct StoredFiles {
    let folder: URL

    init(_ run: Run, in store: RunStore) {
        folder = store.runFolder(for: run.configuration, dataDigests: run.dataDigests)
    }

    func url(_ name: String) -> URL { folder.appendingPathComponent(name) }
    func path(_ name: String) -> String { url(name).path }

    subscript(name: String) -> [UInt8] {
        get throws { try Array(Data(contentsOf: url(name))) }
    }

    func write(_ bytes: [UInt8], to name: String) throws { try Data(bytes).write(to: url(name)) }

    /// All files' content by name.
    var contents: [String: [UInt8]] {
        get throws {
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            return try Dictionary(uniqueKeysWithValues: names.map { ($0, try self[$0]) })
        }
    }

    /// Changes `run.json` and brings its recorded digest up to date, as no accident does.
    func forgeDocument(_ change: (inout JSONValue) -> Void) throws {
        var document = try JSONValue(self[RunFile.document])
        change(&document)
        let bytes = CanonicalJSON.encode(document)
        try write(bytes, to: RunFile.document)
        try write(Array("\(SHA256.hex(bytes))  run.json\n".utf8), to: RunFile.documentDigest)
    }

    /// Changes the tensors of one file and brings all recorded digests up to date.
    func forgeTensors(_ name: String, _ change: (inout [NamedTensor]) -> Void) throws {
        let file = try Safetensors.File(self[name])
        let names = file.names.filter { file.entries[$0]?.type == .float32 }
        var tensors = try names.map { NamedTensor($0, try file.tensor($0)) }
        change(&tensors)
        try replaceTensors(name, tensors.map(Safetensors.Member.init) + file.members.filter { $0.type != .float32 })
    }

    /// Changes the answers beside the other tensors and brings all recorded digests up to date.
    func forgeAnswers(_ change: (ByteTensor) -> ByteTensor) throws {
        let file = try Safetensors.File(self[RunFile.tensors])
        let answers = Safetensors.Member(TrainingRecord.answers, change(try file.bytes(TrainingRecord.answers)))
        try replaceTensors(RunFile.tensors, file.members.filter { $0.name != TrainingRecord.answers } + [answers])
    }

    private func replaceTensors(_ name: String, _ members: [Safetensors.Member]) throws {
        let bytes = Safetensors.encode(members, metadata: [:])
        try write(bytes, to: name)
        try forgeDocument { $0["files"]?[name] = .string(SHA256.hex(bytes)) }
    }
}
