import Foundation
import Testing

@testable import Learn

@Suite("Data files") struct DataFilesTests {
    /// A search that sees nothing but what lies below `folder`, and no network.
    private func search(_ folder: URL, _ environment: [String: String] = [:]) -> DataSearch {
        let base = ["HOME": folder.path, "FASHION_MNIST_URL": "file:///nowhere"]
        var search = DataSearch(environment: base.merging(environment) { $1 })
        search.systemFolder = folder.appendingPathComponent("usr")
        search.digests = DataFixture.digests
        return search
    }

    private func load(_ search: DataSearch, from folder: URL? = nil) async throws -> Dataset {
        try await search.load(from: folder) { _ in }
    }

    @Test(arguments: [true, false])
    func readsANamedFolder(compressed: Bool) async throws {
        try await withTemporaryFolder { folder in
            try DataFixture.write(to: folder, compressed: compressed)
            let dataset = try await load(search(folder), from: folder)
            #expect(dataset.train.count == DataFixture.trainCount)
            #expect(dataset.test.count == DataFixture.testCount)
            #expect(dataset.train.pixels == Array(DataFixture.images(DataFixture.trainCount, seed: 3).dropFirst(16)))
            #expect(dataset.test.labels == [0, 1, 2, 3, 4])
            #expect(dataset.digests == DataFixture.digests)
        }
    }

