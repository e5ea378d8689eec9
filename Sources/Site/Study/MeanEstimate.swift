/// The mean of a sample and how far off it may be.
struct MeanEstimate: Sendable, Equatable {
    let count: Int
    let mean: Double
    /// Standard deviation, estimated from the sample (n - 1).
    let deviation: Double
    let lowest: Double
    let highest: Double

    /// - Precondition: there are at least two values.
    init(_ values: [Double]) {
        precondition(values.count > 1, "one value says nothing of its spread")
        count = values.count
        // Squares of what a training gone astray leaves may be more than a Double holds.
        let reach = values.lazy.map(abs).max() ?? 0
        let unit = reach > 1e100 ? reach : 1
        let mean = values.reduce(0) { $0 + $1 / unit } / Double(count)
        self.mean = mean * unit
        let squares = values.reduce(0) { $0 + ($1 / unit - mean) * ($1 / unit - mean) }
        deviation = (squares / Double(count - 1)).squareRoot() * unit
        lowest = values.min() ?? mean
        highest = values.max() ?? mean
    }

    /// Share of such intervals that hold the mean of all that might have been sampled.
    static let confidence = 0.95

    /// Half the width of the interval of confidence of the mean.
    ///
    /// Source: Student, "The probable error of a mean", Biometrika 6, 1908.
    var margin: Double {
        StudentT.bound(share: MeanEstimate.confidence, freedom: count - 1) * deviation / Double(count).squareRoot()
    }

    var interval: ClosedRange<Double> {
        let (margin, most) = (margin, Double.greatestFiniteMagnitude)
        return max(mean - margin, -most)...min(mean + margin, most)
    }
}
