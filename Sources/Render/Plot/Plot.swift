/// Two axes and the marks between them.
///
/// The title of the y axis stands above it, so that no text lies on its side.
public struct Plot: Component {
    public var x: Axis
    public var y: Axis
    /// Height of the area between the axes, in pixels.
    public var height: Double
    public var marks: [any Mark]

    public init(x: Axis, y: Axis, height: Double, marks: [any Mark]) {
        self.x = x
        self.y = y
        self.height = height
        self.marks = marks
    }

    /// The plot after a change.
    public func with(_ change: (inout Plot) -> Void) -> Plot {
        var plot = self
        change(&plot)
        return plot
    }

    public func size(in width: Double, _ style: Style) -> Size { size(in: width, insets: nil, style) }

    /// - Parameter insets: margins left and right; nil takes those that the plot needs.
    func size(in width: Double, insets: (left: Double, right: Double)?, _ style: Style) -> Size {
        let layout = PlotLayout(self, width: width, sides: insets, style)
        return Size(width, layout.insets.top + height + layout.insets.bottom)
    }

    public func draw(in frame: Rect, on drawing: inout Drawing, _ style: Style) {
        draw(in: frame, insets: nil, on: &drawing, style)
    }

    func draw(
        in frame: Rect, insets: (left: Double, right: Double)?, on drawing: inout Drawing, _ style: Style
    ) {
        let layout = PlotLayout(self, width: frame.width, sides: insets, style)
        let area = layout.area(in: frame)
        drawAxisTitles(layout, area, frame, on: &drawing, style)
        drawHorizontalGrid(layout, area, on: &drawing, style)
        drawVerticalGrid(layout, area, on: &drawing, style)
        for mark in marks { mark.draw(in: area, on: &drawing, style) }
        layout.drawTopLabels(area, on: &drawing, style)
        layout.drawEndLabels(area, on: &drawing, style)
    }

    private func drawAxisTitles(
        _ layout: PlotLayout, _ area: PlotArea, _ frame: Rect, on drawing: inout Drawing, _ style: Style
    ) {
        for (index, line) in layout.titleLines.enumerated() {
            let font = Theme.strongLabel
            let at = Point(frame.x, frame.y + font.baseline + Double(index) * font.lineHeight)
            drawing.add(.text(TextLine(line, at: at, font: font, color: style.theme.ink)))
        }
        if let title = x.title {
            let at = Point(area.frame.midX, frame.maxY - Theme.label.lineHeight + Theme.label.baseline)
            drawing.add(.text(TextLine(title, at: at, .middle, font: Theme.label, color: style.theme.mutedInk)))
        }
    }

    private func drawHorizontalGrid(
        _ layout: PlotLayout, _ area: PlotArea, on drawing: inout Drawing, _ style: Style
    ) {
        let stroke = Stroke(style.theme.grid, width: Theme.hairline)
        let lines = layout.y.ticks.map {
            [Point(area.frame.x, area.y($0.value)), Point(area.frame.maxX, area.y($0.value))]
        }
        if y.hasGrid, !lines.isEmpty { drawing.stroke(.lines(lines), stroke) }
        for tick in layout.y.labels {
            let at = Point(area.frame.x - Theme.labelGap, area.y(tick.value) + Theme.label.capHeight / 2)
            drawing.add(
                .text(TextLine(tick.label, at: at, .end, font: Theme.label, color: style.theme.mutedInk)))
        }
    }

    private func drawVerticalGrid(
        _ layout: PlotLayout, _ area: PlotArea, on drawing: inout Drawing, _ style: Style
    ) {
        let bottom = area.frame.maxY
        if x.hasGrid, !layout.x.ticks.isEmpty {
            let lines = layout.x.ticks.map { [Point(area.x($0.value), area.frame.y), Point(area.x($0.value), bottom)] }
            drawing.stroke(.lines(lines), Stroke(style.theme.grid, width: Theme.hairline))
        }
        if !layout.x.isBand, !layout.y.isBand {
            drawing.stroke(
                .line(Point(area.frame.x, bottom), Point(area.frame.maxX, bottom)),
                Stroke(style.theme.mutedInk, width: Theme.hairline))
        }
        drawColumnLabels(layout, area, on: &drawing, style)
    }

    private func drawColumnLabels(
        _ layout: PlotLayout, _ area: PlotArea, on drawing: inout Drawing, _ style: Style
    ) {
        let bottom = area.frame.maxY
        let labels = layout.x.labels.map { (text: $0.label, place: area.x($0.value)) }
        let rooms = labels.indices.map { index in
            layout.x.isBand ? room(for: index, of: labels, layout, area, style) : .infinity
        }
        let texts = style.fitted(labels.map(\.text), into: rooms)
        for (index, label) in labels.enumerated() {
            let drop = Double(index % x.labelLines) * Theme.label.lineHeight
            let at = Point(label.place, bottom + Theme.labelGap + drop + Theme.label.ascent)
            drawing.add(.text(TextLine(texts[index], at: at, .middle, font: Theme.label, color: style.theme.mutedInk)))
        }
    }

    /// How wide a column's label may be: up to the edges of the figure, and between the labels in its row up to the
    /// middle, or further where a neighbour needs less.
    private func room(
        for index: Int, of labels: [(text: String, place: Double)], _ layout: PlotLayout, _ area: PlotArea,
        _ style: Style
    ) -> Double {
        let place = labels[index].place
        let step = x.labelLines
        let halves = [index - step, index + step].filter(labels.indices.contains).map { neighbour in
            let distance = abs(labels[neighbour].place - place) - Theme.labelGap
            return distance - min(style.width(of: labels[neighbour].text, in: Theme.label), distance) / 2
        }
        let left = place - area.frame.x + layout.insets.left + Theme.margin
        return 2 * (halves + [left, area.frame.maxX + Theme.margin - place]).reduce(.infinity, min)
    }
}

extension Axis {
    var isBand: Bool {
        if case .band = kind { true } else { false }
    }
}
