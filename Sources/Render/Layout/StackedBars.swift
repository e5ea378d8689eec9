/// Level bars on one scale, one below the other, each cut into the parts of a whole.
public struct StackedBars: Component {
    public struct Part: Sendable {
        public var value: Double
        public var color: Color
        /// Stands below the part, if there is room.
        public var label: String
        /// Whether the label has the part's colour, for the part to be seen first.
        public var isStrong: Bool

        public init(_ value: Double, color: Color, label: String, isStrong: Bool = false) {
            self.value = value
            self.color = color
            self.label = label
            self.isStrong = isStrong
        }
    }

    public struct Bar: Sendable {
        /// Stands above the bar, with the total behind it.
        public var name: String
        public var nameColor: Color
        public var total: String
        /// From left to right.
        public var parts: [Part]

        public init(name: String, nameColor: Color, total: String, parts: [Part]) {
            self.name = name
            self.nameColor = nameColor
            self.total = total
            self.parts = parts
        }

        fileprivate var value: Double { parts.map(\.value).reduce(0, +) }
    }

    public var bars: [Bar]

    public init(_ bars: [Bar]) { self.bars = bars }

    /// Parts of less than this share of their whole have no label.
    private static let leastShare = 0.02
    private static let thickness = 20.0
    /// Between a bar and the labels below it.
    private static let leader = 7.0
    private static let pitch = 2 * Theme.label.lineHeight + thickness + leader + Theme.spacing

    public func size(in width: Double, _ style: Style) -> Size {
        Size(width, max(StackedBars.pitch * Double(bars.count) - Theme.spacing, 0))
    }

    public func draw(in frame: Rect, on drawing: inout Drawing, _ style: Style) {
        let most = max(bars.map(\.value).max() ?? 0, .leastNormalMagnitude)
        for (index, bar) in bars.enumerated() {
            let y = frame.y + Double(index) * StackedBars.pitch
            drawHeading(bar, in: Rect(frame.x, y, frame.width, Theme.label.lineHeight), on: &drawing, style)
            let top = y + Theme.label.lineHeight
            var x = frame.x
            var labels: [(part: Part, middle: Double)] = []
            for part in bar.parts {
                let rect = Rect(x, top, frame.width * part.value / most, StackedBars.thickness)
                // What is too narrow for a gap beside it keeps its extent.
                let gap = rect.width > 3 ? Theme.hairline : 0
                drawing.fill(.rectangle(rect.inset(right: gap)), part.color)
                if !part.label.isEmpty, part.value >= StackedBars.leastShare * bar.value {
                    labels.append((part, rect.midX))
                }
                x = rect.maxX
            }
            let place = Rect(frame.x, top + StackedBars.thickness, frame.width, StackedBars.leader)
            drawLabels(labels, below: place, on: &drawing, style)
        }
    }

    private func drawHeading(_ bar: Bar, in frame: Rect, on drawing: inout Drawing, _ style: Style) {
        let (font, y) = (Theme.strongLabel, frame.y + Theme.label.baseline - 2)
        let totalWidth = style.width(of: bar.total, in: Theme.label)
        let name = style.fitted(bar.name, into: frame.width - totalWidth - Theme.endLabelGap, font)
        drawing.add(.text(TextLine(name, at: Point(frame.x, y), font: font, color: bar.nameColor)))
        let x = frame.x + style.width(of: name, in: font) + Theme.endLabelGap
        drawing.add(
            .text(TextLine(bar.total, at: Point(x, y), font: Theme.label, color: style.theme.mutedInk)))
    }

    /// Each below the middle of its part, or as far beside it as its neighbours ask for; without room for all, those of
    /// the smallest parts are left out.
    private func drawLabels(
        _ labels: [(part: Part, middle: Double)], below place: Rect, on drawing: inout Drawing, _ style: Style
    ) {
        var labels = labels
        func width(_ part: Part) -> Double { style.width(of: part.label, in: font(part)) }
        while labels.map({ width($0.part) + Theme.columnGap }).reduce(0, +) > place.width + Theme.columnGap {
            let smallest = labels.indices.filter { !labels[$0].part.isStrong }
                .min { labels[$0].part.value < labels[$1].part.value }
            labels.remove(at: smallest ?? labels.count - 1)
        }
        let widths = labels.map { width($0.part) }
        var lefts = zip(labels, widths).map { $0.middle - $1 / 2 }
        for index in lefts.indices {
            let least = index == 0 ? place.x : lefts[index - 1] + widths[index - 1] + Theme.columnGap
            lefts[index] = max(lefts[index], least)
        }
        var end = place.maxX
        for index in lefts.indices.reversed() {
            lefts[index] = min(lefts[index], end - widths[index])
            end = lefts[index] - Theme.columnGap
        }
        for (index, label) in labels.enumerated() {
            let color = label.part.isStrong ? label.part.color : style.theme.ink
            let middle = lefts[index] + widths[index] / 2
            drawing.stroke(
                .line(Point(label.middle, place.y + 1), Point(middle, place.maxY)),
                Stroke(label.part.isStrong ? color : style.theme.mutedInk, width: Theme.hairline))
            let at = Point(lefts[index], place.maxY + Theme.label.baseline)
            drawing.add(.text(TextLine(label.part.label, at: at, font: font(label.part), color: color)))
        }
    }

    private func font(_ part: Part) -> Font { part.isStrong ? Theme.strongLabel : Theme.label }
}
