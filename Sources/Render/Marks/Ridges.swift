/// How the values of each category are distributed: a hill in each category's band.
public struct Ridges: Mark {
    public struct Ridge: Sendable {
        /// Position of the category, from zero.
        public var category: Int
        public var histogram: Histogram
        public var color: Color

        public init(category: Int, histogram: Histogram, color: Color) {
            self.category = category
            self.histogram = histogram
            self.color = color
        }
    }

    public var ridges: [Ridge]

    public init(_ ridges: [Ridge]) { self.ridges = ridges }

    public var xValues: [Double] { ridges.flatMap { [$0.histogram.range.lowerBound, $0.histogram.range.upperBound] } }

    public func draw(in area: PlotArea, on drawing: inout Drawing, _ style: Style) {
        for ridge in ridges {
            let most = Double(ridge.histogram.counts.max() ?? 0)
            guard most > 0 else { continue }
            let foot = area.y(Double(ridge.category)) + area.y.bandwidth / 2
            let height = area.y.bandwidth
            var outline = [Point(area.x(ridge.histogram.range.lowerBound), foot)]
            for (bin, count) in ridge.histogram.counts.enumerated() {
                let y = foot - Double(count) / most * height
                outline.append(Point(area.x(ridge.histogram.edge(bin)), y))
                outline.append(Point(area.x(ridge.histogram.edge(bin + 1)), y))
            }
            outline.append(Point(area.x(ridge.histogram.range.upperBound), foot))
            drawing.fill(.polygon(outline), ridge.color)
        }
    }
}

/// Counts of values in bins of equal width.
public struct Histogram: Sendable, Equatable {
    public let range: ClosedRange<Double>
    public private(set) var counts: [Int]

    /// - Parameters:
    ///   - values: those outside the range, and NaN, are passed over.
    ///   - range: from the lower edge of the first bin to the upper edge of the last.
    ///   - bins: how many bins, at least 1.
    public init(of values: some Sequence<Float>, in range: ClosedRange<Double>, bins: Int) {
        precondition(bins > 0)
        self.range = range
        counts = [Int](repeating: 0, count: bins)
        let width = range.upperBound - range.lowerBound
        let scale = width > 0 ? Double(bins) / width : 0
        for value in values {
            let position = (Double(value) - range.lowerBound) * scale
            if position >= 0, position <= Double(bins) { counts[min(Int(saturating: position), bins - 1)] += 1 }
        }
    }

    /// The lower edge of a bin, or the upper edge of the last.
    public func edge(_ bin: Int) -> Double {
        let width = range.upperBound - range.lowerBound
        guard (width * Double(counts.count)).isFinite else {
            let share = Double(bin) / Double(counts.count)
            return range.lowerBound * (1 - share) + range.upperBound * share
        }
        return range.lowerBound + width * Double(bin) / Double(counts.count)
    }

    /// The upper edge of the bin in which the given share of the values has been passed; the lower end without any.
    public func quantile(_ share: Double) -> Double {
        let total = counts.reduce(0, +)
        var passed = 0
        for (bin, count) in counts.enumerated() where total > 0 {
            passed += count
            if Double(passed) >= share * Double(total) { return edge(bin + 1) }
        }
        return range.lowerBound
    }
}
