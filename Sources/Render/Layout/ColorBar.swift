/// What the colours of a map mean: a bar with the values at its ends and at round steps.
public struct ColorBar: Component {
    public var colors: ColorMap
    /// The values at both ends.
    public var range: ClosedRange<Double>
    public var title: String
    public var notation: Axis.Notation

    private static let tickCount = 4

    public init(
        colors: ColorMap, range: ClosedRange<Double>, title: String, notation: Axis.Notation = .plain
    ) {
        self.colors = colors
        self.range = range
        self.title = title
        self.notation = notation
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
        for tick in ticks(bar, style) {
            drawing.stroke(
                .line(Point(tick.place, bar.maxY), Point(tick.place, bar.maxY + 3)),
                Stroke(style.theme.mutedInk, width: Theme.hairline))
            let at = Point(tick.middle, bar.maxY + 3 + Theme.label.baseline)
            drawing.add(.text(TextLine(tick.label, at: at, .middle, font: Theme.label, color: style.theme.mutedInk)))
        }
    }

    /// Places of ticks with their labels, which stay within the bar; fewer where these would touch each other.
    private func ticks(_ bar: Rect, _ style: Style) -> [(place: Double, label: String, middle: Double)] {
        let scale = LinearScale(domain: (range.lowerBound, range.upperBound), range: (bar.x, bar.maxX))
        for count in stride(from: ColorBar.tickCount, to: 1, by: -1) {
            let decimals = scale.tickDecimals(count)
            let ticks = scale.ticks(count).map { value in
                let label = style.numbers.tick(value, decimals: decimals, notation)
                let half = style.width(of: label, in: Theme.label) / 2
                let middle = min(max(scale(value), bar.x + half), bar.maxX - half)
                return (place: scale(value), label: label, middle: middle, half: half)
            }
            let areApart = zip(ticks, ticks.dropFirst()).allSatisfy {
                $0.middle + $0.half + Theme.labelGap <= $1.middle - $1.half
            }
            if areApart || count == 2 { return ticks.map { ($0.place, $0.label, $0.middle) } }
        }
        return []
    }
}
