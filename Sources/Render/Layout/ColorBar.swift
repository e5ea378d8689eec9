/// What the colours of a map mean: a bar with the values at its ends and at round steps.
public struct ColorBar: Component {
    public var colors: ColorMap
    /// The values at both ends.
    public var range: ClosedRange<Double>
    public var title: String
    /// Text of a value; the second argument is how many decimals tell the ticks apart.
    public var format: @Sendable (Double, Int) -> String

    private static let tickCount = 4

    public init(
        colors: ColorMap, range: ClosedRange<Double>, title: String,
        format: @escaping @Sendable (Double, Int) -> String = { Axis.plain($0, $1) }
    ) {
        self.colors = colors
        self.range = range
        self.title = title
        self.format = format
    }

    public func size(in width: Double, _ style: Style) -> Size {
        Size(width, Theme.label.lineHeight * 2 + Theme.colorBarThickness + 6)
    }

    public func draw(in frame: Rect, on drawing: inout Drawing, _ style: Style) {
        let theme = style.theme
        drawing.add(
            .text(
                TextLine(
                    title, at: Point(frame.x, frame.y + Theme.label.baseline), font: Theme.label,
                    color: theme.mutedInk)))
        var raster = Raster(width: 128, height: 1, filledWith: theme.background)
        for index in 0..<raster.width { raster.pixels[index] = colors((Double(index) + 0.5) / 128).rgb }
        let bar = Rect(frame.x, frame.y + Theme.label.lineHeight + 2, frame.width, Theme.colorBarThickness)
        drawing.add(.raster(raster, in: bar))
        drawTicks(bar, on: &drawing, style)
    }

    private func drawTicks(_ bar: Rect, on drawing: inout Drawing, _ style: Style) {
        let scale = LinearScale(domain: (range.lowerBound, range.upperBound), range: (bar.x, bar.maxX))
        let decimals = scale.tickDecimals(ColorBar.tickCount)
        for tick in scale.ticks(ColorBar.tickCount) {
            let label = format(tick, decimals)
            let half = style.width(of: label, in: Theme.label) / 2
            let x = scale(tick)
            drawing.stroke(
                .line(Point(x, bar.maxY), Point(x, bar.maxY + 3)),
                Stroke(style.theme.mutedInk, width: Theme.hairline))
            let at = Point(min(max(x, bar.x + half), bar.maxX - half), bar.maxY + 3 + Theme.label.baseline)
            drawing.add(.text(TextLine(label, at: at, .middle, font: Theme.label, color: style.theme.mutedInk)))
        }
    }
}