    @Test(arguments: [true, false])
    func readsNamesWithADot(compressed: Bool) async throws {
        try await withTemporaryFolder { folder in
            try DataFixture.write(to: folder, compressed: compressed)
            for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
                try FileManager.default.moveItem(
                    at: folder.appendingPathComponent(name),
                    to: folder.appendingPathComponent(name.replacing("-idx", with: ".idx")))
            }
            #expect(FileManager.default.fileExists(atPath: folder.path + "/train-images.idx3-ubyte") != compressed)
            #expect(try await load(search(folder), from: folder).digests == DataFixture.digests)
        }
    }

    /// As a browser leaves them that undid a server's encoding, or a script that added the ending to all it fetched.
    @Test(arguments: [true, false])
    func believesTheContentRatherThanTheName(compressed: Bool) async throws {
        try await withTemporaryFolder { folder in
            try DataFixture.write(to: folder, compressed: compressed)
            for name in DataFiles.names {
                try FileManager.default.moveItem(
                    at: folder.appendingPathComponent(compressed ? name + ".gz" : name),
                    to: folder.appendingPathComponent(compressed ? name : name + ".gz"))
            }
            #expect(try await load(search(folder), from: folder).digests == DataFixture.digests)
        }
    }

    /// Some archives come apart into a folder a file.
    @Test func aFolderDoesNotHideTheFile() async throws {
        try await withTemporaryFolder { folder in
            try DataFixture.write(to: folder)
            for name in DataFiles.names {
                try FileManager.default.createDirectory(
                    at: folder.appendingPathComponent(name), withIntermediateDirectories: false)
            }
            #expect(try await load(search(folder), from: folder).digests == DataFixture.digests)
        }
    }

    @Test func aBrokenFileIsToldAndTheNextPlaceTaken() async throws {
        try await withTemporaryFolder { folder in
            let places = [
                folder.appendingPathComponent("usr"), folder.appendingPathComponent(".keras/datasets/fashion-mnist"),
            ]
            for place in places { try DataFixture.write(to: place) }
            let broken = places[0].appendingPathComponent("t10k-images-idx3-ubyte.gz")
            try Data(DataFixture.gzip(DataFixture.contents["t10k-images-idx3-ubyte"]!).dropLast()).write(to: broken)
            nonisolated(unsafe) var told: [DataError] = []
            let dataset = try await search(folder).load(from: nil) { event in
                if case .passedOver(let error) = event { told.append(error) } else { Issue.record("\(event)") }
            }
            #expect(dataset.digests == DataFixture.digests)
            #expect(told == [.gzip(path: broken.path, .truncated)])
            // A folder that somebody named is not passed over.
            await #expect(throws: DataError.gzip(path: broken.path, .truncated)) {
                try await load(search(folder), from: places[0])
            }
        }
    }

    /// Each place holds files that are not the known ones, and so is named when it is looked at.
    @Test func searchesInOrder() async throws {
        try await withTemporaryFolder { folder in
            let name = "t10k-labels-idx1-ubyte"
            let usual = ["usr", ".keras/datasets/fashion-mnist", "cache/fashion-mnist-visualized"]
            let content = Array(DataFixture.labels(5).dropLast()) + [9]
            func error(_ place: String) -> DataError {
                .otherData(
                    path: folder.appendingPathComponent(place).appendingPathComponent(name).path,
                    digest: SHA256.hex(content), expected: DataFixture.digests[name]!)
            }
            for place in usual + ["env", "named"] {
                try DataFixture.write(
                    to: folder.appendingPathComponent(place), compressed: false, replacing: [name: content])
            }
            let environment = ["XDG_CACHE_HOME": folder.appendingPathComponent("cache").path]
            let named = environment.merging(["FASHION_MNIST_DIR": folder.appendingPathComponent("env").path]) { $1 }
            await #expect(throws: error("named")) {
                try await load(search(folder, named), from: folder.appendingPathComponent("named"))
            }
            await #expect(throws: error("env")) { try await load(search(folder, named)) }
            func passedOver() async throws -> [DataError] {
                nonisolated(unsafe) var errors: [DataError] = []
                _ = try await search(folder, environment).load(from: nil) { event in
                    if case .passedOver(let error) = event { errors.append(error) }
                }
                return errors
            }
            for (place, others) in zip(usual, 0...).reversed() {
                try DataFixture.write(to: folder.appendingPathComponent(place), compressed: false)
                #expect(try await passedOver() == usual.prefix(others).map(error))
            }
            // One that lacks a file is none of them.
            try FileManager.default.removeItem(at: folder.appendingPathComponent("usr").appendingPathComponent(name))
            #expect(try await passedOver() == [])
        }
    }

    @Test func cacheFolderFollowsXDG() {
        let home = ["HOME": "/h"]
        let name = "fashion-mnist-visualized"
        func cache(_ environment: [String: String]) -> String {
            DataSearch(environment: home.merging(environment) { $1 }).cacheFolder.path
        }
        #expect(cache([:]) == "/h/.cache/\(name)")
        #expect(cache(["XDG_CACHE_HOME": "/x"]) == "/x/\(name)")
        #expect(cache(["XDG_CACHE_HOME": "relative"]) == "/h/.cache/\(name)")
        #expect(cache(["XDG_CACHE_HOME": ""]) == "/h/.cache/\(name)")
    }

    @Test func aNamedFolderMustBeThere() async throws {
        try await withTemporaryFolder { folder in
            try DataFixture.write(to: folder.appendingPathComponent("usr"))
            let none = folder.appendingPathComponent("none")
            await #expect(throws: DataError.missingFolder(folder: none.path, source: .option)) {
                try await load(search(folder), from: none)
            }
            await #expect(throws: DataError.missingFolder(folder: none.path, source: .environment)) {
                try await load(search(folder, ["FASHION_MNIST_DIR": none.path]))
            }
        }
    }

    @Test(arguments: DataFiles.names)
    func aNamedFolderMustHoldAllFiles(name: String) async throws {
        try await withTemporaryFolder { folder in
            try DataFixture.write(to: folder.appendingPathComponent("usr"))
            let partial = folder.appendingPathComponent("partial")
            try DataFixture.write(to: partial, replacing: [name: nil])
            await #expect(throws: DataError.missingFile(name: name, folder: partial.path, source: .option)) {
                try await load(search(folder), from: partial)
            }
            await #expect(throws: DataError.missingFile(name: name, folder: partial.path, source: .environment)) {
                try await load(search(folder, ["FASHION_MNIST_DIR": partial.path]))
            }
        }
    }

    @Test(arguments: DataFiles.names)
    func refusesOtherData(name: String) async throws {
        try await withTemporaryFolder { folder in
            var content = DataFixture.contents[name]!
            content[content.count - 1] ^= 1
            try DataFixture.write(to: folder, compressed: false, replacing: [name: content])
            var search = search(folder)
            let path = folder.appendingPathComponent(name).path
            let wrong = DataError.otherData(
                path: path, digest: SHA256.hex(content), expected: DataFixture.digests[name]!)
            await #expect(throws: wrong) { try await load(search, from: folder) }
            search.digests = FashionMNIST.digests
            await #expect(throws: DataError.self) { try await load(search, from: folder) }
        }
    }

    @Test func refusesCountsThatDiffer() async throws {
        try await withTemporaryFolder { folder in
            try DataFixture.write(
                to: folder, compressed: false, replacing: ["t10k-labels-idx1-ubyte": DataFixture.labels(4)])
            let mismatch = DataError.countMismatch(
                imagesPath: folder.appendingPathComponent("t10k-images-idx3-ubyte").path, images: 5,
                labelsPath: folder.appendingPathComponent("t10k-labels-idx1-ubyte").path, labels: 4)
            await #expect(throws: mismatch) { try await load(search(folder), from: folder) }
        }
    }

    @Test func namesTheMalformedFile() async throws {
        try await withTemporaryFolder { folder in
            try DataFixture.write(to: folder)
            let url = folder.appendingPathComponent("train-labels-idx1-ubyte.gz")
            try Data("<html>".utf8).write(to: url)
            await #expect(throws: DataError.gzip(path: url.path, .notGzip)) {
                try await load(search(folder), from: folder)
            }
            try Data(DataFixture.gzip(DataFixture.contents["train-images-idx3-ubyte"]!)).write(to: url)
            await #expect(throws: DataError.wrongMagic(path: url.path, found: 0x803, expected: 0x801)) {
                try await load(search(folder), from: folder)
            }
        }
    }

    @Test func refusesEndlessFiles() async throws {
        try await withTemporaryFolder { folder in
            try DataFixture.write(to: folder, compressed: false)
            let url = folder.appendingPathComponent("train-images-idx3-ubyte")
            // Takes no room on the disk, since nothing but its length is written.
            try #require(truncate(url.path, DataFiles.longestFile + 1) == 0)
            await #expect(throws: DataError.tooLong(path: url.path, limit: DataFiles.longestFile)) {
                try await load(search(folder), from: folder)
            }
        }
    }

    @Test func refusesWhatIsNoFile() async throws {
        try await withTemporaryFolder { folder in
            try DataFixture.write(to: folder, compressed: false)
            let url = folder.appendingPathComponent("train-images-idx3-ubyte")
            let error = DataError.unreadable(path: url.path, reason: "Not a regular file")
            try FileManager.default.removeItem(at: url)
            try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false)
            await #expect(throws: error) { try await load(search(folder), from: folder) }
            try FileManager.default.removeItem(at: url)
            try #require(mkfifo(url.path, 0o600) == 0)
            await #expect(throws: error) { try await load(search(folder), from: folder) }
        }
    }

    @Test func namesTheUnreadableFile() async throws {
        try await withTemporaryFolder { folder in
            try DataFixture.write(to: folder, compressed: false)
            let url = folder.appendingPathComponent("train-images-idx3-ubyte")
            let files = DataFiles(in: folder)
            try FileManager.default.removeItem(at: url)
            #expect(throws: DataError.unreadable(path: url.path, reason: "No such file or directory")) {
                try files.readAnyForm()
            }
        }
    }

    static let debianFolder = URL(fileURLWithPath: "/usr/share/datasets/fashion-mnist")

    @Test(.enabled(if: DataFiles(in: debianFolder).missing.isEmpty))
    func debianFilesAreFashionMNIST() async throws {
        let dataset = try await FashionMNIST.load(from: Self.debianFolder)
        #expect(dataset.train.count == 60_000)
        #expect(dataset.test.count == 10_000)
        #expect(dataset.digests == FashionMNIST.digests)
        for label in 0..<10 { #expect(dataset.train.labels.count { $0 == label } == 6000) }
    }
}
