import Foundation

/// Student's t distribution.
enum StudentT {
    /// The probability of the values from -t to t.
    ///
    /// Source: M. Abramowitz, I. A. Stegun (eds.), "Handbook of Mathematical Functions", 1964, 26.7.3 and 26.7.4.
    static func probability(within t: Double, freedom: Int) -> Double {
        precondition(freedom > 0 && t >= 0)
        let n = Double(freedom)
        let (cosine, sine) = ((n / (n + t * t)).squareRoot(), t / (n + t * t).squareRoot())
        var sum = 0.0
        var term = freedom.isMultiple(of: 2) ? 1.0 : cosine
        var step = freedom.isMultiple(of: 2) ? 2.0 : 3.0
        while step <= n {
            sum += term
            term *= (step - 1) / step * cosine * cosine
            step += 2
        }
        return freedom.isMultiple(of: 2) ? sine * sum : 2 / Double.pi * (atan2(sine, cosine) + sine * sum)
    }

    /// The t within which, on both sides of zero, so much of the probability lies, to about eight digits.
    ///
    /// - Parameter share: less than one.
    static func bound(share: Double, freedom: Int) -> Double {
        precondition((0..<1).contains(share))
        var (low, high) = (0.0, 1.0)
        while probability(within: high, freedom: freedom) < share { (low, high) = (high, high * 2) }
        // No more steps than the last bit of an arc tangent, which may differ between systems, cannot turn.
        for _ in 0..<30 {
            let middle = (low + high) / 2
            if probability(within: middle, freedom: freedom) < share { low = middle } else { high = middle }
        }
        return high
    }
}
