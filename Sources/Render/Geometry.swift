/// A position in a drawing, in pixels from its top left corner; y grows downwards.
public struct Point: Sendable, Equatable {
    public var x: Double
    public var y: Double

    public init(_ x: Double, _ y: Double) {
        self.x = x
        self.y = y
    }

    /// Whether it is anywhere: on a logarithmic scale, zero is not.
    var isPlace: Bool { x.isFinite && y.isFinite }
}

/// Width and height in pixels.
public struct Size: Sendable, Equatable {
    public var width: Double
    public var height: Double

    public init(_ width: Double, _ height: Double) {
        self.width = width
        self.height = height
    }

    public static let zero = Size(0, 0)
}

/// An upright rectangle in pixels.
public struct Rect: Sendable, Equatable {
    public var x: Double
    public var y: Double
    public var width: Double
    public var height: Double

    public init(_ x: Double, _ y: Double, _ width: Double, _ height: Double) {
        self.x = x
        self.y = y
        self.width = width
        self.height = height
    }

    public init(origin: Point, size: Size) { self.init(origin.x, origin.y, size.width, size.height) }

    public var maxX: Double { x + width }
    public var maxY: Double { y + height }
    public var midX: Double { x + width / 2 }
    public var midY: Double { y + height / 2 }
    public var size: Size { Size(width, height) }

    /// The rectangle without a margin at each edge.
    public func inset(top: Double = 0, right: Double = 0, bottom: Double = 0, left: Double = 0) -> Rect {
        Rect(x + left, y + top, width - left - right, height - top - bottom)
    }

    public func inset(by margin: Double) -> Rect {
        inset(top: margin, right: margin, bottom: margin, left: margin)
    }

    /// Whether `other` lies inside, edges included, up to `tolerance` pixels.
    public func contains(_ other: Rect, tolerance: Double = 0) -> Bool {
        other.x >= x - tolerance && other.maxX <= maxX + tolerance
            && other.y >= y - tolerance && other.maxY <= maxY + tolerance
    }
}
