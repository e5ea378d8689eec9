/// A bar from a lower to an upper end with a tick at a value between, in each category's band.
public struct Intervals: Mark {
    public struct Interval: Sendable {
        /// Position of the category, from zero.
        public var category: Int
        public var value: Double
        public var range: ClosedRange<Double>
        public var color: Color

        public init(category: Int, value: Double, range: ClosedRange<Double>, color: Color) {
            self.category = category
            self.value = value
            self.range = range
            self.color = color
        }
    }

    public var intervals: [Interval]
    /// Moves all along y, in pixels.
    public var shift: Double

    public init(_ intervals: [Interval], shift: Double = 0) {
        self.intervals = intervals
        self.shift = shift
    }

    public var xValues: [Double] { intervals.flatMap { [$0.range.lowerBound, $0.range.upperBound] } }

    public func draw(in area: PlotArea, on drawing: inout Drawing, _ style: Style) {
        for interval in intervals {
            let y = area.y(Double(interval.category)) + shift
            let (low, high) = (area.x(interval.range.lowerBound), area.x(interval.range.upperBound))
            guard low.isFinite, high.isFinite, area.x(interval.value).isFinite else { continue }
            drawing.stroke(.line(Point(low, y), Point(high, y)), Stroke(interval.color, width: Theme.strongLine))
            let x = area.x(interval.value)
            drawing.stroke(
                .line(Point(x, y - Theme.dotRadius), Point(x, y + Theme.dotRadius)),
                Stroke(interval.color, width: Theme.strongLine))
        }
    }
}
