/// One split of a data set: images with their classes.
public struct Split: Sendable {
    /// Levels 0...255, `[count, height, width, channels]`.
    public let pixels: [UInt8]
    /// Classes from zero, one an image.
    public let labels: [UInt8]
    /// The form of each image.
    public let shape: ImageShape

    public var count: Int { labels.count }

    /// - Precondition: one image of that shape a label.
    public init(pixels: [UInt8], labels: [UInt8], shape: ImageShape) {
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

/// A verified data set: two splits of images of one form, in the same classes.
public struct Dataset: Sendable {
    public let train: Split
    public let test: Split
    /// Classes, whether there are images of each or not; labels are smaller.
    public let classCount: Int
    /// What the data themselves call their classes, if they do.
    public let classNames: [String]?
    /// SHA-256 (hexadecimal) of each file's decompressed content, by file name without `.gz`; of data in another form,
    /// of the IDX files that would hold them.
    public let digests: [String: String]

    /// - Precondition: the splits' images have one form, and each label is less than `classCount`.
    public init(
        train: Split, test: Split, classCount: Int, classNames: [String]? = nil, digests: [String: String]
    ) {
        precondition(train.shape == test.shape)
        for split in [train, test] { precondition(split.labels.allSatisfy { Int($0) < classCount }) }
        self.train = train
        self.test = test
        self.classCount = classCount
        self.classNames = classNames
        self.digests = digests
    }
}

extension Dataset {
    /// The form of each image.
    public var shape: ImageShape { train.shape }

    /// Positions of the test images that the article shows: the first two of each class, class by class.
    public var shownSamples: [Int] {
        (0..<classCount).flatMap { label in
            test.labels.indices.lazy.filter { Int(test.labels[$0]) == label }.prefix(2)
        }
    }
}
