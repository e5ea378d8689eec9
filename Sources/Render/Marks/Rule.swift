/// A straight line across the plot at one value of an axis.
public struct Rule: Mark {
    public enum Direction: Sendable {
        /// Upright, at a value along x.
        case x(Double)
        /// Level, at a value along y.
        case y(Double)
    }

    public var direction: Direction
    public var color: Color
    public var dash: [Double]
    /// Stands at the top of an upright rule; a level one has none.
    public var label: String?

    public init(_ direction: Direction, color: Color, dash: [Double] = [], label: String? = nil) {
        self.direction = direction
        self.color = color
        self.dash = dash
        self.label = label
    }

    public var topLabels: [TopLabel] {
        guard let label, case .x(let value) = direction else { return [] }
        return [TopLabel(text: label, value: value, color: color)]
    }

    public func draw(in area: PlotArea, on drawing: inout Drawing, _ style: Style) {
        let frame = area.frame
        let line: Shape =
            switch direction {
            case .x(let value): .line(Point(area.x(value), frame.y), Point(area.x(value), frame.maxY))
            case .y(let value): .line(Point(frame.x, area.y(value)), Point(frame.maxX, area.y(value)))
            }
        drawing.stroke(line, Stroke(color, width: Theme.hairline, dash: dash))
    }
}
