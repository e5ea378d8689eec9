/// The stages through which something passes, from left to right in rows that break where the width ends: each drawn to
/// scale with what leaves it, and below it, as bars on scales of their own, what it costs.
public struct FlowDiagram: Component {
    public struct Stage: Sendable {
        public enum Form: Sendable {
            /// What enters, as it looks.
            case image(Tile)
            /// Planes one behind the other.
            case planes(count: Int, height: Int, width: Int)
            /// A bar of so many units.
            case units(Int)
        }

        public var form: Form
        public var color: Color
        public var name: String
        /// Below the name, each broken into lines.
        public var notes: [String]
        /// One for each row of bars; nil has no bar.
        public var costs: [Cost?]

        public init(form: Form, color: Color, name: String, notes: [String], costs: [Cost?]) {
            self.form = form
            self.color = color
            self.name = name
            self.notes = notes
            self.costs = costs
        }
    }

    /// What a stage costs of something.
    public struct Cost: Sendable {
        public var value: Double
        public var label: String
        /// Stands over the label of the stage that costs the most, whose bar has the colour for what is to be seen first.
        public var emphasis: String?

        public init(_ value: Double, label: String, emphasis: String? = nil) {
            self.value = value
            self.label = label
            self.emphasis = emphasis
        }
    }

    /// Titles of the rows of bars.
    public var costTitles: [String]
    public var stages: [Stage]

    /// - Parameters:
    ///   - costTitles: of the rows of bars, from the top.
    ///   - stages: in the order of the flow, each with a cost, or nil, for each row of bars.
    public init(costTitles: [String], stages: [Stage]) {
        precondition(stages.allSatisfy { $0.costs.count == costTitles.count })
        self.costTitles = costTitles
        self.stages = stages
    }

    public func size(in width: Double, _ style: Style) -> Size {
        let layout = FlowLayout(self, width: width, style)
        return Size(width, layout.rows.map(\.height).reduce(layout.gaps, +))
    }

    public func draw(in frame: Rect, on drawing: inout Drawing, _ style: Style) {
        let layout = FlowLayout(self, width: frame.width, style)
        let scale = FlowScale(stages, columnWidth: layout.columnWidth)
        var y = frame.y
        for row in layout.rows {
            let place = Rect(frame.x, y, frame.width, row.height)
            drawBlocks(row, in: place, layout, scale, on: &drawing, style)
            drawNotes(row, in: place, layout, on: &drawing, style)
            for (index, title) in costTitles.enumerated() {
                let top = place.maxY - Double(costTitles.count - index) * FlowLayout.stripHeight
                let strip = Rect(frame.x, top, frame.width, FlowLayout.stripHeight)
                drawBars(index, title, row, in: strip, layout, on: &drawing, style)
            }
            y += row.height + FlowLayout.rowGap
        }
    }

    private func drawBlocks(
        _ row: FlowLayout.Row, in place: Rect, _ layout: FlowLayout, _ scale: FlowScale, on drawing: inout Drawing,
        _ style: Style
    ) {
        let middle = place.y + FlowLayout.blockHeight / 2
        var end: Double?
        for (column, stage) in row.stages.enumerated() {
            let block = scale.size(of: stage.form)
            let left = layout.middle(of: column, in: place) - block.width / 2
            if let end { drawArrow(from: end, to: left, at: middle, on: &drawing, style) }
            let frame = Rect(left, middle - block.height / 2, block.width, block.height)
            draw(stage, in: frame, scale, on: &drawing, style)
            end = frame.maxX
        }
    }

    private func drawArrow(
        from start: Double, to end: Double, at y: Double, on drawing: inout Drawing, _ style: Style
    ) {
        let (gap, head) = (Theme.labelGap, 4.0)
        guard end - start > 2 * gap + head else { return }
        let tip = Point(end - gap, y)
        drawing.stroke(
            .lines([
                [Point(start + gap, y), tip],
                [Point(tip.x - head, y - head), tip, Point(tip.x - head, y + head)],
            ]), Stroke(style.theme.mutedInk, width: Theme.hairline))
    }

