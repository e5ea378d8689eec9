import CTurboJPEG
import Foundation
import Testing

@testable import Learn

@Suite("Folders of images") struct ImageFolderTests {
    /// Two classes, two training images and a test image each.
    private static let files: [String: [UInt8]] = [
        "train/b/1.png": ImageFixture.greyPNG(1), "train/b/2.PNG": ImageFixture.greyPNG(2),
        "train/a/9.png": ImageFixture.greyPNG(3), "train/a/10.png": ImageFixture.greyPNG(4),
        "test/a/x.png": ImageFixture.greyPNG(5), "test/b/x.png": ImageFixture.greyPNG(6),
    ]

    private func load(
        _ files: [String: [UInt8]?] = [:], to size: ImageSize? = nil, channels: Int? = nil,
        check: (Dataset) throws -> Void
    ) async throws {
        try await withTemporaryFolder { folder in
            try ImageFixture.write(Self.files.replacing(files), to: folder)
            try check(await DataSource.images(folder, scaledTo: size, channels: channels).load())
        }
    }

    /// The error that a folder with these files in place of others is refused with, without the folder's path.
    private func error(
        _ files: [String: [UInt8]?], to size: ImageSize? = nil, channels: Int? = nil,
        _ prepare: @escaping (URL) throws -> Void = { _ in }
    ) async throws -> String {
        try await withTemporaryFolder { folder in
            try ImageFixture.write(Self.files.replacing(files), to: folder)
            try prepare(folder)
            do throws(DataError) {
                _ = try await DataSource.images(folder, scaledTo: size, channels: channels).load()
                return ""
            } catch {
                return "\(error)".replacingOccurrences(of: folder.path, with: "/d")
            }
        }
    }

    @Test func givesClassesAndImagesInTheOrderOfTheirNames() async throws {
        try await load { dataset in
            #expect(dataset.classNames == ["a", "b"])
            #expect(dataset.classCount == 2)
            #expect(dataset.train.shape == ImageShape(height: 8, width: 8, channels: 1))
            #expect(dataset.train.labels == [0, 0, 1, 1])
            #expect(dataset.test.labels == [0, 1])
            #expect(dataset.train.pixels == [4, 3, 1, 2].flatMap { ImageFixture.greyRows($0).joined() })
            #expect(dataset.test.pixels == [5, 6].flatMap { ImageFixture.greyRows($0).joined() })
        }
    }

