/// The measured part of a plot: how much room axes and labels take round the marks.
struct PlotLayout {
    private(set) var x: ResolvedAxis
    private(set) var y: ResolvedAxis
    private(set) var insets: (top: Double, right: Double, bottom: Double, left: Double) = (0, 0, 0, 0)
    /// Labels above the plot, each with its row, counted from the plot upwards.
    private var topLabels: [PlacedTopLabel] = []
    private let endLabels: [EndLabel]
    /// The title of the y axis, which may be longer than a line.
    let titleLines: [String]
    private let isDownward: Bool

    private static let topRow = Theme.label.lineHeight

    /// - Parameter sides: margins left and right; nil takes those that the plot needs.
    init(_ plot: Plot, width: Double, sides: (left: Double, right: Double)? = nil, _ style: Style) {
        x = ResolvedAxis(plot.x, values: plot.marks.flatMap(\.xValues), style.numbers)
        y = ResolvedAxis(plot.y, values: plot.marks.flatMap(\.yValues), style.numbers)
        y.fit(into: Theme.longestLabel, style)
        titleLines =
            plot.y.title.map { LineBreaking.lines(of: $0, in: width, Theme.strongLabel, style) } ?? []
        let ends = plot.marks.flatMap(\.endLabels)
        let texts = style.fitted(ends.map(\.text), into: Theme.longestLabel, Theme.strongLabel)
        endLabels = zip(ends, texts).map { label, text in
            var label = label
            label.text = text
            return label
        }
        isDownward = plot.y.isBand
        let font = Theme.label
        if !y.labels.isEmpty {
            insets.left = style.width(of: y.labels.map(\.label) + y.reservedLabels, in: font) + Theme.labelGap
        }
        let endWidth = style.width(of: endLabels.map(\.text), in: Theme.strongLabel)
        // Half of a last tick label may stick out.
        insets.right = endLabels.isEmpty ? overhang(style) : endWidth + signWidth + Theme.endLabelGap
        insets.bottom = bottom(plot)
        if let sides { (insets.left, insets.right) = sides }
        x.thin(from: insets.left, to: width - insets.right, style)
        placeTopLabels(plot, width: width, style)
        let rows = topLabels.map { $0.row + 1 }.max() ?? 0
        let title =
            titleLines.isEmpty ? 0 : Double(titleLines.count) * Theme.strongLabel.lineHeight + Theme.tightSpacing
        insets.top = title + Double(rows) * PlotLayout.topRow + (y.isBand || y.ticks.isEmpty ? 0 : font.size / 2)
    }

    /// What the pieces of lines before the direct labels take; nothing where colours alone tell them apart.
    private var signWidth: Double {
        endLabels.allSatisfy(\.dash.isEmpty) ? 0 : Theme.legendSignWidth + Theme.labelGap
    }

    func area(in frame: Rect) -> PlotArea {
        let inner = frame.inset(top: insets.top, right: insets.right, bottom: insets.bottom, left: insets.left)
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
        return title + Theme.labelGap + Theme.label.lineHeight * Double(plot.x.labelLines)
    }

    /// Gives the labels the lowest rows in which they fit beside their rules.
    private mutating func placeTopLabels(_ plot: Plot, width: Double, _ style: Style) {
        let scale = x.scale(from: insets.left, to: width - insets.right)
        let labels = plot.marks.flatMap(\.topLabels).filter { scale($0.value).isFinite }
            .sorted { $0.value < $1.value }
        let places = labels.map { label in
            let length = style.width(of: label.text, in: Theme.label)
            return labels.indices.flatMap { row in
                [TextLine.Alignment.start, .end].map {
                    PlacedTopLabel(label, row: row, $0, position: scale(label.value), length: length)
                }
            }.filter { $0.span.lowerBound >= 0 && $0.span.upperBound <= width }
        }
        topLabels =
            PlotLayout.lowestPlaces(places[...], beside: [])
            ?? places.enumerated().compactMap { row, places in
                places.first { $0.row == row }
            }
    }

