import Foundation
import Testing

@testable import Learn

@Suite("Downloads") struct DataDownloadTests {
    /// A search that finds no file on the disk and asks `server`.
    private func search(_ folder: URL, _ server: String, limits: Download.Limits? = nil) -> DataSearch {
        var search = DataSearch(environment: ["HOME": folder.path, "FASHION_MNIST_URL": server])
        search.systemFolder = folder.appendingPathComponent("usr")
        search.digests = DataFixture.digests
        search.limits = limits ?? Download.Limits(length: 1 << 20, silence: 1800)
        return search
    }

    private static func file(_ path: String) -> [UInt8]? {
        let name = path.split(separator: "/").last.map(String.init) ?? ""
        return name.hasSuffix(".gz") ? DataFixture.contents[String(name.dropLast(3))].map(DataFixture.gzip) : nil
    }

    private static func honest(_ path: String) -> LoopbackServer.Answer {
        file(path).map { .content($0) } ?? .status(404)
    }

    /// What the cache folder holds, but for the lock file.
    private func cached(_ search: DataSearch) -> Set<String> {
        let names = try? FileManager.default.contentsOfDirectory(atPath: search.cacheFolder.path)
        return Set(names ?? []).subtracting([".lock"])
    }

    /// Expects that a server that answers so to the first file brings about this failure, and no file.
    private func expect(
        _ failure: DataError.DownloadFailure, from answer: LoopbackServer.Answer, limits: Download.Limits? = nil,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        try await withTemporaryFolder { folder in
            let server = try LoopbackServer { _ in answer }
            let search = search(folder, server.address, limits: limits)
            let error = DataError.download(address: server.address + "train-images-idx3-ubyte.gz", failure)
            await #expect(throws: error, sourceLocation: sourceLocation) {
                try await search.load(from: nil) { _ in }
            }
            #expect(cached(search) == [], sourceLocation: sourceLocation)
        }
    }

    @Test func fillsTheCacheOnce() async throws {
        try await withTemporaryFolder { folder in
            let server = try LoopbackServer(Self.honest)
            let search = search(folder, server.address)
            nonisolated(unsafe) var announced: [String] = []
            let dataset = try await search.load(from: nil) { event in
                if case .downloading(let url, _) = event { announced.append(url.lastPathComponent) }
            }
            #expect(dataset.digests == DataFixture.digests)
            #expect(announced == DataFiles.names.map { $0 + ".gz" })
            #expect(cached(search) == Set(announced))
            let again = try await search.load(from: nil) { _ in
                Issue.record("downloaded again")
            }
            #expect(again.digests == DataFixture.digests)
        }
    }

    @Test func goesOnAfterAnInterruption() async throws {
        try await withTemporaryFolder { folder in
            let failing = try LoopbackServer { $0.contains("t10k") ? .status(503) : Self.honest($0) }
            let first = search(folder, failing.address)
            let error = DataError.download(address: failing.address + "t10k-images-idx3-ubyte.gz", .status(503))
            await #expect(throws: error) { try await first.load(from: nil) { _ in } }
            #expect(cached(first) == ["train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz"])
            let rest = try LoopbackServer { $0.contains("train") ? .status(500) : Self.honest($0) }
            let dataset = try await search(folder, rest.address).load(from: nil) { _ in }
            #expect(dataset.digests == DataFixture.digests)
        }
    }

    @Test func followsRedirects() async throws {
        try await withTemporaryFolder { folder in
            let target = try LoopbackServer(Self.honest)
            let server = try LoopbackServer { [address = target.address] path in
                .redirect(to: address + path.dropFirst())
            }
            let dataset = try await search(folder, server.address).load(from: nil) { _ in }
            #expect(dataset.digests == DataFixture.digests)
        }
    }

    @Test(arguments: [404, 403, 500, 204])
    func refusesStatus(status: Int) async throws {
        try await expect(.status(status), from: .status(status))
    }

    @Test func refusesRedirectLoop() async throws {
        try await expect(.tooManyRedirects, from: .redirect(to: "/again"))
    }

    @Test func refusesOtherContent() async throws {
        let other = DataFixture.images(2, seed: 1)
        try await expect(.otherContent(digest: SHA256.hex(other)), from: .content(DataFixture.gzip(other)))
    }

    @Test func refusesWhatIsNotGzip() async throws {
        try await expect(.damaged(.notGzip), from: .content(Array("<html>sign in</html>".utf8)))
    }

    @Test func refusesSilence() async throws {
        try await expect(.tooSlow, from: .silence(DataFixture.labels(3)), limits: Download.Limits(silence: 0.3))
    }

    @Test func refusesADrip() async throws {
        try await expect(.tooSlow, from: .drip, limits: Download.Limits(duration: 0.5))
    }

    @Test func refusesUnknownLength() async throws {
        try await expect(.unknownLength, from: .unmeasured([UInt8](repeating: 0, count: 1 << 18)))
    }

    @Test func refusesTooMuch() async throws {
        try await expect(.tooLong(limit: 1 << 20), from: .content([UInt8](repeating: 0, count: 1 << 20 + 1)))
    }

    @Test func refusesWhatIsCutOff() async throws {
        try await withTemporaryFolder { folder in
            let server = try LoopbackServer { _ in .cutOff(DataFixture.labels(100)) }
            try await expectBrokenConnection(search(folder, server.address))
        }
    }

    @Test func saysThatNobodyAnswers() async throws {
        try await withTemporaryFolder { folder in
            let port = try LoopbackPort()
            try await expectBrokenConnection(search(folder, port.address))
        }
    }

    /// The reason is the network library's own and differs between systems.
    private func expectBrokenConnection(_ search: DataSearch) async throws {
        let error = await #expect(throws: DataError.self) {
            try await search.load(from: nil) { _ in }
        }
        guard case .download(_, .connection) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(cached(search) == [])
    }

    @Test(arguments: ["ftp://127.0.0.1/", "file:///etc", "no address", "http://"])
    func refusesBadAddress(address: String) async throws {
        try await withTemporaryFolder { folder in
            let search = search(folder, address)
            await #expect(throws: DataError.badAddress(address)) {
                try await search.load(from: nil) { _ in }
            }
        }
    }

    @Test(.timeLimit(.minutes(30))) func waitsForAnotherDownloadAndSaysSo() async throws {
        try await withTemporaryFolder { folder in
            let server = try LoopbackServer(Self.honest)
            let search = search(folder, server.address)
            let lock = try FolderLock(search.cacheFolder, whenHeld: .fail)
            let told = AsyncStream.makeStream(of: DataEvent.self)
            async let dataset = search.load(from: nil) { told.continuation.yield($0) }
            var events = told.stream.makeAsyncIterator()
            guard case .waiting(search.cacheFolder, getpid()) = await events.next() else {
                Issue.record("did not say that it waits")
                return
            }
            // Whole, however soon they are found.
            for (name, content) in DataFixture.contents {
                try Data(content).write(to: search.cacheFolder.appendingPathComponent(name), options: .atomic)
            }
            lock.release()
            #expect(try await dataset.digests == DataFixture.digests)
            told.continuation.finish()
            #expect(await events.next() == nil, "downloaded once more, or said it twice")
        }
    }

    /// Then the file arrives without its compression, and is not called `.gz`.
    @Test func takesCompressionThatIsCalledAnEncoding() async throws {
        try await withTemporaryFolder { folder in
            let server = try LoopbackServer { Self.file($0).map { .encoded($0) } ?? .status(404) }
            let search = search(folder, server.address)
            let dataset = try await search.load(from: nil) { _ in }
            #expect(dataset.digests == DataFixture.digests)
            #expect(cached(search) == Set(DataFiles.names))
        }
    }

    /// Its length is told before it is decoded.
    @Test func refusesTooMuchBehindAnEncoding() async throws {
        let bomb = DataFixture.gzip([UInt8](repeating: 0, count: 1 << 22))
        try await expect(.tooLong(limit: 1 << 20), from: .encoded(bomb))
    }

    @Test(arguments: ["", ".gz"])
    func replacesABrokenFileInTheCache(ending: String) async throws {
        try await withTemporaryFolder { folder in
            let server = try LoopbackServer(Self.honest)
            let search = search(folder, server.address)
            try DataFixture.write(to: search.cacheFolder, compressed: !ending.isEmpty)
            let broken = search.cacheFolder.appendingPathComponent(DataFiles.names[2] + ending)
            try Data("<html>".utf8).write(to: broken)
            nonisolated(unsafe) var told: [String] = []
            let dataset = try await search.load(from: nil) { event in
                switch event {
                case .passedOver(let error): told.append("\(error)")
                case .downloading(let address, _): told.append(address.lastPathComponent)
                case .waiting: Issue.record("waited")
                }
            }
            #expect(dataset.digests == DataFixture.digests)
            #expect(told.count == 2 && told[0].hasPrefix(broken.path) && told[1] == DataFiles.names[2] + ".gz")
            let again = try await search.load(from: nil) { _ in Issue.record("not mended") }
            #expect(again.digests == DataFixture.digests)
        }
    }

    @Test func endsWhenCancelled() async throws {
        try await withTemporaryFolder { folder in
            let server = try LoopbackServer { _ in .silence(DataFixture.labels(3)) }
            let search = search(folder, server.address)
            let begun = AsyncStream.makeStream(of: Void.self)
            let task = Task {
                try await search.load(from: nil) { _ in begun.continuation.yield() }
            }
            var events = begun.stream.makeAsyncIterator()
            await events.next()
            task.cancel()
            await #expect(throws: DataError.cancelled) { try await task.value }
            #expect(cached(search) == [])
        }
    }

    @Test func endsWhenCancelledBeforehand() async throws {
        try await withTemporaryFolder { folder in
            let server = try LoopbackServer(Self.honest)
            let search = search(folder, server.address)
            let task = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                return try await search.load(from: nil) { _ in }
            }
            await #expect(throws: DataError.cancelled) { try await task.value }
            #expect(cached(search) == [])
        }
    }

    @Test func saysThatTheCacheCannotBeWritten() async throws {
        try await withTemporaryFolder { folder in
            let server = try LoopbackServer(Self.honest)
            let search = search(folder, server.address)
            try Data().write(to: folder.appendingPathComponent(".cache"))
            let error = DataError.unwritableCache(path: search.cacheFolder.path, reason: "Not a directory")
            await #expect(throws: error) { try await search.load(from: nil) { _ in } }
        }
    }
}
