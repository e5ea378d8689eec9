/// A part of a figure: it is measured first, then drawn into a frame of the measured height.
public protocol Component: Sendable {
    /// The size that the part takes if it may be `width` pixels wide.
    func size(in width: Double, _ style: Style) -> Size
    /// Draws the part into a frame whose size it was asked for.
    func draw(in frame: Rect, on drawing: inout Drawing, _ style: Style)
}

/// What the parts of a figure are drawn with.
public struct Style: Sendable {
    public let theme: Theme
    public let measure: any TextMeasure

    public init(theme: Theme, measure: any TextMeasure) {
        self.theme = theme
        self.measure = measure
    }

    public func width(of text: String, in font: Font) -> Double { measure.width(of: text, in: font) }

    /// The text, or as much of its beginning as fits into a width, with an ellipsis after it.
    public func fitted(_ text: String, into width: Double, _ font: Font = Theme.label) -> String {
        guard self.width(of: text, in: font) > width else { return text }
        let letters = Array(text)
        func shortened(_ count: Int) -> String { LineBreaking.trimmed(String(letters.prefix(count))) + "…" }
        var (least, most) = (0, letters.count)
        while least < most {
            let middle = (least + most + 1) / 2
            if self.width(of: shortened(middle), in: font) <= width { least = middle } else { most = middle - 1 }
        }
        return shortened(least)
    }

    /// The width of the widest text, rounded up; 0 without texts.
    public func width(of texts: [String], in font: Font) -> Double {
        (texts.map { width(of: $0, in: font) }.max() ?? 0).rounded(.up)
    }
}

extension Drawing {
    /// Measures a figure of the theme's width and draws it on the theme's background.
    public init(
        id: String, title: String, description: String, language: String, content: some Component, style: Style
    ) {
        let width = Theme.width - 2 * Theme.margin
        let height = content.size(in: width, style).height.rounded(.up)
        self.init(
            id: id, title: title, description: description, language: language,
            size: Size(Theme.width, height + 2 * Theme.margin))
        fill(.rectangle(Rect(0, 0, size.width, size.height)), style.theme.background)
        content.draw(in: Rect(Theme.margin, Theme.margin, width, height), on: &self, style)
    }
}
