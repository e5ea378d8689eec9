import Render

/// A part of a map so large that each cell has room for its number; blocks of cells are set apart, and one is marked.
struct NumberedCells: Component {
    /// `[row][column]`
    let values: [[Float]]
    /// The value of the full colour.
    let reach: Float
    let isSigned: Bool
    /// Cells along an edge of a block.
    let block: Int
    /// The block in the colour of alerts, counted from zero.
    let marked: (row: Int, column: Int)

    private var columns: Int { max(values.map(\.count).max() ?? 0, 1) }

    func size(in width: Double, _ style: Style) -> Size {
        Size(width, width / Double(columns) * Double(values.count))
    }

    func draw(in frame: Rect, on drawing: inout Drawing, _ style: Style) {
        let theme = style.theme
        let edge = frame.width / Double(columns)
        for (row, line) in values.enumerated() {
            for (column, value) in line.enumerated() {
                let share = Double(value) / Double(max(reach, .leastNormalMagnitude))
                let color = isSigned ? theme.signed((share + 1) / 2) : theme.tone(share)
                let cell = Rect(
                    frame.x + Double(column) * edge, frame.y + Double(row) * edge, edge, edge)
                drawing.fill(.rectangle(cell), color)
                write(value, in: cell, color, on: &drawing, style)
            }
        }
        let (rows, across) = (values.count, columns)
        let lines =
            stride(from: 0, through: rows, by: block).map { row -> [Point] in
                let y = frame.y + Double(row) * edge
                return [Point(frame.x, y), Point(frame.maxX, y)]
            }
            + stride(from: 0, through: across, by: block).map { column -> [Point] in
                let x = frame.x + Double(column) * edge
                return [Point(x, frame.y), Point(x, frame.y + Double(rows) * edge)]
            }
        drawing.stroke(.lines(lines), Stroke(theme.grid, width: Theme.line))
        let side = Double(block) * edge
        let outline = Rect(
            frame.x + Double(marked.column) * side, frame.y + Double(marked.row) * side, side, side)
        drawing.stroke(.rectangle(outline), Stroke(theme.alert, width: Theme.strongLine))
    }

    /// In two digits, if they have room.
    private func write(_ value: Float, in cell: Rect, _ color: Color, on drawing: inout Drawing, _ style: Style) {
        let text = style.numbers.text(Double(value), places: abs(value) < 9.95 ? 1 : 0)
        guard style.width(of: text, in: Theme.label) <= cell.width - 2 else { return }
        let baseline = cell.midY - Theme.label.lineHeight / 2 + Theme.label.baseline
        drawing.add(
            .text(
                TextLine(
                    text, at: Point(cell.midX, baseline), .middle, font: Theme.label,
                    color: style.theme.ink(on: color), backdrop: color)))
    }
}

/// Rows and columns of a map's cells.
struct CellRange {
    let rows, columns: Range<Int>
}

/// A map with a part of it outlined.
struct MarkedMap: Component {
    let tile: Tile
    let marked: CellRange

    func size(in width: Double, _ style: Style) -> Size {
        Size(width, width * Double(tile.height) / Double(tile.width))
    }

    func draw(in frame: Rect, on drawing: inout Drawing, _ style: Style) {
        let place = Rect(origin: Point(frame.x, frame.y), size: size(in: frame.width, style))
        drawing.add(tile, in: place, style.theme)
        let edge = place.width / Double(tile.width)
        let outline = Rect(
            place.x + Double(marked.columns.lowerBound) * edge, place.y + Double(marked.rows.lowerBound) * edge,
            Double(marked.columns.count) * edge, Double(marked.rows.count) * edge)
        drawing.stroke(.rectangle(outline), Stroke(style.theme.alert, width: Theme.line))
    }
}
