/// A dot at each point.
public struct Dots: Mark {
    /// In data coordinates; points with NaN are left out.
    public var points: [Point]
    public var color: Color
    /// Moves all dots along y, in pixels: several series side by side in one band.
    public var shift: Double

    public init(_ points: [Point], color: Color, shift: Double = 0) {
        self.points = points
        self.color = color
        self.shift = shift
    }

    public var xValues: [Double] { points.map(\.x) }
    public var yValues: [Double] { points.map(\.y) }

    public func draw(in area: PlotArea, on drawing: inout Drawing, _ style: Style) {
        for point in points.map(area.point) where point.x.isFinite && point.y.isFinite {
            drawing.add(
                .shape(
                    .circle(center: Point(point.x, point.y + shift), radius: Theme.dotRadius), fill: color,
                    stroke: Stroke(style.theme.background, width: Theme.hairline)))
        }
    }
}
