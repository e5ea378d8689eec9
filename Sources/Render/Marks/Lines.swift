/// A line through points, broken where a value is missing.
public struct Lines: Mark {
    /// In data coordinates; a point without a place breaks the line.
    public var points: [Point]
    public var color: Color
    public var width: Double
    public var dash: [Double]
    /// Stands beside the last point.
    public var label: String?

    public init(
        _ points: [Point], color: Color, width: Double = Theme.line, dash: [Double] = [], label: String? = nil
    ) {
        self.points = points
        self.color = color
        self.width = width
        self.dash = dash
        self.label = label
    }

    public var xValues: [Double] { points.map(\.x) }
    public var yValues: [Double] { points.map(\.y) }

    public var endLabels: [EndLabel] {
        guard let label, let last = points.last(where: { $0.y.isFinite }) else { return [] }
        return [EndLabel(text: label, value: last.y, color: color, dash: dash)]
    }

    public func draw(in area: PlotArea, on drawing: inout Drawing, _ style: Style) {
        let pieces = points.map(area.point).split { !$0.isPlace }.map(Array.init)
        guard !pieces.isEmpty else { return }
        drawing.stroke(.lines(pieces), Stroke(color, width: width, dash: dash))
        // A line through one point has no extent.
        for piece in pieces where piece.count == 1 {
            drawing.fill(.circle(center: piece[0], radius: Theme.dotRadius), color)
        }
    }
}