    @Test func passesOverHiddenAndOtherFiles() async throws {
        let files: [String: [UInt8]?] = [
            "train/.hidden/x.png": [1], "train/a/._9.png": [1], "train/a/notes.txt": [1], "train/README": [1],
            "test/a/Thumbs.db": [1],
        ]
        try await load(files) { #expect($0.train.count == 4 && $0.classCount == 2) }
    }

    /// Data are known by what they are, not by what they came in.
    @Test func hasTheDigestsOfTheSameDataInIDX() async throws {
        try await load { images in
            let digests = [
                "train-images-idx3-ubyte": DataFixture.header(IDX.imageMagic, [4, 8, 8]) + images.train.pixels,
                "train-labels-idx1-ubyte": DataFixture.header(IDX.labelMagic, [4]) + [0, 0, 1, 1],
                "t10k-images-idx3-ubyte": DataFixture.header(IDX.imageMagic, [2, 8, 8]) + images.test.pixels,
                "t10k-labels-idx1-ubyte": DataFixture.header(IDX.labelMagic, [2]) + [0, 1],
            ]
            #expect(images.digests == digests.mapValues { SHA256.hex($0) })
        }
    }

    @Test func isInColoursIfAnImageIs() async throws {
        try await load(["test/b/x.png": ImageFixture.colorPNG(6)]) { dataset in
            #expect(dataset.train.shape.channels == 3)
            #expect(dataset.train.image(0).prefix(6) == [148, 148, 148, 153, 153, 153])
            #expect(Array(dataset.test.image(1)) == Array(ImageFixture.greyRows(6, width: 24).joined()))
        }
        try await load(["test/b/x.png": ImageFixture.colorPNG(6)], channels: 1) { dataset in
            #expect(dataset.train.shape.channels == 1)
            #expect(Array(dataset.train.image(0)) == Array(ImageFixture.greyRows(4).joined()))
            // Of 222, 227 and 232: 0.299 * 222 + 0.587 * 227 + 0.114 * 232.
            #expect(dataset.test.image(1).first == 226)
        }
        try await load(channels: 3) { #expect($0.test.shape.channels == 3) }
    }

    @Test func scalesToTheSizeAskedFor() async throws {
        let size = ImageSize(height: 10, width: 12)
        let jpeg = ImageFixture.jpeg([UInt8](repeating: 77, count: 100 * 90), height: 100, width: 90, TJPF_GRAY)
        try await load(["train/a/wide.jpeg": jpeg], to: size) { dataset in
            #expect(dataset.train.shape == ImageShape(height: 10, width: 12, channels: 1))
            #expect(dataset.train.count == 5)
            #expect(Set(dataset.train.image(2)) == [77])
        }
    }

    @Test func refusesWhatIsNotTwoSplitsOfTheSameClasses() async throws {
        #expect(
            try await error([:]) { try FileManager.default.removeItem(at: $0.appending(path: "test")) }
                == "/d: no folder test in it: make test/CLASS/ with the images of each class")
        #expect(
            try await error([:]) { folder in
                for name in ["a", "b"] {
                    try FileManager.default.removeItem(at: folder.appending(path: "train/\(name)"))
                }
            } == "/d/train: no folder in it: make a folder for each class there, with its images")
        #expect(
            try await error(["test/b/x.png": nil, "test/b/x.gif": [1]])
                == "/d/test/b: no .png, .jpg or .jpeg file in it: put the class's images there, or remove the folder")
        #expect(
            try await error(["train/c/x.png": ImageFixture.greyPNG(1)])
                == "/d/train/c: test has no class c: make test/c/ with images, or remove this folder")
        #expect(
            try await error(["test/c/x.png": ImageFixture.greyPNG(1)])
                == "/d/test/c: train has no class c: make train/c/ with images, or remove this folder")
    }

    @Test func refusesTooFewAndTooManyClasses() async throws {
        #expect(
            try await error([:]) { folder in
                for split in ImageFolder.splits {
                    try FileManager.default.removeItem(at: folder.appending(path: "\(split)/b"))
                }
            } == "/d: 1 class, where 2 to 100 can be trained on: join or leave out classes, and number them from 0")
        var files: [String: [UInt8]?] = [:]
        for number in 0..<99 {
            for split in ImageFolder.splits { files["\(split)/c\(number)/x.png"] = [1] }
        }
        #expect(try await error(files).hasPrefix("/d: 101 classes, where 2 to 100 can be trained on"))
    }

    @Test func refusesSizesThatDifferOrCannotBe() async throws {
        #expect(
            try await error(["test/a/x.png": ImageFixture.greyPNG(1, height: 9)])
                == "/d/test/a/x.png: 9 x 8 pixels, where the first image has 8 x 8: name a size that all are scaled to")
        #expect(
            try await error(["train/a/10.png": ImageFixture.greyPNG(1, height: 8, width: 65)])
                == "/d/train/a/10.png: images of 8 x 65 pixels, where 8 x 8 to 64 x 64 can be trained on: scale them")
        #expect(
            try await error([:], to: ImageSize(height: 7, width: 28))
                == "/d: images of 7 x 28 pixels, where 8 x 8 to 64 x 64 can be trained on: scale them")
        #expect(
            try await error([:], channels: 2)
                == "/d: 2 channels, where 1 (grey) or 3 (red, green, blue) can be trained on: convert the images")
    }

    @Test func namesTheImageAtFault() async throws {
        #expect(
            try await error(["train/b/2.PNG": [1, 2, 3]])
                == "/d/train/b/2.PNG: begins neither as PNG nor as JPEG: convert or remove it")
        #expect(
            try await error(["train/b/2.PNG": Array(ImageFixture.greyPNG(1).prefix(60))])
                == "/d/train/b/2.PNG: damaged image (read beyond end of data): get the file again or remove it")
        #expect(
            try await error(["test/a/x.png": ImageFixture.png(width: 1, rows: [[1, 2, 3, 0]], .alpha)])
                == "/d/test/a/x.png: transparent at row 0, column 0: put the image on a background")
        let print = ImageFixture.jpeg([UInt8](repeating: 90, count: 256), height: 8, width: 8, TJPF_CMYK)
        #expect(
            try await error(["train/a/9.png": print])
                == "/d/train/a/9.png: in colours for printing (CMYK): convert it to RGB")
        let claim = ImageFixture.png(width: 8, rows: [[0]], .grey, claiming: (height: 9000, width: 8000))
        #expect(
            try await error(["train/a/9.png": claim])
                == "/d/train/a/9.png: an image of 9000 x 8000 pixels, more than 33554432: scale it down")
        #expect(
            try await error(["train/a/9.png": nil]) {
                try FileManager.default.createDirectory(
                    at: $0.appending(path: "train/a/9.png"), withIntermediateDirectories: false)
            } == "/d/train/a/9.png: cannot be read (Not a regular file): make it readable or name another")
        #expect(
            try await error([:]) {
                // Takes no room on the disk, since nothing but its length is written.
                try #require(truncate($0.appending(path: "train/a/9.png").path, ImageReading.longestFile + 1) == 0)
            } == "/d/train/a/9.png: longer than 67108864 bytes, too long for a data file: get the file again")
    }
}
