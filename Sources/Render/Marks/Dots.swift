/// A dot at each point. A dot that would hide another stands above it.
public struct Dots: Mark {
    /// In data coordinates; points without a place are left out.
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
        var centers: [Point] = []
        for point in points.map(area.point) where point.isPlace {
            let center = Dots.free(Point(point.x, point.y + shift), beside: centers)
            centers.append(center)
            drawing.add(
                .shape(
                    .circle(center: center, radius: Theme.dotRadius), fill: color,
                    stroke: Stroke(style.theme.background, width: Theme.hairline)))
        }
    }

    /// The place at or above `point` where a dot leaves half of each dot at `others` to be seen.
    private static func free(_ point: Point, beside others: [Point]) -> Point {
        var place = point
        // No more steps than dots, as far away from the plot steps may be too small to lead anywhere.
        for _ in others
        where others.contains(where: {
            abs($0.x - place.x) < Theme.dotRadius && abs($0.y - place.y) < Theme.dotRadius
        }) {
            place.y -= Theme.dotRadius
        }
        return place
    }
}
