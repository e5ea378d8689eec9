/// A dot at each point. A dot that would hide another stands above it.
public struct Dots: Mark {
    public enum Form: CaseIterable, Sendable {
        case disc, ring, square, diamond
    }

    /// In data coordinates; points without a place are left out.
    public var points: [Point]
    public var color: Color
    /// Moves all dots along y, in pixels: several series side by side in one band.
    public var shift: Double
    public var form: Form

    public init(_ points: [Point], color: Color, shift: Double = 0, form: Form = .disc) {
        self.points = points
        self.color = color
        self.shift = shift
        self.form = form
    }

    public var xValues: [Double] { points.map(\.x) }
    public var yValues: [Double] { points.map(\.y) }

    public func draw(in area: PlotArea, on drawing: inout Drawing, _ style: Style) {
        var centers: [Point] = []
        for point in points.map(area.point) where point.isPlace {
            let center = Dots.free(Point(point.x, point.y + shift), beside: centers)
            centers.append(center)
            drawing.add(form.sign(at: center, color, on: style.theme.background))
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

extension Dots.Form {
    /// A dot that stands out from what lies behind it.
    func sign(at center: Point, _ color: Color, on background: Color) -> Drawing.Element {
        let rim = Stroke(background, width: Theme.hairline)
        let radius = Theme.dotRadius
        switch self {
        case .disc: return .shape(.circle(center: center, radius: radius), fill: color, stroke: rim)
        case .ring:
            let width = Theme.line
            return .shape(
                .circle(center: center, radius: radius - width / 2), fill: background,
                stroke: Stroke(color, width: width))
        case .square:
            let half = radius * 0.85
            return .shape(
                .rectangle(Rect(center.x - half, center.y - half, 2 * half, 2 * half)), fill: color, stroke: rim)
        case .diamond:
            let reach = radius * 1.25
            let corners = [
                Point(center.x, center.y - reach), Point(center.x + reach, center.y), Point(center.x, center.y + reach),
                Point(center.x - reach, center.y),
            ]
            return .shape(.polygon(corners), fill: color, stroke: rim)
        }
    }
}
