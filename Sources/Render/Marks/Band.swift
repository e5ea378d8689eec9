/// The area between a lower and an upper bound along x, such as an interval of confidence at each epoch.
public struct Band: Mark {
    /// In data coordinates, with equal x: the bounds from left to right. Where one has no place, the band has none.
    public var lower: [Point]
    public var upper: [Point]
    public var color: Color
    /// Stands within the band, if it has room for it anywhere.
    public var label: String?

    /// - Precondition: there are as many lower as upper bounds.
    public init(lower: [Point], upper: [Point], color: Color, label: String? = nil) {
        precondition(lower.count == upper.count, "a band has two bounds everywhere")
        self.lower = lower
        self.upper = upper
        self.color = color
        self.label = label
    }

    public var xValues: [Double] { lower.map(\.x) }
    public var yValues: [Double] { (lower + upper).map(\.y) }

    public func draw(in area: PlotArea, on drawing: inout Drawing, _ style: Style) {
        let bounds = zip(lower, upper).map { (area.point($0), area.point($1)) }.filter { $0.isPlace && $1.isPlace }
        guard bounds.count > 1 else { return }
        let outline = bounds.map(\.1) + bounds.map(\.0).reversed()
        let face = color.opacity(Theme.bandOpacity)
        drawing.fill(.polygon(outline), face)
        guard let label, let at = place(of: label, within: bounds, style) else { return }
        let backdrop = face.over(style.theme.background)
        drawing.add(
            .text(
                TextLine(
                    label, at: at, .middle, font: Theme.label, color: style.theme.ink(on: backdrop), backdrop: backdrop)
            ))
    }

    /// Where the band leaves the most room over and under the text; nil where the text would not fit into it.
    private func place(of text: String, within bounds: [(lower: Point, upper: Point)], _ style: Style) -> Point? {
        let reach = style.width(of: text, in: Theme.label) / 2 + Theme.labelGap
        let places = bounds.compactMap { bound -> (room: Double, at: Point)? in
            let x = bound.lower.x
            let beside = bounds.filter { abs($0.lower.x - x) <= reach }
            guard let first = bounds.first, let last = bounds.last, let top = beside.map(\.upper.y).max(),
                let bottom = beside.map(\.lower.y).min(), first.lower.x <= x - reach, last.lower.x >= x + reach
            else { return nil }
            return (bottom - top, Point(x, (top + bottom) / 2 + Theme.label.capHeight / 2))
        }
        return places.max { $0.room < $1.room }.flatMap { $0.room >= Theme.label.lineHeight ? $0.at : nil }
    }
}
