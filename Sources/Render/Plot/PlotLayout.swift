/// The measured part of a plot: how much room axes and labels take round the marks.
struct PlotLayout {
    private(set) var x: ResolvedAxis
    let y: ResolvedAxis
    private(set) var insets: (top: Double, right: Double, bottom: Double, left: Double) = (0, 0, 0, 0)
    /// Labels above the plot, each with its row, counted from the plot upwards.
    private var topLabels: [(label: TopLabel, row: Int, alignment: TextLine.Alignment)] = []
    private let endLabels: [EndLabel]
    private let isDownward: Bool

    private static let endLabelGap = 8.0
    private static let topRow = Theme.label.lineHeight

    init(_ plot: Plot, width: Double, _ style: Style) {
        x = ResolvedAxis(plot.x, values: plot.marks.flatMap(\.xValues))
        y = ResolvedAxis(plot.y, values: plot.marks.flatMap(\.yValues))
        endLabels = plot.marks.flatMap(\.endLabels)
        isDownward = plot.y.isBand
        let font = Theme.label
        if !y.labels.isEmpty { insets.left = style.width(of: y.labels.map(\.label) + plot.y.reservedLabels, in: font) + Theme.labelGap }
        let endWidth = style.width(of: endLabels.map(\.text), in: Theme.strongLabel)
        // Half of a last tick label may stick out.
        insets.right = endLabels.isEmpty ? overhang(style) : endWidth + PlotLayout.endLabelGap
        insets.bottom = bottom(plot)
        x.thin(from: insets.left, to: width - insets.right, style)
        placeTopLabels(plot, width: width, style)
        let rows = topLabels.map { $0.row + 1 }.max() ?? 0
        let title = plot.y.title == nil ? 0 : Theme.strongLabel.lineHeight + 4
        insets.top = title + Double(rows) * PlotLayout.topRow + (y.isBand || y.labels.isEmpty ? 0 : font.size / 2)
    }

    /// - Parameter sides: margins left and right; nil takes those that the plot needs.
    func area(in frame: Rect, sides: (left: Double, right: Double)?) -> PlotArea {
        let inner = frame.inset(
            top: insets.top, right: sides?.right ?? insets.right, bottom: insets.bottom,
            left: sides?.left ?? insets.left)
        return PlotArea(
            frame: inner, x: x.scale(from: inner.x, to: inner.maxX),
            y: isDownward ? y.scale(from: inner.y, to: inner.maxY) : y.scale(from: inner.maxY, to: inner.y))
    }

    private func overhang(_ style: Style) -> Double {
        guard !x.isBand, let last = x.labels.last else { return 0 }
        return (style.width(of: last.label, in: Theme.label) / 2).rounded(.up)
    }

    private func bottom(_ plot: Plot) -> Double {
        let title = plot.x.title == nil ? 0 : Theme.label.lineHeight
        guard !x.labels.isEmpty else { return title }
        return title + Theme.labelGap + Theme.label.lineHeight * (plot.x.isStaggered ? 2 : 1)
    }

    /// Gives each label the lowest row in which it touches no other.
    private mutating func placeTopLabels(_ plot: Plot, width: Double, _ style: Style) {
        let labels = plot.marks.flatMap(\.topLabels).sorted { $0.value < $1.value }
        guard !labels.isEmpty else { return }
        let scale = x.scale(from: insets.left, to: width - insets.right)
        var ends: [Double] = []
        for label in labels {
            let length = style.width(of: label.text, in: Theme.label)
            let position = scale(label.value)
            let fits = position + length + Theme.labelGap <= width
            let start = fits ? position : position - length
            let row = ends.firstIndex { $0 + 10 <= start } ?? ends.count
            if row == ends.count { ends.append(0) }
            ends[row] = start + length
            topLabels.append((label, row, fits ? .start : .end))
        }
    }

    func drawTopLabels(_ area: PlotArea, on drawing: inout Drawing, _ style: Style) {
        for (label, row, alignment) in topLabels {
            let position = area.x(label.value)
            let bottom = area.frame.y - Double(row) * PlotLayout.topRow
            let at = Point(position, bottom - PlotLayout.topRow + Theme.label.baseline - 3)
            drawing.add(.text(TextLine(label.text, at: at, alignment, font: Theme.label, color: label.color)))
            if row > 0 {
                drawing.stroke(
                    .line(Point(position, area.frame.y), Point(position, bottom)),
                    Stroke(label.color, width: Theme.hairline))
            }
        }
    }

    /// Writes the direct labels, pushed apart where their values are close.
    func drawEndLabels(_ area: PlotArea, on drawing: inout Drawing, _ style: Style) {
        let font = Theme.strongLabel
        let sorted = endLabels.sorted { area.y($0.value) < area.y($1.value) }
        let places = Spread.apart(
            sorted.map { area.y($0.value) }, by: font.lineHeight,
            in: area.frame.y + font.size / 2...area.frame.maxY - font.size / 2)
        for (label, y) in zip(sorted, places) {
            let at = Point(area.frame.maxX + PlotLayout.endLabelGap, y + font.capHeight / 2)
            drawing.add(.text(TextLine(label.text, at: at, font: font, color: label.color)))
        }
    }
}

/// Keeps labels from lying on each other.
enum Spread {
    /// Moves positions, given in rising order, as little as needed so that neighbours are `distance` apart and all
    /// stay within `bounds`; if there is no room for that, the bounds give way at their end.
    static func apart(_ positions: [Double], by distance: Double, in bounds: ClosedRange<Double>) -> [Double] {
        var places = positions
        for index in places.indices {
            let least = index == 0 ? bounds.lowerBound : places[index - 1] + distance
            places[index] = max(places[index], least)
        }
        var most = bounds.upperBound
        for index in places.indices.reversed() {
            let least = bounds.lowerBound + Double(index) * distance
            places[index] = max(min(places[index], most), least)
            most = places[index] - distance
        }
        return places
    }
}
