import Foundation
import Testing

@testable import Learn

/// What is no file, under the name of one: refused at once, whatever would come of reading it.
@Suite("What is no file in a store", .timeLimit(.minutes(30))) struct StoreOtherKindsTests {
    static let kinds: [(name: String, make: @Sendable (URL) throws -> Void)] = [
        ("pipe", { try #require(mkfifo($0.path, 0o600) == 0) }),
        ("folder", { try FileManager.default.createDirectory(at: $0, withIntermediateDirectories: false) }),
        ("device", { try FileManager.default.createSymbolicLink(atPath: $0.path, withDestinationPath: "/dev/zero") }),
        ("socket", { try makeSocket($0) }),
    ]

    @Test(arguments: ["run.json", "run.json.sha256", "weights.safetensors", "tensors.safetensors"], kinds.indices)
    func isDamage(name: String, kind: Int) async throws {
        try await withStoredRun { store, run, files in
            try FileManager.default.removeItem(at: files.url(name))
            try Self.kinds[kind].make(files.url(name))
            let error = RunStoreError.damaged(path: files.path(name), .notRegularFile)
            expectError(error, loading: run, from: store)
            #expect(try store.list().map(\.state) == [.damaged(error)])
            let results = try store.results(dataDigests: run.dataDigests)
            #expect(name.hasPrefix("run.json") ? results.refused == [error] : results.results.count == 1)
            // Only a folder is not taken away for what is to be there.
            if Self.kinds[kind].name != "folder" {
                try store.save(run)
                #expect(try store.load(run) == run)
            }
        }
    }

    @Test(arguments: kinds.indices)
    func isNoCheckpoint(kind: Int) async throws {
        try await withTemporaryFolder { folder in
            let store = RunStore(folder: folder)
            let checkpoint = MadeUp.checkpoint()
            try store.saveCheckpoint(checkpoint)
            let target = store.runFolder(for: checkpoint.configuration, dataDigests: checkpoint.dataDigests)
            let url = target.appendingPathComponent(RunFile.checkpoint)
            try FileManager.default.removeItem(at: url)
            try Self.kinds[kind].make(url)
            #expect(throws: RunStoreError.self) {
                try store.loadCheckpoint(checkpoint.configuration, dataDigests: checkpoint.dataDigests)
            }
        }
    }

    /// Opened to be written, a pipe would wait for somebody to read.
    @Test(arguments: ["run.json.partial", ".anew.json"])
    func nothingWaitsToWrite(name: String) async throws {
        try await withStoredRun { store, run, files in
            let place = name.hasPrefix(".") ? store.folder : files.folder
            try #require(mkfifo(place.appendingPathComponent(name).path, 0o600) == 0)
            var other = run
            other.weights[0].tensor.values[0] = 42
            #expect(throws: RunStoreError.self) { try store.save(other) }
        }
    }

    private static func makeSocket(_ url: URL) throws {
        let descriptor = socket(AF_UNIX, LoopbackServer.streamType, 0)
        defer { close(descriptor) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        // A path in a temporary folder is longer than such an address may be.
        let name = URL(fileURLWithPath: "/tmp/\(UUID().uuidString.prefix(8))")
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(name.path.utf8)) }
        let isBound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
            }
        }
        try #require(isBound)
        try FileManager.default.moveItem(at: name, to: url)
    }
}
