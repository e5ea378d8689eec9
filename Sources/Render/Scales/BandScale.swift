/// Gives each of a number of categories a band of the same width.
public struct BandScale: Sendable, Equatable {
    public let count: Int
    /// Share of a step that is left free between two bands, and half of it at each end.
    public let padding: Double
    private let start: Double
    private let end: Double

    public init(count: Int, padding: Double = 0, range: (Double, Double)) {
        self.count = count
        self.padding = padding
        (start, end) = range
    }

    /// Distance of two bands' centres, negative if the range runs backwards.
    public var step: Double { (end - start) / Double(max(count, 1)) }

    public var bandwidth: Double { abs(step) * (1 - padding) }

    /// The pixel in the middle of a category's band; categories count from zero.
    public func callAsFunction(_ category: Double) -> Double { start + (category + 0.5) * step }
}

/// Where a value lies along an axis.
public enum PositionScale: Sendable, Equatable {
    case linear(LinearScale)
    case log(LogScale)
    case band(BandScale)

    /// The pixel of a value, or of the middle of a category's band.
    public func callAsFunction(_ value: Double) -> Double {
        switch self {
        case .linear(let scale): scale(value)
        case .log(let scale): scale(value)
        case .band(let scale): scale(value)
        }
    }

    func ranging(from start: Double, to end: Double) -> PositionScale {
        switch self {
        case .linear(let scale): .linear(scale.ranging(from: start, to: end))
        case .log(let scale): .log(scale.ranging(from: start, to: end))
        case .band(let scale):
            .band(BandScale(count: scale.count, padding: scale.padding, range: (start, end)))
        }
    }

    var isBand: Bool {
        if case .band = self { true } else { false }
    }

    /// Width of a category's band; zero on a linear scale.
    public var bandwidth: Double {
        switch self {
        case .linear, .log: 0
        case .band(let scale): scale.bandwidth
        }
    }
}
