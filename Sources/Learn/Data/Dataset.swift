/// One split of a data set: images with their classes.
public struct Split: Sendable {
    /// Levels 0...255, `[count, height, width, channels]`.
    public let pixels: [UInt8]
    /// Classes from zero, one an image.
    public let labels: [UInt8]
    /// The form of each image.
    public let shape: ImageShape
    /// Image edge in pixels.
    public static let edge = 28

    public var count: Int { labels.count }

    /// - Precondition: one image of that shape a label.
    public init(
        pixels: [UInt8], labels: [UInt8],
        shape: ImageShape = ImageShape(height: Split.edge, width: Split.edge, channels: 1)
    ) {
        precondition(pixels.count == labels.count * shape.count)
        self.pixels = pixels
        self.labels = labels
        self.shape = shape
    }

    /// The pixels of one image, row by row.
    public func image(_ index: Int) -> ArraySlice<UInt8> {
        pixels[index * shape.count..<(index + 1) * shape.count]
    }
}

/// A verified data set in the form of Fashion-MNIST.
public struct Dataset: Sendable {
    public static let classCount = 10

    public let train: Split
    public let test: Split
    public let classCount: Int
    /// What the data themselves call their classes, if they do.
    public let classNames: [String]?
    /// SHA-256 (hexadecimal) of each file's decompressed content, by file name without `.gz`; of data in another form,
    /// of the IDX files that would hold them.
    public let digests: [String: String]

    public init(
        train: Split, test: Split, classCount: Int = Dataset.classCount, classNames: [String]? = nil,
        digests: [String: String]
    ) {
        self.train = train
        self.test = test
        self.classCount = classCount
        self.classNames = classNames
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
