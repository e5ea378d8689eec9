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
    /// How the figure's language writes numbers.
    package let numbers: NumberFormat

    /// Numbers as English writes them.
    public init(theme: Theme, measure: any TextMeasure) {
        self.init(theme: theme, measure: measure, numbers: .plain)
    }

    package init(theme: Theme, measure: any TextMeasure, numbers: NumberFormat) {
        self.theme = theme
        self.measure = measure
        self.numbers = numbers
    }

    public func width(of text: String, in font: Font) -> Double { measure.width(of: text, in: font) }

    /// The text, or as much of its beginning as fits into a width, with an ellipsis after it.
    public func fitted(_ text: String, into width: Double, _ font: Font = Theme.label) -> String {
        shortened(text, into: width, font) { letters, kept in LineBreaking.trimmed(String(letters.prefix(kept))) + "…" }
    }

    /// Names that are read beside each other, each as much of it as fits into a width. Of different names that begin
    /// alike the middle is left out, and not the end, which tells them apart.
    public func fitted(_ names: [String], into width: Double, _ font: Font = Theme.label) -> [String] {
        fitted(names, into: names.map { _ in width }, font)
    }

    /// - Parameter widths: of the places of the names.
    func fitted(_ names: [String], into widths: [Double], _ font: Font = Theme.label) -> [String] {
        let fitted = zip(names, widths).map { self.fitted($0, into: $1, font) }
        let origins = Dictionary(zip(fitted, names.map { Set([$0]) }), uniquingKeysWith: { $0.union($1) })
        return zip(zip(names, widths), fitted).map { place, short in
            let (name, width) = place
            guard short != name, let alike = origins[short], alike.count > 1 else { return short }
            return shortened(name, into: width, font) { letters, kept in
                LineBreaking.trimmed(String(letters.prefix((kept + 1) / 2))) + "…" + String(letters.suffix(kept / 2))
            }
        }
    }

    /// - Parameter text: the letters of a text, shortened to so many of them.
    private func shortened(
        _ whole: String, into width: Double, _ font: Font, _ text: (_ letters: [Character], _ kept: Int) -> String
    ) -> String {
        guard self.width(of: whole, in: font) > width else { return whole }
        let letters = Array(whole)
        var (least, most) = (0, letters.count)
        while least < most {
            let middle = (least + most + 1) / 2
            if self.width(of: text(letters, middle), in: font) <= width { least = middle } else { most = middle - 1 }
        }
        return text(letters, least)
    }

    /// The width of the widest text, rounded up; 0 without texts.
    public func width(of texts: [String], in font: Font) -> Double {
        (texts.map { width(of: $0, in: font) }.max() ?? 0).rounded(.up)
    }
}

extension Drawing {
    /// Measures a figure of the format's width and draws it on the theme's background.
    public init(
        id: String, title: String, description: String, language: String, content: some Component, style: Style,
        format: Format = .column
    ) {
        let width = format.width - 2 * Theme.margin
        let height = content.size(in: width, style).height.rounded(.up)
        self.init(
            id: id, title: title, description: description, language: language,
            size: Size(format.width, height + 2 * Theme.margin))
        fill(.rectangle(Rect(0, 0, size.width, size.height)), style.theme.background)
        content.draw(in: Rect(Theme.margin, Theme.margin, width, height), on: &self, style)
    }
}
