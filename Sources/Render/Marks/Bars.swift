/// A bar from zero for each category, level if the categories lie along y.
public struct Bars: Mark {
    public struct Bar: Sendable {
        /// Position of the category, from zero.
        public var category: Int
        public var value: Double
        public var color: Color
        /// Stands at the bar's end.
        public var label: String?

        public init(category: Int, value: Double, color: Color, label: String? = nil) {
            self.category = category
            self.value = value
            self.color = color
            self.label = label
        }
    }

    public var bars: [Bar]
    /// Which of several bars within the same band these are.
    public var slot: Int
    public var slots: Int

    public init(_ bars: [Bar], slot: Int = 0, of slots: Int = 1) {
        self.bars = bars
        self.slot = slot
        self.slots = slots
    }

    public var xValues: [Double] { [0] + bars.map(\.value) }
    public var yValues: [Double] { xValues }

    public func draw(in area: PlotArea, on drawing: inout Drawing, _ style: Style) {
        for bar in bars where bar.value.isFinite {
            if case .band = area.y {
                drawLevel(bar, in: area, on: &drawing, style)
            } else {
                drawUpright(bar, in: area, on: &drawing)
            }
        }
    }

    private func drawLevel(_ bar: Bar, in area: PlotArea, on drawing: inout Drawing, _ style: Style) {
        let height = area.y.bandwidth / Double(slots)
        let top = area.y(Double(bar.category)) - area.y.bandwidth / 2 + height * Double(slot)
        let (zero, end) = (area.x(0), area.x(bar.value))
        drawing.fill(.rectangle(Rect(min(zero, end), top, abs(end - zero), height)), bar.color)
        guard let label = bar.label else { return }
        let at = Point(max(zero, end) + Theme.labelGap, top + height / 2 + Theme.label.capHeight / 2)
        drawing.add(.text(TextLine(label, at: at, font: Theme.label, color: style.theme.ink)))
    }

    private func drawUpright(_ bar: Bar, in area: PlotArea, on drawing: inout Drawing) {
        let width = area.x.bandwidth / Double(slots)
        let left = area.x(Double(bar.category)) - area.x.bandwidth / 2 + width * Double(slot)
        let (zero, end) = (area.y(0), area.y(bar.value))
        drawing.fill(.rectangle(Rect(left, min(zero, end), width, abs(end - zero))), bar.color)
    }
}
