extension Typeface {
    /// A letter as it is set in one font.
    struct Letter {
        let outline: Outline
        /// How far it leads on, in pixels.
        let advance: Double
    }

    /// What letters look like, from the baseline's begin, as an SVG's path data; nothing of a space. What looks alike in
    /// a font is one and the same.
    final class Outline: Sendable {
        let data: [UInt8]

        init(data: [UInt8]) { self.data = data }
    }
}
