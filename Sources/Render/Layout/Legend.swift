/// Which sign stands for what, in rows that break where the width ends.
public struct Legend: Component {
    public enum Sign: Sendable {
        case box(Color, dash: [Double] = [])
        case dot(Color, form: Dots.Form = .disc)
        case line(Color, dash: [Double])
        case cross(Color)
        case frame(Color)
    }

    public var entries: [(sign: Sign, label: String)]

    public init(_ entries: [(sign: Sign, label: String)]) { self.entries = entries }

    public func size(in width: Double, _ style: Style) -> Size {
        let places = places(in: width, style)
        let rows = (places.map(\.row).max() ?? -1) + 1
        return Size(width, Double(rows) * Theme.label.lineHeight)
    }

    public func draw(in frame: Rect, on drawing: inout Drawing, _ style: Style) {
        let labels = labels(frame.width, style)
        for ((entry, label), place) in zip(zip(entries, labels), places(in: frame.width, style)) {
            let top = frame.y + Double(place.row) * Theme.label.lineHeight
            let box = Rect(frame.x + place.x, top, Theme.legendSignWidth, Theme.label.lineHeight)
            draw(entry.sign, in: box, on: &drawing, style)
            let at = Point(box.maxX + Theme.labelGap, top + Theme.label.baseline)
            drawing.add(.text(TextLine(label, at: at, font: Theme.label, color: style.theme.ink)))
        }
    }

    private func places(in width: Double, _ style: Style) -> [(row: Int, x: Double)] {
        var (row, x) = (0, 0.0)
        return labels(width, style).map { label in
            let length = Theme.legendSignWidth + Theme.labelGap + style.width(of: [label], in: Theme.label)
            if x > 0, x + length > width { (row, x) = (row + 1, 0) }
            defer { x += length + Theme.legendEntryGap }
            return (row, x)
        }
    }

    /// Each no longer than a row.
    private func labels(_ width: Double, _ style: Style) -> [String] {
        style.fitted(entries.map(\.label), into: width - Theme.legendSignWidth - Theme.labelGap)
    }

    private func draw(_ sign: Sign, in box: Rect, on drawing: inout Drawing, _ style: Style) {
        let center = Point(box.midX, box.midY)
        switch sign {
        case .box(let color, let dash) where dash.isEmpty:
            drawing.fill(.rectangle(Rect(center.x - 7, center.y - 6, 14, 12)), color)
        case .box(let color, let dash):
            drawing.stroke(
                .line(Point(box.x, center.y), Point(box.maxX, center.y)), Stroke(color, width: 12, dash: dash))
        case .line(let color, let dash):
            drawing.stroke(
                .line(Point(box.x, center.y), Point(box.maxX, center.y)),
                Stroke(color, width: Theme.line, dash: dash))
        case .dot(let color, .disc): drawing.fill(.circle(center: center, radius: Theme.dotRadius), color)
        case .dot(let color, let form): drawing.add(form.sign(at: center, color, on: style.theme.background))
        case .cross(let color):
            let half = 6.0
            drawing.stroke(
                .lines([
                    [Point(center.x - half, center.y - half), Point(center.x + half, center.y + half)],
                    [Point(center.x + half, center.y - half), Point(center.x - half, center.y + half)],
                ]), Stroke(color, width: Theme.line))
            drawing.stroke(
                .rectangle(Rect(center.x - half, center.y - half, 2 * half, 2 * half)),
                Stroke(color, width: Theme.line))
        case .frame(let color):
            drawing.stroke(.rectangle(Rect(center.x - 6, center.y - 6, 12, 12)), Stroke(color, width: Theme.line))
        }
    }
}