    /// One place for each label, none in another's way, with the least sum of rows.
    private static func lowestPlaces(
        _ choices: ArraySlice<[PlacedTopLabel]>, beside placed: [PlacedTopLabel]
    ) -> [PlacedTopLabel]? {
        guard let first = choices.first else { return placed }
        let solutions = first.filter { place in placed.allSatisfy(place.isClear) }
            .compactMap { lowestPlaces(choices.dropFirst(), beside: placed + [$0]) }
        return solutions.min { $0.map(\.row).reduce(0, +) < $1.map(\.row).reduce(0, +) }
    }

    func drawTopLabels(_ area: PlotArea, on drawing: inout Drawing, _ style: Style) {
        for place in topLabels {
            let position = area.x(place.label.value)
            let bottom = area.frame.y - Double(place.row) * PlotLayout.topRow
            let shift = place.alignment == .start ? Theme.ruleLabelGap : -Theme.ruleLabelGap
            let at = Point(position + shift, bottom - PlotLayout.topRow + Theme.label.baseline - 3)
            drawing.add(
                .text(
                    TextLine(place.label.text, at: at, place.alignment, font: Theme.label, color: place.label.color)))
            if place.row > 0 {
                drawing.stroke(
                    .line(Point(position, area.frame.y), Point(position, bottom)),
                    Stroke(place.label.color, width: Theme.hairline))
            }
        }
    }

    /// Writes the direct labels, pushed apart where their values are close; at the bottom where a value has no place,
    /// as zero on a logarithmic axis.
    func drawEndLabels(_ area: PlotArea, on drawing: inout Drawing, _ style: Style) {
        let font = Theme.strongLabel
        let sorted = endLabels.map { label in
            let y = area.y(label.value)
            return (label, y.isFinite ? y : area.frame.maxY)
        }.sorted { $0.1 < $1.1 }
        let top = area.frame.y + font.size / 2
        let places = Spread.apart(
            sorted.map(\.1), by: font.lineHeight, in: top...max(top, area.frame.maxY - font.size / 2))
        for ((label, _), y) in zip(sorted, places) {
            let left = area.frame.maxX + Theme.endLabelGap
            if signWidth > 0 {
                drawing.stroke(
                    .line(Point(left, y), Point(left + Theme.legendSignWidth, y)),
                    Stroke(label.color, width: Theme.strongLine, dash: label.dash))
            }
            let at = Point(left + signWidth, y + font.capHeight / 2)
            drawing.add(.text(TextLine(label.text, at: at, font: font, color: label.color)))
        }
    }
}

/// A label above a plot at one of the places that it could have.
private struct PlacedTopLabel {
    let label: TopLabel
    /// Counted from the plot upwards.
    let row: Int
    let alignment: TextLine.Alignment
    /// The rule, in pixels.
    let position: Double
    /// From the text's start to its end, in pixels.
    let span: ClosedRange<Double>

    init(_ label: TopLabel, row: Int, _ alignment: TextLine.Alignment, position: Double, length: Double) {
        self.label = label
        self.row = row
        self.alignment = alignment
        self.position = position
        let gap = Theme.ruleLabelGap
        span = alignment == .start ? position + gap...position + gap + length : position - gap - length...position - gap
    }

    /// Whether the texts keep a distance and neither's line to the plot runs through the other.
    func isClear(of other: PlacedTopLabel) -> Bool {
        if row == other.row {
            let distance = 2 * Theme.ruleLabelGap
            return span.lowerBound >= other.span.upperBound + distance
                || other.span.lowerBound >= span.upperBound + distance
        }
        let (higher, lower) = row > other.row ? (self, other) : (other, self)
        return !(lower.span.lowerBound - 2...lower.span.upperBound + 2).contains(higher.position)
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
