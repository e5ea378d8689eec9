import Foundation

/// One line of text at its place.
public struct TextLine: Sendable, Equatable {
    public enum Alignment: String, Sendable {
        case start, middle, end
    }

    public var text: String
    /// Where the baseline meets the line's start, middle or end.
    public var anchor: Point
    public var alignment: Alignment
    public var font: Font
    public var color: Color
    /// Turn about the anchor, in degrees, clockwise.
    public var rotation: Double
    /// What the text lies on, if not the drawing's background; for the check of its contrast.
    public var backdrop: Color?

    public init(
        _ text: String, at anchor: Point, _ alignment: Alignment = .start, font: Font, color: Color,
        rotation: Double = 0, backdrop: Color? = nil
    ) {
        self.text = text
        self.anchor = anchor
        self.alignment = alignment
        self.font = font
        self.color = color
        self.rotation = rotation
        self.backdrop = backdrop
    }

    /// The four corners of the box that the text fills, in order round it.
    public func corners(_ measure: some TextMeasure) -> [Point] {
        let width = measure.width(of: text, in: font)
        let left = TextLine.offset(alignment, width: width)
        let box = Rect(left, -font.ascent, width, font.ascent + font.descent)
        let (sine, cosine) = (sin(rotation * .pi / 180), cos(rotation * .pi / 180))
        return [(box.x, box.y), (box.maxX, box.y), (box.maxX, box.maxY), (box.x, box.maxY)].map { x, y in
            Point(anchor.x + x * cosine - y * sine, anchor.y + x * sine + y * cosine)
        }
    }

    /// From the anchor to the line's start, along the baseline.
    static func offset(_ alignment: Alignment, width: Double) -> Double {
        switch alignment {
        case .start: 0
        case .middle: -width / 2
        case .end: -width
        }
    }
}
