import Foundation
import Testing

@testable import Learn

@Suite("Data of any form") struct DataSourceTests {
    /// IDX files of images of 8 x 12 pixels in three classes, by name without `.gz`.
    private static let files: [String: [UInt8]] = [
        "train-images-idx3-ubyte": images(6), "train-labels-idx1-ubyte": labels([0, 1, 2, 2, 1, 0]),
        "t10k-images-idx3-ubyte": images(3), "t10k-labels-idx1-ubyte": labels([2, 1, 0]),
    ]

    private static func images(_ count: Int, _ height: Int = 8, _ width: Int = 12) -> [UInt8] {
        DataFixture.header(IDX.imageMagic, [count, height, width])
            + (0..<count * height * width).map { UInt8(truncatingIfNeeded: $0 &* 5) }
    }

    private static func labels(_ labels: [UInt8]) -> [UInt8] {
        DataFixture.header(IDX.labelMagic, [labels.count]) + labels
    }

    private func load(_ files: [String: [UInt8]]) async throws -> Dataset {
        try await withTemporaryFolder { folder in
            try ImageFixture.write(files, to: folder)
            return try await DataSource.idx(folder).load()
        }
    }

    /// The error that files in place of others are refused with, without the folder's path.
    private func error(_ files: [String: [UInt8]?]) async throws -> String {
        try await withTemporaryFolder { folder in
            try ImageFixture.write(Self.files.replacing(files), to: folder)
            do throws(DataError) {
                _ = try await DataSource.idx(folder).load()
                return ""
            } catch {
                return "\(error)".replacingOccurrences(of: folder.path, with: "/d")
            }
        }
    }

    @Test func readsIDXOfAnySizeAndClasses() async throws {
        let dataset = try await load(Self.files)
        #expect(dataset.train.shape == ImageShape(height: 8, width: 12, channels: 1))
        #expect(dataset.test.shape == dataset.train.shape)
        #expect(dataset.train.pixels == Array(Self.images(6).dropFirst(16)))
        #expect(dataset.test.labels == [2, 1, 0])
        #expect(dataset.classCount == 3)
        #expect(dataset.classNames == nil)
        #expect(dataset.digests == Self.files.mapValues { SHA256.hex($0) })
    }

    /// As most unpackers name them, and as tapes and some copies end.
    @Test func readsOtherNamesAndPaddedGzip() async throws {
        var files: [String: [UInt8]] = [:]
        for (name, content) in Self.files {
            files[name.replacing("-idx", with: ".idx") + ".gz"] =
                DataFixture.gzip(content) + [UInt8](repeating: 0, count: 300)
        }
        #expect(try await load(files).digests == Self.files.mapValues { SHA256.hex($0) })
    }

    @Test func digestsOfOtherFormsAreThoseOfIDX() async throws {
        let dataset = try await load(Self.files)
        #expect(IDX.digests(train: dataset.train, test: dataset.test) == dataset.digests)
    }

    @Test func refusesImagesThatCannotBeTrainedOn() async throws {
        for (height, width) in [(7, 8), (8, 65), (0, 0)] {
            #expect(
                try await error(["t10k-images-idx3-ubyte": Self.images(3, height, width)])
                    == "/d/t10k-images-idx3-ubyte: images of \(height) x \(width) pixels, where 8 x 8 to 64 x 64 can be "
                    + "trained on: scale them")
        }
        #expect(
            try await error(["t10k-images-idx3-ubyte": Self.images(3, 12, 8)])
                == "/d/t10k-images-idx3-ubyte: images of 12x8x1 (height, width, channels), but those for training are of "
                + "8x12x1: bring all to one form")
    }

    @Test func refusesClassesThatCannotBeTrainedOn() async throws {
        let file = "/d/train-labels-idx1-ubyte: "
        #expect(
            try await error(["train-labels-idx1-ubyte": Self.labels([0, 1, 2, 2, 1, 100])])
                == file + "label 100 of sample 5 is not in 0...99: get the file again")
        #expect(
            try await error(["train-labels-idx1-ubyte": Self.labels([0, 1, 4, 2, 1, 4])])
                == file
                + "no sample of class 3, though classes go from 0 to 4: number them without gaps, and give each "
                + "class samples for training and for testing")
        #expect(
            try await error(["t10k-labels-idx1-ubyte": Self.labels([0, 0, 1])])
                == "/d/t10k-labels-idx1-ubyte: no sample of class 2, though classes go from 0 to 2: number them without "
                + "gaps, and give each class samples for training and for testing")
        #expect(
            try await error([
                "train-labels-idx1-ubyte": Self.labels([0, 0, 0, 0, 0, 0]),
                "t10k-labels-idx1-ubyte": Self.labels([0, 0, 0]),
            ]) == file + "1 class, where 2 to 100 can be trained on: join or leave out classes, and number them from 0")
    }

    @Test func refusesWhatIsNotThere() async throws {
        #expect(
            try await error(["t10k-images-idx3-ubyte": nil])
                == "/d: t10k-images-idx3-ubyte is missing, plain and .gz alike: put all four files there")
        #expect(
            await #expect(throws: DataError.self) {
                try await DataSource.idx(URL(filePath: "/nowhere")).load()
            }?.description == "/nowhere: no such folder, though the experiment names it: correct it")
    }

    @Test func isToldByWhatIsThere() async throws {
        try await withTemporaryFolder { folder in
            let images = folder.appending(path: "images")
            try ImageFixture.write(["train/a/x.png": []], to: images)
            let file = folder.appending(path: "a.npz")
            try Data().write(to: file)
            let size = ImageSize(height: 8, width: 8)
            #expect(try DataSource(at: images, scaledTo: size) == .images(images, scaledTo: size))
            #expect(try DataSource(at: file) == .npz(file))
            #expect(try DataSource(at: folder) == .idx(folder))
            let none = folder.appending(path: "none")
            #expect(throws: DataError.missing(path: none.path)) { try DataSource(at: none) }
            #expect("\(DataError.missing(path: "/x"))" == "/x: no such file or folder: correct the path")
        }
    }
}
