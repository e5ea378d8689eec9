import Foundation

/// Maps numbers to pixels along a straight line.
public struct LinearScale: Sendable, Equatable {
    /// The values at the two ends of the range; the first may be the larger.
    public var domain: (lower: Double, upper: Double) { (lower, upper) }
    public var range: (start: Double, end: Double) { (start, end) }
    private var lower: Double
    private var upper: Double
    private var start: Double
    private var end: Double

    public init(domain: (Double, Double), range: (Double, Double) = (0, 1)) {
        (lower, upper) = domain
        (start, end) = range
    }

    /// The scale from the least to the greatest of the values; NaN and infinities are passed over.
    ///
    /// Without any finite value the domain is 0...1.
    public init(covering values: some Sequence<Double>, range: (Double, Double) = (0, 1)) {
        let finite = values.filter(\.isFinite)
        self.init(domain: (finite.min() ?? 0, finite.max() ?? 1), range: range)
    }

    /// The pixel of a value; all of a domain without extent lies in the middle of the range, NaN stays NaN.
    public func callAsFunction(_ value: Double) -> Double {
        guard !value.isNaN else { return .nan }
        guard lower != upper else { return (start + end) / 2 }
        let extent = upper - lower
        // The widest extents are more than a Double holds, their halves are not.
        let share = extent.isFinite ? (value - lower) / extent : (value / 2 - lower / 2) / (upper / 2 - lower / 2)
        return start + share * (end - start)
    }

    public func ranging(from start: Double, to end: Double) -> LinearScale {
        LinearScale(domain: domain, range: (start, end))
    }

    /// The scale with its domain widened to whole steps of about `count` ticks.
    ///
    /// A domain without extent, or with one too small for ticks, first gets room of half its size, or of one half round
    /// zero.
    public func nice(_ count: Int = 5) -> LinearScale {
        guard lower.isFinite, upper.isFinite else { return self }
        guard TickStep(from: lower, to: upper, count: count) != nil else {
            let room = abs(lower) < TickStep.least * 1e12 ? 0.5 : abs(lower) / 2
            let most = Double.greatestFiniteMagnitude
            return LinearScale(domain: (max(lower - room, -most), min(lower + room, most)), range: range).nice(count)
        }
        var result = self
        // Widening may lengthen the step, so a second pass may widen further; it settles after that.
        for _ in 0..<3 {
            guard let step = TickStep(from: result.lower, to: result.upper, count: count) else { break }
            let isReversed = result.lower > result.upper
            // A value that is a multiple but for its last bits is none, and must not be left out.
            let least = min(step.floor(min(result.lower, result.upper)), result.lower, result.upper)
            let most = max(step.ceiling(max(result.lower, result.upper)), result.lower, result.upper)
            guard least.isFinite, most.isFinite else { break }
            (result.lower, result.upper) = isReversed ? (most, least) : (least, most)
        }
        return result
    }
}

extension LinearScale {
    public static func == (a: LinearScale, b: LinearScale) -> Bool {
        a.domain == b.domain && a.range == b.range
    }

    /// Round values inside the domain, about `count` of them, from its first end to its second.
    ///
    /// Source: the rule of d3-array's `ticks`: steps of 1, 2 or 5 times a power of ten. A domain without extent has
    /// its one value, a domain that is not finite none.
    public func ticks(_ count: Int = 5) -> [Double] {
        guard lower.isFinite, upper.isFinite, count > 0 else { return [] }
        guard lower != upper else { return [lower] }
        guard let step = TickStep(from: lower, to: upper, count: count) else { return [] }
        let values = step.multiples(from: min(lower, upper), to: max(lower, upper))
        return lower < upper ? values : values.reversed()
    }

    /// Decimals that tell the ticks apart; below zero for ticks that differ by tens or more.
    public func tickDecimals(_ count: Int = 5) -> Int {
        TickStep(from: lower, to: upper, count: count)?.decimals ?? 0
    }
}

/// The distance of two ticks: `factor * 10^power`, kept apart so that multiples come out exact.
struct TickStep {
    private let factor: Double
    private let power: Int

    /// Below this distance, powers of ten or their inverses are no Doubles any more.
    static let least = 1e-290

    /// - Returns: nil unless the ends are finite and differ by enough for steps of ``least``.
    init?(from start: Double, to stop: Double, count: Int) {
        let parts = Double(max(count, 1))
        let extent = abs(stop - start)
        let raw = extent.isFinite ? extent / parts : abs(stop / parts - start / parts)
        guard raw.isFinite, raw >= TickStep.least else { return nil }
        power = Int(saturating: log10(raw).rounded(.down))
        let error = raw / pow(10, Double(power))
        // Geometric means of neighbouring factors: sqrt(1 * 2), sqrt(2 * 5), sqrt(5 * 10).
        factor = error >= 50.0.squareRoot() ? 10 : error >= 10.0.squareRoot() ? 5 : error >= 2.0.squareRoot() ? 2 : 1
    }

    var decimals: Int { factor == 10 ? -power - 1 : -power }

    /// In rising order, each once: where steps are finer than the numbers, neighbours are the same number.
    func multiples(from lower: Double, to upper: Double) -> [Double] {
        let (first, last) = (count(lower).rounded(.up), count(upper).rounded(.down))
        guard first <= last else { return [] }
        let lastBits = 1e-9 * multiple(1)
        var multiples: [Double] = []
        for index in 0...Int(saturating: last - first) {
            let value = multiple(first + Double(index))
            guard value >= lower - lastBits, value <= upper + lastBits, value.isFinite else { continue }
            if value > multiples.last ?? -.infinity { multiples.append(value) }
        }
        return multiples
    }

    func floor(_ value: Double) -> Double { multiple(count(value).rounded(.down)) }

    func ceiling(_ value: Double) -> Double { multiple(count(value).rounded(.up)) }

    /// How many steps make up the value; whole where the value is a multiple up to the last bits.
    private func count(_ value: Double) -> Double {
        let steps = power < 0 ? value * pow(10, Double(-power)) / factor : value / (pow(10, Double(power)) * factor)
        let nearest = steps.rounded()
        return abs(steps - nearest) < max(1e-9, 8 * nearest.ulp) ? nearest : steps
    }

    /// - Parameter count: a whole number.
    private func multiple(_ count: Double) -> Double {
        // Division by a power of ten is exact to the last bit where multiplication by its inverse is not. Zero is added
        // so that there is no minus before a zero.
        power < 0 ? count * factor / pow(10, Double(-power)) + 0 : count * factor * pow(10, Double(power)) + 0
    }
}
