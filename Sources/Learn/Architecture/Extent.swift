/// Rows and columns of a kernel, a window or a stride: `3`, or `3x5` where they differ.
public struct Extent: Sendable, Hashable {
    public let height, width: Int

    public init(_ height: Int, _ width: Int) {
        self.height = height
        self.width = width
    }

    var isSquare: Bool { height == width }

    /// Always with both numbers: `3x3`.
    public var both: String { "\(height)x\(width)" }
}

extension Extent: ExpressibleByIntegerLiteral {
    public init(integerLiteral edge: Int) { self.init(edge, edge) }
}

extension Extent: CustomStringConvertible {
    public var description: String { isSquare ? "\(height)" : both }

    /// Reads `3` or `3x5`; nil if the text is neither.
    init?(parsing text: Substring) {
        let numbers = text.split(separator: "x", omittingEmptySubsequences: false).map(Int.init(digits:))
        switch numbers.count {
        case 1: self.init(numbers[0], numbers[0])
        case 2: self.init(numbers[0], numbers[1])
        default: return nil
        }
    }

    private init?(_ height: Int?, _ width: Int?) {
        guard let height, let width else { return nil }
        self.init(height, width)
    }
}

/// The form of an image: rows, columns, and one channel (grey) or three (red, green, blue).
public struct ImageShape: Sendable, Hashable, CustomStringConvertible {
    public let height, width, channels: Int

    public init(height: Int, width: Int, channels: Int) {
        self.height = height
        self.width = width
        self.channels = channels
    }

    /// Bytes of an image, one a pixel and channel.
    public var count: Int { height * width * channels }

    /// `[height, width, channels]`
    public var extents: [Int] { [height, width, channels] }

    /// As in a canonical text: `28x28x1`.
    public var description: String { "\(height)x\(width)x\(channels)" }
}

/// What a convolution does at the border.
public enum Padding: Sendable, Hashable {
    /// Pads with zeros so that a stride of 1 keeps the map's size. Where their number is odd, the extra row lies below
    /// and the extra column to the right, as in Keras.
    case same
    /// Shrinks the map.
    case valid
    /// Pads with these zeros, as PyTorch does.
    case zeros(Border)
}

/// Zeros around a map.
public struct Border: Sendable, Hashable {
    public let top, left, bottom, right: Int

    public static let none = Border(top: 0, left: 0, bottom: 0, right: 0)

    public init(top: Int, left: Int, bottom: Int, right: Int) {
        self.top = top
        self.left = left
        self.bottom = bottom
        self.right = right
    }

    /// Rows above and below, columns to the left and to the right.
    package var sides: [Int] { [top, left, bottom, right] }

    /// What `same` padding adds: as much as makes each stride of the map a window's start.
    package init(same kernel: Extent, stride: Extent, height: Int, width: Int) {
        func missing(_ map: Int, _ kernel: Int, _ stride: Int) -> Int {
            max(0, ((map + stride - 1) / stride - 1) * stride + kernel - map)
        }
        let (rows, columns) = (
            missing(height, kernel.height, stride.height), missing(width, kernel.width, stride.width)
        )
        self.init(top: rows / 2, left: columns / 2, bottom: rows - rows / 2, right: columns - columns / 2)
    }
}

extension Int {
    /// Reads decimal digits, nothing else: no sign, no space; nil also for a number that does not fit.
    init?(digits text: Substring) {
        guard !text.isEmpty, text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
            return nil
        }
        self.init(text)
    }
}