    private func draw(
        _ stage: Stage, in frame: Rect, _ scale: FlowScale, on drawing: inout Drawing, _ style: Style
    ) {
        let outline = Stroke(style.theme.background, width: Theme.hairline)
        switch stage.form {
        case .image(let tile):
            var raster = Raster(width: tile.width, height: tile.height, filledWith: style.theme.background)
            raster.blit(tile, x: 0, y: 0, magnification: 1)
            drawing.add(.raster(raster, in: frame))
            drawing.stroke(.rectangle(frame), Stroke(style.theme.grid, width: Theme.hairline))
        case .planes(let count, let height, let width):
            let (face, depth) = (scale.face(height, width), scale.depth(of: count))
            // As many as can be told apart; the depth stays that of all.
            let shown = min(count, max(2, Int(depth / FlowScale.leastStep) + 1))
            for plane in (0..<shown).reversed() {
                let shift = shown > 1 ? depth * Double(plane) / Double(shown - 1) : 0
                let rise = shift * FlowScale.slope
                let rect = Rect(frame.x + shift, frame.maxY - face.height - rise, face.width, face.height)
                drawing.add(.shape(.rectangle(rect), fill: stage.color, stroke: outline))
            }
        case .units: drawing.fill(.rectangle(frame, radius: Theme.cornerRadius), stage.color)
        }
    }

    private func drawNotes(
        _ row: FlowLayout.Row, in place: Rect, _ layout: FlowLayout, on drawing: inout Drawing, _ style: Style
    ) {
        for (column, stage) in row.stages.enumerated() {
            let x = layout.middle(of: column, in: place)
            let lines =
                [(layout.fitted(stage.name, style), Theme.strongLabel, style.theme.ink)]
                + layout.lines(of: stage, style).map { ($0, Theme.label, style.theme.mutedInk) }
            for (index, (text, font, color)) in lines.enumerated() {
                let y = place.y + FlowLayout.blockHeight + Double(index) * font.lineHeight + font.baseline
                drawing.add(.text(TextLine(text, at: Point(x, y), .middle, font: font, color: color)))
            }
        }
    }

    private func drawBars(
        _ index: Int, _ title: String, _ row: FlowLayout.Row, in strip: Rect, _ layout: FlowLayout,
        on drawing: inout Drawing, _ style: Style
    ) {
        let theme = style.theme
        let font = Theme.strongLabel
        let most = max(stages.compactMap { $0.costs[index]?.value }.max() ?? 0, .leastNormalMagnitude)
        let at = Point(strip.x, strip.y + FlowLayout.stripGap + font.baseline)
        drawing.add(.text(TextLine(style.fitted(title, into: strip.width, font), at: at, font: font, color: theme.ink)))
        drawing.stroke(
            .line(Point(strip.x, strip.maxY), Point(strip.maxX, strip.maxY)), Stroke(theme.grid, width: Theme.hairline))
        for (column, stage) in row.stages.enumerated() {
            guard let cost = stage.costs[index] else { continue }
            let color = cost.emphasis == nil ? stage.color : theme.alert
            let (x, height) = (layout.middle(of: column, in: strip), FlowLayout.barHeight * cost.value / most)
            let width = FlowLayout.barWidth
            drawing.fill(.rectangle(Rect(x - width / 2, strip.maxY - height, width, height)), color)
            var y = strip.maxY - height - Theme.labelGap
            let label = layout.fitted(cost.label, style)
            drawing.add(.text(TextLine(label, at: Point(x, y), .middle, font: Theme.label, color: theme.ink)))
            guard let emphasis = cost.emphasis else { continue }
            y -= font.lineHeight
            drawing.add(.text(TextLine(emphasis, at: Point(x, y), .middle, font: font, color: theme.alert)))
        }
    }
}
