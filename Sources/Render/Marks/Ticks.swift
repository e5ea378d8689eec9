/// An upright stroke at each value, in a category's band: many values that may lie close together.
public struct Ticks: Mark {
    public var values: [Double]
    /// Position of the category, from zero.
    public var category: Int
    public var color: Color
    /// Of each stroke, in pixels.
    public var height, width: Double
    /// Stands beside one of the values.
    public var label: (text: String, value: Double)?

    public init(
        _ values: [Double], category: Int, color: Color, height: Double = Theme.tickHeight,
        width: Double = Theme.line, label: (text: String, value: Double)? = nil
    ) {
        self.values = values
        self.category = category
        self.color = color
        self.height = height
        self.width = width
        self.label = label
    }

    public var xValues: [Double] { values }

    public func draw(in area: PlotArea, on drawing: inout Drawing, _ style: Style) {
        let y = area.y(Double(category))
        for value in values where area.x(value).isFinite {
            let x = area.x(value)
            drawing.stroke(
                .line(Point(x, y - height / 2), Point(x, y + height / 2)), Stroke(color, width: width))
        }
        guard let label, area.x(label.value).isFinite else { return }
        let x = area.x(label.value)
        // Towards the side with more room, for it is the value that stands out.
        let isLeft = x - area.frame.x > style.width(of: label.text, in: Theme.label) + 2 * Theme.labelGap
        let at = Point(x + (isLeft ? -Theme.labelGap : Theme.labelGap), y + Theme.label.capHeight / 2)
        drawing.add(
            .text(TextLine(label.text, at: at, isLeft ? .end : .start, font: Theme.label, color: style.theme.ink)))
    }
}
