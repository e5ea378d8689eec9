/// An upright line across the plot at one value along x.
public struct Rule: Mark {
    public var x: Double
    public var color: Color
    public var dash: [Double]
    /// Stands at the rule's top.
    public var label: String?

    public init(x: Double, color: Color, dash: [Double] = [], label: String? = nil) {
        self.x = x
        self.color = color
        self.dash = dash
        self.label = label
    }

    public var topLabels: [TopLabel] { label.map { [TopLabel(text: $0, value: x, color: color)] } ?? [] }

    public func draw(in area: PlotArea, on drawing: inout Drawing, _ style: Style) {
        guard area.x(x).isFinite else { return }
        let line = Shape.line(Point(area.x(x), area.frame.y), Point(area.x(x), area.frame.maxY))
        drawing.stroke(line, Stroke(color, width: Theme.hairline, dash: dash))
    }
}
