import Foundation

/// Maps positive numbers to pixels so that equal ratios are equal distances.
public struct LogScale: Sendable, Equatable {
    private let lower: Double
    private let upper: Double
    private let start: Double
    private let end: Double

    /// - Precondition: both ends of the domain are positive.
    public init(domain: (Double, Double), range: (Double, Double) = (0, 1)) {
        precondition(domain.0 > 0 && domain.1 > 0, "a logarithmic scale knows positive numbers only")
        (lower, upper) = domain
        (start, end) = range
    }

    /// The scale from the least to the greatest of the values with a little room at both ends.
    ///
    /// NaN, infinities and what is not positive are passed over; without any value left the domain is 0.1...1.
    public init(covering values: some Sequence<Double>) {
        let usable = values.filter { $0.isFinite && $0 > 0 }
        let room = 1.06
        self.init(domain: ((usable.min() ?? 0.1) / room, (usable.max() ?? 1) * room))
    }

    /// The pixel of a value; NaN for a value that is not positive.
    public func callAsFunction(_ value: Double) -> Double {
        guard value > 0 else { return .nan }
        guard lower != upper else { return (start + end) / 2 }
        return start + log(value / lower) / log(upper / lower) * (end - start)
    }

    public func ranging(from start: Double, to end: Double) -> LogScale {
        LogScale(domain: (lower, upper), range: (start, end))
    }

    /// Round values inside the domain, at most about `count` of them, in rising order.
    public func ticks(_ count: Int = 5) -> [Double] {
        let (low, high) = (min(lower, upper), max(lower, upper))
        let powers = Int(log10(low).rounded(.down))...Int(log10(high).rounded(.up))
        let choices: [[Double]] = [[1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 2, 3, 5], [1, 2, 5], [1, 3], [1]]
        let ticks = choices.map { factors in
            powers.flatMap { power in
                // Division by a power of ten is exact to the last bit where multiplication by its inverse is not.
                factors.map { power < 0 ? $0 / pow(10, Double(-power)) : $0 * pow(10, Double(power)) }
            }.filter { $0 >= low && $0 <= high }
        }
        return ticks.first { $0.count <= count } ?? ticks[ticks.count - 1]
    }
}
