/// A level bar from zero for each category along y.
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
    /// Cuts the bars into pieces.
    public var dash: [Double]

    public init(_ bars: [Bar], slot: Int = 0, of slots: Int = 1, dash: [Double] = []) {
        self.bars = bars
        self.slot = slot
        self.slots = slots
        self.dash = dash
    }

    public var xValues: [Double] { [0] + bars.map(\.value) }

    public func draw(in area: PlotArea, on drawing: inout Drawing, _ style: Style) {
        for bar in bars where area.x(0).isFinite && area.x(bar.value).isFinite {
            draw(bar, in: area, on: &drawing, style)
        }
    }

    private func draw(_ bar: Bar, in area: PlotArea, on drawing: inout Drawing, _ style: Style) {
        let height = area.y.bandwidth / Double(slots)
        let top = area.y(Double(bar.category)) - area.y.bandwidth / 2 + height * Double(slot)
        let (zero, end) = (area.x(0), area.x(bar.value))
        if dash.isEmpty {
            drawing.fill(.rectangle(Rect(min(zero, end), top, abs(end - zero), height)), bar.color)
        } else {
            let middle = top + height / 2
            drawing.stroke(
                .line(Point(zero, middle), Point(end, middle)), Stroke(bar.color, width: height, dash: dash))
        }
        guard let label = bar.label else { return }
        let isLeft = end < zero
        let at = Point(
            isLeft ? end - Theme.labelGap : end + Theme.labelGap, top + height / 2 + Theme.label.capHeight / 2)
        drawing.add(
            .text(TextLine(label, at: at, isLeft ? .end : .start, font: Theme.label, color: style.theme.ink)))
    }
}
