/// A matrix of coloured cells, each with a text if it has something to say.
public struct Cells: Mark {
    public struct Cell: Sendable {
        public var row: Int
        public var column: Int
        /// Nil leaves the background.
        public var color: Color?
        public var text: String
        /// Set in bold, for the cells to be seen first.
        public var isStrong: Bool

        public init(row: Int, column: Int, color: Color?, text: String, isStrong: Bool = false) {
            self.row = row
            self.column = column
            self.color = color
            self.text = text
            self.isStrong = isStrong
        }
    }

    public var cells: [Cell]

    public init(_ cells: [Cell]) { self.cells = cells }

    public func draw(in area: PlotArea, on drawing: inout Drawing, _ style: Style) {
        let (width, height) = (area.x.bandwidth, area.y.bandwidth)
        for cell in cells {
            let center = Point(area.x(Double(cell.column)), area.y(Double(cell.row)))
            let frame = Rect(center.x - width / 2, center.y - height / 2, width, height)
            if let color = cell.color { drawing.fill(.rectangle(frame), color) }
            guard !cell.text.isEmpty else { continue }
            let font = cell.isStrong ? Theme.strongLabel : Theme.label
            let backdrop = cell.color ?? style.theme.background
            drawing.add(
                .text(
                    TextLine(
                        cell.text, at: Point(center.x, center.y + font.capHeight / 2), .middle, font: font,
                        color: style.theme.ink(on: backdrop), backdrop: backdrop)))
        }
    }
}
