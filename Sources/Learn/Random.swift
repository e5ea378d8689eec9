/// Random numbers that are a function of seed, purpose and position alone, so that any part of a run can be made
/// again without replaying what came before.
///
/// The i-th number is SplitMix64's output function at `key + (i + 1) * 0x9E3779B97F4A7C15`.
/// Source: G. L. Steele, D. Lea, C. H. Flood, "Fast Splittable Pseudorandom Number Generators", 2014.
struct Random {
    /// What the numbers are for; different purposes never share a number, and one that is given up leaves a gap: what a
    /// seed makes must not change.
    enum Purpose: UInt64 {
        case initialWeights = 1
        case shuffle
        case dropout
        /// Images of noise, at which a trained network is tried.
        case noiseImages
        /// Where the search for principal components begins.
        case components
        /// Weights that nobody trained, beside which a trained network's answers are seen.
        case randomWeights = 17
        /// Images that are to become what an output wishes for.
        case wishedImages = 19
    }

    private let key: UInt64
    private var position: UInt64 = 0

    /// - Parameter index: which of the purpose's sequences: the parameter's number, or the epoch.
    init(seed: UInt64, purpose: Purpose, index: Int) {
        let forPurpose = Random.mixed(seed &+ purpose.rawValue &* Random.step)
        key = Random.mixed(forPurpose &+ UInt64(truncatingIfNeeded: index) &* Random.step)
    }

    /// The number at a position, from zero, whatever was drawn before.
    func number(at position: Int) -> UInt64 {
        Random.mixed(key &+ (UInt64(truncatingIfNeeded: position) &+ 1) &* Random.step)
    }

    mutating func next() -> UInt64 {
        position &+= 1
        return Random.mixed(key &+ position &* Random.step)
    }

    /// Uniform in 0..<bound. The bias, below bound / 2^64, is not worth a rejection.
    mutating func next(below bound: Int) -> Int {
        Int(next().multipliedFullWidth(by: UInt64(bound)).high)
    }

    /// Uniform in [0, 1), a multiple of 2^-24: exact in single precision.
    mutating func unit() -> Float { Float(next() >> 40) * 0x1p-24 }

    private static let step: UInt64 = 0x9E37_79B9_7F4A_7C15

    private static func mixed(_ value: UInt64) -> UInt64 {
        var z = value
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

extension Random {
    /// The numbers 0..<count in random order (Fisher and Yates).
    mutating func permutation(_ count: Int) -> [Int32] {
        var order = (0..<Int32(count)).map { $0 }
        for last in stride(from: count - 1, to: 0, by: -1) { order.swapAt(last, next(below: last + 1)) }
        return order
    }
}
