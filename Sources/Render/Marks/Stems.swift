/// A stem from a base to each point, with a dot at its end: what single things take away from a whole, or add to it.
public struct Stems: Mark {
    /// In data coordinates; points without a place are left out.
    public var points: [Point]
    /// Where the stems begin, along y.
    public var base: Double
    public var color: Color
    /// Stand below the first point, each in a line.
    public var notes: [String]

    public init(_ points: [Point], base: Double, color: Color, notes: [String] = []) {
        self.points = points
        self.base = base
        self.color = color
        self.notes = notes
    }

    public var xValues: [Double] { points.map(\.x) }
    public var yValues: [Double] { [base] + points.map(\.y) }

    /// Room that notes take below a point, in pixels.
    public static func room(for notes: Int) -> Double {
        Theme.dotRadius + Theme.labelGap + Double(notes) * Theme.label.lineHeight
    }

    public func draw(in area: PlotArea, on drawing: inout Drawing, _ style: Style) {
        let ends = points.map(area.point).filter(\.isPlace)
        let foot = area.y(base)
        guard !ends.isEmpty, foot.isFinite else { return }
        // Dots that are closer to each other than they are wide would hide each other.
        let pitch = zip(ends, ends.dropFirst()).map { abs($1.x - $0.x) }.min() ?? .infinity
        let radius = min(Theme.dotRadius, max(pitch * 0.45, 1))
        drawing.stroke(.lines(ends.map { [Point($0.x, foot), $0] }), Stroke(color, width: min(Theme.line, radius)))
        for end in ends { drawing.fill(.circle(center: end, radius: radius), color) }
        for (index, note) in notes.enumerated() {
            let font = index == 0 ? Theme.strongLabel : Theme.label
            let text = style.fitted(note, into: area.frame.width, font)
            let half = style.width(of: text, in: font) / 2
            let x = min(max(ends[0].x, area.frame.x + half), area.frame.maxX - half)
            let y = ends[0].y + Stems.room(for: index) + font.baseline
            drawing.add(.text(TextLine(text, at: Point(x, y), .middle, font: font, color: color)))
        }
    }
}
