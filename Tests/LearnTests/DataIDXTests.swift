import Testing

@testable import Learn

@Suite("IDX files") struct DataIDXTests {
    let images = DataFixture.images(3, seed: 7)
    let labels = DataFixture.labels(4)

    @Test func readsImages() throws {
        let read = try IDX.images(images, path: "f")
        #expect(read.pixels == Array(images.dropFirst(16)))
        #expect(read.shape == ImageShape(height: 28, width: 28, channels: 1))
        let small = DataFixture.header(IDX.imageMagic, [1, 8, 64]) + [UInt8](repeating: 7, count: 512)
        #expect(try IDX.images(small, path: "f").shape == ImageShape(height: 8, width: 64, channels: 1))
    }

    @Test func readsLabels() throws {
        #expect(try IDX.labels(labels, path: "f") == [0, 1, 2, 3])
    }

    @Test func refusesWrongMagic() {
        #expect(throws: DataError.wrongMagic(path: "f", found: 0x801, expected: 0x803)) {
            _ = try IDX.images(labels, path: "f")
        }
        #expect(throws: DataError.wrongMagic(path: "f", found: 0x803, expected: 0x801)) {
            try IDX.labels(images, path: "f")
        }
    }

    @Test(arguments: [0, 1, 3, 4, 15])
    func refusesShortImageHeader(count: Int) {
        #expect(throws: DataError.truncated(path: "f", bytes: count, expected: 16)) {
            _ = try IDX.images(Array(images.prefix(count)), path: "f")
        }
    }

    @Test(arguments: [0, 3, 4, 7])
    func refusesShortLabelHeader(count: Int) {
        #expect(throws: DataError.truncated(path: "f", bytes: count, expected: 8)) {
            try IDX.labels(Array(labels.prefix(count)), path: "f")
        }
    }

    @Test(arguments: [16, 17, 16 + 3 * 784 - 1])
    func refusesMissingPixels(count: Int) {
        #expect(throws: DataError.truncated(path: "f", bytes: count, expected: 16 + 3 * 784)) {
            _ = try IDX.images(Array(images.prefix(count)), path: "f")
        }
    }

    @Test func refusesTrailingBytes() {
        #expect(throws: DataError.trailingBytes(path: "f", count: 1)) {
            _ = try IDX.images(images + [0], path: "f")
        }
        #expect(throws: DataError.trailingBytes(path: "f", count: 5)) {
            try IDX.labels(labels + [0, 0, 0, 0, 0], path: "f")
        }
    }

    @Test(arguments: [(7, 28), (28, 65), (0, 0), (Int(UInt32.max), Int(UInt32.max))])
    func refusesOtherImageSize(height: Int, width: Int) {
        let size = ImageSize(height: height, width: width)
        #expect(throws: DataError.form(path: "f", .imageSize(size))) {
            _ = try IDX.images(DataFixture.header(IDX.imageMagic, [3, height, width]), path: "f")
        }
    }

    @Test func refusesMoreImagesThanThereCanBe() {
        let count = Int(UInt32.max)
        #expect(throws: DataError.truncated(path: "f", bytes: 16, expected: 16 + count * 784)) {
            _ = try IDX.images(DataFixture.header(IDX.imageMagic, [count, 28, 28]), path: "f")
        }
    }

    @Test func refusesNoSamples() {
        #expect(throws: DataError.empty(path: "f")) {
            _ = try IDX.images(DataFixture.header(IDX.imageMagic, [0, 28, 28]), path: "f")
        }
        #expect(throws: DataError.empty(path: "f")) {
            try IDX.labels(DataFixture.header(IDX.labelMagic, [0]), path: "f")
        }
    }

    @Test(arguments: [UInt8(100), 255])
    func refusesLabelOutOfRange(label: UInt8) {
        var labels = labels
        labels[8 + 2] = label
        #expect(throws: DataError.labelOutOfRange(path: "f", position: 2, label: Int(label))) {
            try IDX.labels(labels, path: "f")
        }
    }
}
