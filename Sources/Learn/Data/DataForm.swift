/// What images and labels can be trained on.
public enum DataForm {
    /// Rows or columns of an image.
    public static let edges = 8...64
    /// Grey, or red, green and blue.
    public static let channels = [1, 3]
    public static let classes = 2...100
    /// The longest array of pixels that is read, in bytes: 87,381 images of 64 x 64 pixels in three colours.
    static let longestArray = 1 << 30

    /// - Parameter path: what errors call the place of the images.
    static func check(_ size: ImageSize, path: String) throws(DataError) {
        guard edges.contains(size.height), edges.contains(size.width) else {
            throw .form(path: path, .imageSize(size))
        }
    }

    static func check(_ shape: ImageShape, path: String) throws(DataError) {
        guard channels.contains(shape.channels) else { throw .form(path: path, .channels(shape.channels)) }
        try check(shape.size, path: path)
    }

    /// The number of classes, if both splits have samples of each: else nothing could be said of it.
    ///
    /// - Parameters:
    ///   - train: with what errors call the place of its labels; and so `test`.
    static func classCount(
        train: (labels: [UInt8], path: String), test: (labels: [UInt8], path: String)
    ) throws(DataError) -> Int {
        let count = 1 + Int(max(train.labels.max() ?? 0, test.labels.max() ?? 0))
        guard classes.contains(count) else { throw .form(path: train.path, .classCount(count)) }
        for split in [train, test] {
            let present = Set(split.labels)
            if let missing = (0..<count).first(where: { !present.contains(UInt8($0)) }) {
                throw .form(path: split.path, .missingClass(missing, of: count))
            }
        }
        return count
    }
}

extension DataError {
    /// What images and labels have that no network here can be trained on.
    public enum FormFault: Equatable, Sendable {
        case imageSize(ImageSize)
        case channels(Int)
        case classCount(Int)
        /// A split has no samples of one of its classes.
        case missingClass(Int, of: Int)
        /// The test images are of another shape than the training images.
        case otherShape(ImageShape, than: ImageShape)
        /// More pixels than are read.
        case tooManyPixels(bytes: Int, limit: Int)
    }
}

extension DataError.FormFault: CustomStringConvertible {
    public var description: String {
        let edges = DataForm.edges
        let most = ImageSize(height: edges.upperBound, width: edges.upperBound)
        let least = ImageSize(height: edges.lowerBound, width: edges.lowerBound)
        let classes = "\(DataForm.classes.lowerBound) to \(DataForm.classes.upperBound)"
        return switch self {
        case .imageSize(let size):
            "images of \(size) pixels, where \(least) to \(most) can be trained on: scale them"
        case .channels(let count):
            "\(count.counted("channel")), where 1 (grey) or 3 (red, green, blue) can be trained on: convert the images"
        case .classCount(let count):
            "\(count) \(count == 1 ? "class" : "classes"), where \(classes) can be trained on: "
                + "join or leave out classes, and number them from 0"
        case .missingClass(let missing, let count):
            "no sample of class \(missing), though classes go from 0 to \(count - 1): number them without gaps, "
                + "and give each class samples for training and for testing"
        case .otherShape(let found, let expected):
            "images of \(found) (height, width, channels), but those for training are of \(expected): "
                + "bring all to one form"
        case .tooManyPixels(let bytes, let limit):
            "\(bytes) bytes of pixels, where \(limit) are read at most: use fewer or smaller images"
        }
    }
}
