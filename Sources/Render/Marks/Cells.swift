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
    /// Rows, and columns alike, whose square along the diagonal has a frame.
    public var frames: [Range<Int>]

    public init(_ cells: [Cell], frames: [Range<Int>] = []) {
        self.cells = cells
        self.frames = frames
    }

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
        for frame in frames where !frame.isEmpty {
            let first = Point(area.x(Double(frame.lowerBound)), area.y(Double(frame.lowerBound)))
            let last = Point(area.x(Double(frame.upperBound - 1)), area.y(Double(frame.upperBound - 1)))
            let rect = Rect(
                first.x - width / 2, first.y - height / 2, last.x - first.x + width, last.y - first.y + height)
            drawing.stroke(.rectangle(rect), Stroke(style.theme.ink, width: Theme.line))
        }
    }
}
