/// One axis of a plot: what lies along it and how it is labelled.
public struct Axis: Sendable {
    enum Kind: Sendable {
        case linear(domain: (Double, Double)?, ticks: Int)
        case log(ticks: Int)
        case band(labels: [String], padding: Double)
    }

    let kind: Kind

    fileprivate var tickCount: Int {
        switch kind {
        case .linear(_, let count), .log(let count): count
        case .band(let labels, _): labels.count
        }
    }

    public var title: String?
    /// Whether lines across the plot carry the ticks to the marks.
    public var hasGrid = true
    /// Lines among which the labels take turns, for long names below narrow columns.
    public var labelLines = 1
    /// From one labelled category to the next, for more categories than labels have room.
    public var labelStep = 1
    /// Whether the ticks are labelled; without labels the grid stays.
    public var hasTickLabels = true
    /// Labels for which there must be room, shown or not: plots one below the other are then aligned.
    public var reservedLabels: [String] = []
    /// Whether there is nothing between whole numbers, as between epochs.
    public var isWhole = false
    /// How the ticks are written.
    public var notation = Notation.plain

    /// What kind of numbers ticks are; the language of the figure says how it writes these.
    public enum Notation: Sendable {
        case plain
        /// Shares of one as percentages.
        case percent
        /// With a plus before what is more than nothing.
        case signed
    }

    /// Numbers.
    ///
    /// - Parameters:
    ///   - title: what the numbers are, with their unit.
    ///   - domain: the values at both ends; nil takes those of the marks, widened to whole ticks.
    ///   - ticks: how many ticks there should be, about.
    public static func linear(_ title: String? = nil, domain: (Double, Double)? = nil, ticks: Int = 5) -> Axis {
        Axis(kind: .linear(domain: domain, ticks: ticks), title: title)
    }

    /// Positive numbers, equal ratios at equal distances.
    public static func log(_ title: String? = nil, ticks: Int = 6) -> Axis {
        Axis(kind: .log(ticks: ticks), title: title)
    }

    /// Categories, from left to right or from top to bottom.
    ///
    /// - Parameters:
    ///   - labels: of the categories, in order.
    ///   - title: what the categories are.
    ///   - padding: share of each category's room that stays free.
    public static func band(_ labels: [String], _ title: String? = nil, padding: Double = 0.25) -> Axis {
        Axis(kind: .band(labels: labels, padding: padding), title: title, hasGrid: false)
    }

    /// The axis after a change.
    public func with(_ change: (inout Axis) -> Void) -> Axis {
        var axis = self
        change(&axis)
        return axis
    }
}

extension NumberFormat {
    /// The text of a tick.
    ///
    /// - Parameter decimals: how many tell the ticks apart; below zero where not even all digits before the point are
    ///   needed for that.
    func tick(_ value: Double, decimals: Int, _ notation: Axis.Notation) -> String {
        switch notation {
        case .plain: exact(value, places: decimals)
        case .percent: percentage(value, places: max(0, decimals - 2))
        case .signed: signed(value, places: decimals)
        }
    }
}

/// An axis whose domain is settled: its ticks and their labels, before anything has a place.
struct ResolvedAxis {
    private(set) var ticks: [(value: Double, label: String)] = []
    /// The labels that are shown.
    var labels: [(value: Double, label: String)] {
        guard axis.hasTickLabels else { return [] }
        return base.isBand ? ticks.filter { Int($0.value).isMultiple(of: axis.labelStep) } : ticks
    }
    /// Labels for which there must be room.
    private(set) var reservedLabels: [String]
    private let axis: Axis
    private let base: PositionScale
    private let numbers: NumberFormat

    init(_ axis: Axis, values: [Double], _ numbers: NumberFormat) {
        self.axis = axis
        reservedLabels = axis.reservedLabels
        self.numbers = numbers
        switch axis.kind {
        case .linear(let domain, let count):
            let scale = domain.map { LinearScale(domain: $0) } ?? LinearScale(covering: values).nice(count)
            base = .linear(scale)
        case .log: base = .log(LogScale(covering: values))
        case .band(let labels, let padding):
            base = .band(BandScale(count: labels.count, padding: padding, range: (0, 1)))
        }
        ticks = ticks(about: axis.tickCount)
    }

    func scale(from start: Double, to end: Double) -> PositionScale { base.ranging(from: start, to: end) }

    /// Takes fewer ticks until the labels, side by side, keep a distance.
    mutating func thin(from start: Double, to end: Double, _ style: Style) {
        guard !base.isBand, axis.hasTickLabels else { return }
        let scale = scale(from: start, to: end)
        for count in stride(from: axis.tickCount, through: 1, by: -1) {
            ticks = ticks(about: count)
            let edges = ticks.map { tick in
                let half = style.width(of: tick.label, in: Theme.label) / 2
                return (scale(tick.value) - half, scale(tick.value) + half)
            }
            if zip(edges, edges.dropFirst()).allSatisfy({ $0.1 + Theme.label.size / 2 <= $1.0 }) { return }
        }
    }

    /// Makes the labels, and those for which room is reserved, no wider than `width`, if they are names.
    mutating func fit(into width: Double, _ style: Style) {
        guard base.isBand else { return }
        let fitted = style.fitted(ticks.map(\.label) + axis.reservedLabels, into: width)
        ticks = zip(ticks, fitted).map { ($0.value, $1) }
        reservedLabels = Array(fitted.dropFirst(ticks.count))
    }

    private func ticks(about count: Int) -> [(value: Double, label: String)] {
        switch base {
        case .linear(let scale):
            let count = axis.isWhole ? wholeTicks(scale, about: count) : count
            let decimals = scale.tickDecimals(count)
            return scale.ticks(count).map { ($0, text($0, decimals)) }
        case .log(let scale):
            let decimals = scale.tickDecimals(count)
            return scale.ticks(count).map { ($0, text($0, decimals)) }
        case .band:
            guard case .band(let labels, _) = axis.kind else { return [] }
            return labels.enumerated().map { (Double($0.offset), $0.element) }
        }
    }

    /// The largest number of ticks, up to `count`, that lie on whole numbers.
    private func wholeTicks(_ scale: LinearScale, about count: Int) -> Int {
        stride(from: count, to: 1, by: -1).first { scale.tickDecimals($0) <= 0 } ?? 1
    }

    private func text(_ value: Double, _ decimals: Int) -> String {
        numbers.tick(value, decimals: decimals, axis.notation)
    }

    var isBand: Bool { base.isBand }
}
