/// The area between a lower and an upper bound along x, such as an interval of confidence at each epoch.
public struct Band: Mark {
    /// In data coordinates, with equal x: the bounds from left to right. Where one has no place, the band has none.
    public var lower: [Point]
    public var upper: [Point]
    public var color: Color

    /// - Precondition: there are as many lower as upper bounds.
    public init(lower: [Point], upper: [Point], color: Color) {
        precondition(lower.count == upper.count, "a band has two bounds everywhere")
        self.lower = lower
        self.upper = upper
        self.color = color
    }

    public var xValues: [Double] { lower.map(\.x) }
    public var yValues: [Double] { (lower + upper).map(\.y) }

    public func draw(in area: PlotArea, on drawing: inout Drawing, _ style: Style) {
        let bounds = zip(lower, upper).map { (area.point($0), area.point($1)) }.filter { $0.isPlace && $1.isPlace }
        guard bounds.count > 1 else { return }
        let outline = bounds.map(\.1) + bounds.map(\.0).reversed()
        drawing.fill(.polygon(outline), color.opacity(Theme.bandOpacity))
    }
}
