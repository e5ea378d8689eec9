/// A recorded picture: shapes, lines of text and rasters in the order in which they lie on each other.
///
/// Nothing in it depends on an output format; ``svg()`` and ``png(scale:)`` play it back.
public struct Drawing: Sendable, Equatable {
    /// Unique on a page; ids inside the SVG start with it.
    public var id: String
    /// Short name, in the language of the labels.
    public var title: String
    /// What the picture shows, in the language of the labels.
    public var description: String
    /// BCP 47 tag of the labels' language.
    public var language: String
    /// Width and height in pixels.
    public var size: Size
    public private(set) var elements: [Element] = []

    public init(id: String, title: String, description: String, language: String, size: Size) {
        self.id = id
        self.title = title
        self.description = description
        self.language = language
        self.size = size
    }

    public enum Element: Sendable, Equatable {
        case shape(Shape, fill: Color?, stroke: Stroke?)
        case text(TextLine)
        case raster(Raster, in: Rect)
    }

    public mutating func fill(_ shape: Shape, _ color: Color) {
        elements.append(.shape(shape, fill: color, stroke: nil))
    }

    public mutating func stroke(_ shape: Shape, _ stroke: Stroke) {
        elements.append(.shape(shape, fill: nil, stroke: stroke))
    }

    public mutating func add(_ element: Element) { elements.append(element) }

    /// The lines of text, bottom first.
    public var texts: [TextLine] {
        elements.compactMap { if case .text(let line) = $0 { line } else { nil } }
    }

    /// What the installed typeface has no letters for, so that boxes stand in their place.
    ///
    /// - Throws: ``RenderError/missingFont(families:)``.
    public func missingLetters() throws -> Set<Unicode.Scalar> {
        let typeface = try Typeface.installed()
        return texts.reduce(into: []) { $0.formUnion(typeface.missing(in: $1.text)) }
    }
}

/// An outline to fill or to stroke.
public enum Shape: Sendable, Equatable {
    case rectangle(Rect, radius: Double = 0)
    case circle(center: Point, radius: Double)
    /// Separate strokes in one element.
    case lines([[Point]])
    case polygon([Point])

    public static func line(_ start: Point, _ end: Point) -> Shape { .lines([[start, end]]) }
}

public struct Stroke: Sendable, Equatable {
    public var color: Color
    /// In pixels.
    public var width: Double
    /// Lengths of dashes and gaps in pixels; empty for an unbroken line.
    public var dash: [Double]

    public init(_ color: Color, width: Double, dash: [Double] = []) {
        self.color = color
        self.width = width
        self.dash = dash
    }
}

/// An image of whole pixels, drawn without smoothing.
public struct Raster: Sendable, Hashable {
    public let width: Int
    public let height: Int
    /// `0xRRGGBB`, row by row, `[height, width]`.
    public var pixels: [UInt32]

    public init(width: Int, height: Int, filledWith color: Color) {
        self.width = width
        self.height = height
        pixels = [UInt32](repeating: color.rgb, count: width * height)
    }
}

extension Raster {
    /// All pixels at one stroke: one by one they take ten times as long.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(width)
        pixels.withUnsafeBytes { hasher.combine(bytes: $0) }
    }
}
