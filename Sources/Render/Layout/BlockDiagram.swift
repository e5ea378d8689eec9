/// The stages through which something passes, from top to bottom: each a block in its proportions, with its costs.
public struct BlockDiagram: Component {
    public struct Stage: Sendable {
        public enum Form: Sendable, Equatable {
            /// Square planes one behind the other.
            case planes(count: Int, edge: Int)
            /// A bar of so many units.
            case units(Int)
            /// Nothing of its own: the stage only changes what passes.
            case none
        }

        public var form: Form
        public var color: Color
        public var name: String
        /// What leaves the stage: stands behind the name.
        public var output: String
        public var detail: String
        /// What else there is to say, one text a column.
        public var cells: [String]
        /// Part of the whole effort, 0...1; nil draws no bar.
        public var share: Double?
        public var shareLabel: String

        public init(
            form: Form, color: Color, name: String, output: String = "", detail: String, cells: [String],
            share: Double? = nil, shareLabel: String = ""
        ) {
            self.form = form
            self.color = color
            self.name = name
            self.output = output
            self.detail = detail
            self.cells = cells
            self.share = share
            self.shareLabel = shareLabel
        }
    }

    public var header: [String]
    public var shareTitle: String
    public var stages: [Stage]

    /// - Parameters:
    ///   - header: titles of the columns that hold the stages' cells.
    ///   - shareTitle: title of the bars.
    ///   - stages: from top to bottom, each with a cell for each column.
    public init(header: [String], shareTitle: String, stages: [Stage]) {
        precondition(stages.allSatisfy { $0.cells.count == header.count })
        self.header = header
        self.shareTitle = shareTitle
        self.stages = stages
    }

    public func size(in width: Double, _ style: Style) -> Size {
        Size(width, stages.map(height).reduce(Theme.label.lineHeight + 6, +))
    }

    private func height(_ stage: Stage) -> Double {
        stage.form == .none ? Theme.plainBlockRow : Theme.blockRow
    }

    public func draw(in frame: Rect, on drawing: inout Drawing, _ style: Style) {
        let columns = columns(in: frame, style)
        let baseline = frame.y + Theme.label.baseline
        for (title, x) in zip(header, columns.cells) { text(title, x, baseline, .end, style.theme.mutedInk, &drawing) }
        text(shareTitle, frame.maxX, baseline, .end, style.theme.mutedInk, &drawing)
        var y = frame.y + Theme.label.lineHeight + 6
        let flow = Rect(frame.x + Theme.blockWidth / 2, y, 0, frame.maxY - y)
        drawing.stroke(
            .line(Point(flow.x, flow.y + Theme.blockRow / 2), Point(flow.x, flow.maxY - 20)),
            Stroke(style.theme.grid, width: Theme.strongLine))
        for stage in stages {
            let row = Rect(frame.x, y, frame.width, height(stage))
            draw(stage, in: row, columns, on: &drawing, style)
            y += row.height
        }
    }

    private func text(
        _ text: String, _ x: Double, _ y: Double, _ alignment: TextLine.Alignment, _ color: Color,
        _ drawing: inout Drawing, font: Font = Theme.label
    ) {
        if !text.isEmpty { drawing.add(.text(TextLine(text, at: Point(x, y), alignment, font: font, color: color))) }
    }

    /// Right edges of the cells, and the left edge of the bars.
    private func columns(in frame: Rect, _ style: Style) -> (cells: [Double], bars: Double) {
        let labels = style.width(of: stages.map(\.shareLabel), in: Theme.label)
        let share = max(Theme.blockBarWidth + Theme.labelGap + labels, style.width(of: [shareTitle], in: Theme.label))
        var edge = frame.maxX - share - Theme.columnGap
        var edges: [Double] = []
        for column in header.indices.reversed() {
            edges.insert(edge, at: 0)
            let texts = [header[column]] + stages.map { $0.cells[column] }
            edge -= style.width(of: texts, in: Theme.label) + Theme.columnGap
        }
        return (edges, frame.maxX - Theme.blockBarWidth - Theme.labelGap - labels)
    }

    private func draw(
        _ stage: Stage, in row: Rect, _ columns: (cells: [Double], bars: Double), on drawing: inout Drawing,
        _ style: Style
    ) {
        let theme = style.theme
        draw(stage.form, stage.color, at: Point(row.x + Theme.blockWidth / 2, row.midY), on: &drawing, style)
        let left = row.x + Theme.blockWidth + 10
        let middle = row.midY + Theme.label.capHeight / 2
        let line = stage.name.isEmpty ? middle : middle - 9
        // Up to the column that reaches farthest to the left.
        let end =
            zip(stage.cells, columns.cells).filter { !$0.0.isEmpty }.map { cell, edge in
                edge - style.width(of: cell, in: Theme.label)
            }.min() ?? row.maxX
        let heading = stage.name.isEmpty ? stage.detail : style.fitted(stage.name, into: end - left, Theme.strongLabel)
        let font = stage.name.isEmpty ? Theme.label : Theme.strongLabel
        text(heading, left, line, .start, stage.name.isEmpty ? theme.mutedInk : theme.ink, &drawing, font: font)
        let after = left + style.width(of: heading, in: font) + Theme.endLabelGap
        let hasRoom = after + style.width(of: stage.output, in: Theme.label) <= end
        if hasRoom { text(stage.output, after, line, .start, theme.mutedInk, &drawing) }
        if !stage.name.isEmpty {
            let detail = hasRoom ? stage.detail : "\(stage.detail) \(stage.output)"
            text(style.fitted(detail, into: row.maxX - left), left, line + 18, .start, theme.mutedInk, &drawing)
        }
        for (cell, x) in zip(stage.cells, columns.cells) { text(cell, x, line, .end, theme.ink, &drawing) }
        guard let share = stage.share else { return }
        let bar = Rect(columns.bars, line - 10, Theme.blockBarWidth * share, 11)
        drawing.fill(.rectangle(Rect(bar.x, bar.y, Theme.blockBarWidth, bar.height)), theme.surface)
        drawing.fill(.rectangle(bar), stage.color)
        text(
            stage.shareLabel, columns.bars + Theme.blockBarWidth + Theme.labelGap, line, .start, theme.ink, &drawing)
    }

    private func draw(
        _ form: Stage.Form, _ color: Color, at center: Point, on drawing: inout Drawing, _ style: Style
    ) {
        let outline = Stroke(style.theme.background, width: Theme.hairline)
        switch form {
        case .planes(let count, let edge):
            // Few are drawn for many: the row says how many there are.
            let shown = min(count, 8)
            let side = 8 + Double(edge)
            let step = shown > 1 ? min(4, (Theme.blockWidth - side) / Double(shown - 1)) : 0
            let start = center.x - (side + step * Double(shown - 1)) / 2
            for plane in 0..<shown {
                let shift = Double(shown - 1 - plane) * step
                let rect = Rect(
                    start + shift, center.y - side / 2 - shift * 0.4 + step * 0.2 * Double(shown - 1), side, side)
                drawing.add(.shape(.rectangle(rect), fill: color, stroke: outline))
            }
        case .units(let count):
            let length = min(Theme.blockWidth - 4, 6 + Double(count) / 2)
            let rect = Rect(center.x - length / 2, center.y - 6, length, 12)
            drawing.add(.shape(.rectangle(rect, radius: Theme.cornerRadius), fill: color, stroke: outline))
        case .none: break
        }
    }
}
