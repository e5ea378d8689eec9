import Foundation

/// The straight line through a stretch of values, one an epoch, and how sure its slope is.
///
/// Neighbouring epochs need not err independently: the slope's error respects their correlation over some epochs, and
/// is never taken for smaller than that of independent ones.
///
/// Source: W. K. Newey, K. D. West, "A simple, positive semi-definite, heteroskedasticity and autocorrelation
/// consistent
/// covariance matrix", Econometrica 55, 1987, with Bartlett's weights and the usual correction for few values.
struct Trend: Equatable {
    /// From the stretch's first to its last value, along the line.
    let change: Double
    /// Standard error of ``change``.
    let error: Double
    /// The line at the first value.
    let start: Double
    /// Degrees of freedom of the line's residuals.
    let freedom: Int

    /// - Precondition: there are at least three values.
    init(_ values: [Double]) {
        precondition(values.count > 2, "a line through two values has no error")
        let count = Double(values.count)
        let mean = values.reduce(0, +) / count
        let places = values.indices.map { Double($0) - (count - 1) / 2 }
        let spread = places.reduce(0) { $0 + $1 * $1 }
        let slope = zip(places, values).reduce(0) { $0 + $1.0 * ($1.1 - mean) } / spread
        let residuals = zip(places, values).map { $1 - mean - slope * $0 }
        let independent = residuals.reduce(0) { $0 + $1 * $1 } / (count - 2) / spread
        let correlated = Trend.longRunVariance(zip(places, residuals).map { $0 * $1 }) / (spread * spread)
        let variance = max(independent, correlated * count / (count - 2))
        change = slope * (count - 1)
        error = variance.squareRoot() * (count - 1)
        start = mean + slope * places[0]
        freedom = values.count - 2
    }

    /// What the change may be.
    ///
    /// - Parameter confidence: share of such intervals that hold the true change.
    func interval(confidence: Double) -> ClosedRange<Double> {
        let margin = StudentT.bound(share: confidence, freedom: freedom) * error
        return change - margin...change + margin
    }

    /// The variance of a sum of terms that may depend on those shortly before them.
    private static func longRunVariance(_ terms: [Double]) -> Double {
        let reach = min(terms.count - 1, Int(4 * pow(Double(terms.count) / 100, 2.0 / 9)))
        return (0...reach).reduce(0) { sum, lag in
            let products = zip(terms.dropFirst(lag), terms).reduce(0) { $0 + $1.0 * $1.1 }
            return sum + (lag == 0 ? 1 : 2 * (1 - Double(lag) / Double(reach + 1))) * products
        }
    }
}
