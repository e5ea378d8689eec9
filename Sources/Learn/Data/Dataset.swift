/// One split of the data set: grey images with their classes.
public struct Split: Sendable {
    /// Grey levels 0...255, `[count, 28, 28]`.
    public let pixels: [UInt8]
    /// Classes 0...9, one an image.
    public let labels: [UInt8]
    /// Image edge in pixels.
    public static let edge = 28

    public var count: Int { labels.count }

    /// - Precondition: one 28 x 28 image a label.
    public init(pixels: [UInt8], labels: [UInt8]) {
        precondition(pixels.count == labels.count * Split.edge * Split.edge)
        self.pixels = pixels
        self.labels = labels
    }

    /// The pixels of one image, `[28, 28]`.
    public func image(_ index: Int) -> ArraySlice<UInt8> {
        let size = Split.edge * Split.edge
        return pixels[index * size..<(index + 1) * size]
    }
}

/// A verified data set in the form of Fashion-MNIST.
public struct Dataset: Sendable {
    public static let classCount = 10

    public let train: Split
    public let test: Split
    /// SHA-256 (hexadecimal) of each file's decompressed content, by file name without `.gz`.
    public let digests: [String: String]

    public init(train: Split, test: Split, digests: [String: String]) {
        self.train = train
        self.test = test
        self.digests = digests
    }
}

extension Dataset {
    /// Positions of the test images that the article shows: the first two of each class, class by class.
    public var shownSamples: [Int] {
        (0..<Dataset.classCount).flatMap { label in
            test.labels.indices.lazy.filter { Int(test.labels[$0]) == label }.prefix(2)
        }
    }
}
