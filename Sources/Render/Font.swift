/// How a text is set: always in the one typeface, in one of the theme's sizes.
public struct Font: Sendable, Hashable {
    /// Height of the em square in pixels.
    public var size: Double
    public var isBold: Bool

    public init(size: Double, isBold: Bool = false) {
        self.size = size
        self.isBold = isBold
    }
}

/// Tells how wide a text will be; the typeface does, and tests have fixed widths of their own.
public protocol TextMeasure: Sendable {
    /// - Returns: advance width of one line, in pixels.
    func width(of text: String, in font: Font) -> Double
}

extension Font {
    /// Height above the baseline that a line of text may fill: capitals, digits and kanji.
    public var ascent: Double { size * 0.88 }
    /// Depth below the baseline that a line of text may fill.
    public var descent: Double { size * 0.22 }
    /// Distance of two baselines.
    public var lineHeight: Double { (size * 1.35).rounded() }
    /// From the top of a line to its baseline.
    public var baseline: Double { (lineHeight + capHeight) / 2 }
    /// Height of a capital letter, by which a line is centred on a mark.
    var capHeight: Double { size * 0.73 }
}
