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
    /// What the text lies on, if not the drawing's background; for the check of its contrast.
    public var backdrop: Color?

    public init(
        _ text: String, at anchor: Point, _ alignment: Alignment = .start, font: Font, color: Color,
        backdrop: Color? = nil
    ) {
        self.text = text
        self.anchor = anchor
        self.alignment = alignment
        self.font = font
        self.color = color
        self.backdrop = backdrop
    }

    /// The box that the line fills, from the tops of kanji to the feet of letters.
    public func box(_ measure: any TextMeasure) -> Rect {
        let width = measure.width(of: text, in: font)
        let left = anchor.x + TextLine.offset(alignment, width: width)
        return Rect(left, anchor.y - font.ascent, width, font.ascent + font.descent)
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
