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
        self.init(
            domain: ((usable.min() ?? 0.1) / room, min((usable.max() ?? 1) * room, Double.greatestFiniteMagnitude)))
    }

    /// The pixel of a value; NaN for a value that is not positive.
    public func callAsFunction(_ value: Double) -> Double {
        guard value > 0 else { return .nan }
        // Differences of logarithms, for the ratio of two numbers may be none.
        let extent = log(upper) - log(lower)
        guard extent != 0 else { return (start + end) / 2 }
        return start + (log(value) - log(lower)) / extent * (end - start)
    }

    public func ranging(from start: Double, to end: Double) -> LogScale {
        LogScale(domain: (lower, upper), range: (start, end))
    }
}

extension LogScale {
    /// Round values inside the domain, at most about `count` of them, in rising order.
    ///
    /// Where the domain is so narrow that fewer than two of them have one digit, they are those of a linear scale.
    public func ticks(_ count: Int = 5) -> [Double] {
        let ticks = digitTicks(count)
        return ticks.count < 2 ? linear.ticks(count) : ticks
    }

    /// Decimals that tell the ticks apart; below zero for ticks that are tens or more.
    public func tickDecimals(_ count: Int = 5) -> Int {
        let ticks = digitTicks(count)
        guard let first = ticks.first, ticks.count > 1 else { return linear.tickDecimals(count) }
        return -Int(saturating: log10(first).rounded(.down))
    }

    private var linear: LinearScale { LinearScale(domain: (min(lower, upper), max(lower, upper))) }

    /// One digit times a power of ten each, the fewer digits and powers the wider the domain.
    private func digitTicks(_ count: Int) -> [Double] {
        let (low, high) = (min(lower, upper), max(lower, upper))
        guard high.isFinite, count > 0 else { return [] }
        let powers = Int(saturating: log10(low).rounded(.down))...Int(saturating: log10(high).rounded(.up))
        let choices: [(digits: [Int], everyPower: Int)] =
            [[1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 2, 3, 5], [1, 2, 5], [1, 3]].map { ($0, 1) }
            + [1, 2, 5, 10, 20, 50, 100, 200].map { ([1], $0) }
        let ticks = choices.lazy.map { digits, everyPower in
            powers.filter { $0.isMultiple(of: everyPower) }.flatMap { power in
                // Read as a decimal number, which is exact to the last bit where arithmetic with powers of ten is not.
                digits.compactMap { Double("\($0)e\(power)") }
            }.filter { $0 >= low && $0 <= high }
        }
        guard let fitting = ticks.first(where: { $0.count <= count }) else { return [] }
        // The smallest numbers lie so far apart that some digits mean the same one.
        return zip(fitting, fitting.dropFirst() + [.infinity]).filter { $0 < $1 }.map(\.0)
    }
}
