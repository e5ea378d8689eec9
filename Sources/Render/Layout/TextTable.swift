/// A small table: the first column at the left, the others at the right of their columns.
public struct TextTable: Component {
    public struct Row: Sendable {
        public var cells: [String]
        /// Of the first cell.
        public var color: Color
        /// Of what the row tells of, a piece of which stands before the first cell where any row has a dash.
        public var dash: [Double]

        public init(cells: [String], color: Color, dash: [Double] = []) {
            self.cells = cells
            self.color = color
            self.dash = dash
        }
    }

    public var header: [String]
    public var rows: [Row]

    public init(header: [String], rows: [Row]) {
        precondition(rows.allSatisfy { $0.cells.count == header.count })
        self.header = header
        self.rows = rows
    }

    /// What the pieces of lines before the rows take.
    private var signWidth: Double {
        rows.allSatisfy(\.dash.isEmpty) ? 0 : Theme.legendSignWidth + Theme.labelGap
    }

    public func size(in width: Double, _ style: Style) -> Size {
        Size(edges(fitted(into: width, style), style).last ?? 0, Double(rows.count + 1) * Theme.label.lineHeight + 4)
    }

    public func draw(in frame: Rect, on drawing: inout Drawing, _ style: Style) {
        let rows = fitted(into: frame.width, style)
        let edges = edges(rows, style)
        let line = frame.y + Theme.label.lineHeight + 1
        drawing.stroke(
            .line(Point(frame.x, line), Point(frame.x + (edges.last ?? 0), line)),
            Stroke(style.theme.grid, width: Theme.hairline))
        for (index, text) in header.enumerated() where !text.isEmpty {
            add(text, index, frame.x, frame.y, edges, Theme.label, style.theme.mutedInk, to: &drawing)
        }
        for (number, row) in rows.enumerated() {
            let top = frame.y + Double(number + 1) * Theme.label.lineHeight + 4
            if signWidth > 0 {
                let y = top + Theme.label.lineHeight / 2
                drawing.stroke(
                    .line(Point(frame.x, y), Point(frame.x + Theme.legendSignWidth, y)),
                    Stroke(row.color, width: Theme.strongLine, dash: row.dash))
            }
            for (index, text) in row.cells.enumerated() {
                let font = index == 0 ? Theme.strongLabel : Theme.label
                add(text, index, frame.x, top, edges, font, index == 0 ? row.color : style.theme.ink, to: &drawing)
            }
        }
    }

    private func add(
        _ text: String, _ column: Int, _ left: Double, _ top: Double, _ edges: [Double], _ font: Font, _ color: Color,
        to drawing: inout Drawing
    ) {
        let x = column == 0 ? left + signWidth : left + edges[column]
        let at = Point(x, top + font.baseline)
        drawing.add(.text(TextLine(text, at: at, column == 0 ? .start : .end, font: font, color: color)))
    }

    /// The rows with first cells as long as the others leave room for.
    private func fitted(into width: Double, _ style: Style) -> [Row] {
        let columns = edges(rows, style)
        guard let first = columns.first, let last = columns.last, last > width else { return rows }
        let names = style.fitted(
            rows.map { $0.cells[0] }, into: first - signWidth - (last - width), Theme.strongLabel)
        return zip(rows, names).map { row, name in
            Row(cells: [name] + row.cells.dropFirst(), color: row.color, dash: row.dash)
        }
    }

    /// The right edge of each column.
    private func edges(_ rows: [Row], _ style: Style) -> [Double] {
        var edge = signWidth
        return header.indices.map { column in
            let texts = [header[column]] + rows.map { $0.cells[column] }
            edge += style.width(of: texts, in: Theme.strongLabel) + (column == 0 ? 0 : 2 * Theme.columnGap)
            return edge
        }
    }
}
