/// What numbers in a figure stand for: names with their numbers in columns, read downwards.
public struct NumberedList: Component {
    /// In the order of their numbers, the first of which is zero.
    public var names: [String]

    public init(_ names: [String]) { self.names = names }

    /// How many rows there are, at least, before names are shortened to make room for one more column.
    private static let mostRows = 34

    private struct Layout {
        let columns: Int
        let rows: Int
        let pitch: Double
        let numberWidth: Double
        let names: [String]
    }

    private func layout(_ width: Double, _ style: Style) -> Layout {
        let numberWidth = style.width(of: names.indices.map(String.init), in: Theme.label)
        let fewest = Double((names.count + NumberedList.mostRows - 1) / NumberedList.mostRows)
        let widest = (width + Theme.columnGap) / max(fewest, 1) - Theme.columnGap
        let names = style.fitted(names, into: widest - numberWidth - Theme.labelGap)
        let entry = numberWidth + Theme.labelGap + style.width(of: names, in: Theme.label)
        let columns = max(1, min(Int(saturating: (width + Theme.columnGap) / (entry + Theme.columnGap)), names.count))
        return Layout(
            columns: columns, rows: (names.count + columns - 1) / columns,
            pitch: (width + Theme.columnGap) / Double(columns), numberWidth: numberWidth, names: names)
    }

    public func size(in width: Double, _ style: Style) -> Size {
        Size(width, Double(layout(width, style).rows) * Theme.label.lineHeight)
    }

    public func draw(in frame: Rect, on drawing: inout Drawing, _ style: Style) {
        let layout = layout(frame.width, style)
        for (number, name) in layout.names.enumerated() {
            let left = frame.x + Double(number / layout.rows) * layout.pitch
            let y = frame.y + Double(number % layout.rows) * Theme.label.lineHeight + Theme.label.baseline
            drawing.add(
                .text(
                    TextLine(
                        String(number), at: Point(left + layout.numberWidth, y), .end, font: Theme.label,
                        color: style.theme.mutedInk)))
            drawing.add(
                .text(
                    TextLine(
                        name, at: Point(left + layout.numberWidth + Theme.labelGap, y), font: Theme.label,
                        color: style.theme.ink)))
        }
    }
}
