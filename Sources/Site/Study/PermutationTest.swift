/// Whether two samples differ by more than chance: the exact permutation test of the difference of their means.
///
/// If what tells the samples apart makes no difference, each way of dealing the values into two samples of these sizes
/// is as likely as the other. The test counts the deals whose means lie at least as far apart as those found, in either
/// direction. It assumes nothing of how the values are distributed.
///
/// Source: E. J. G. Pitman, "Significance tests which may be applied to samples from any populations", Supplement to
/// the Journal of the Royal Statistical Society 4, 1937; the deals are counted by the shift algorithm of
/// B. Streitberg, J. Röhmel, "Exact distributions for permutation and rank tests", Statistical Software Newsletter
/// 12, 1986.
struct PermutationTest: Equatable {
    /// Probability of a difference at least as large by chance alone.
    let probability: Double

    /// - Precondition: neither sample is empty.
    init(_ sample: [Int], _ other: [Int]) {
        precondition(!sample.isEmpty && !other.isEmpty)
        let least = min(sample.min() ?? 0, other.min() ?? 0)
        let values = (sample + other).map { $0 - least }
        let total = values.reduce(0, +)
        let sums = PermutationTest.subsets(of: values, size: sample.count)
        // The means of a deal lie apart as its first sum lies from that sample's share of the total.
        func distance(_ sum: Int) -> Int { abs(sum * values.count - total * sample.count) }
        let found = distance(sample.reduce(0) { $0 + $1 - least })
        var (all, extreme) = (0.0, 0.0)
        for (sum, count) in sums.enumerated() {
            all += count
            if distance(sum) >= found { extreme += count }
        }
        probability = extreme / all
    }

    /// How many subsets of a size have each sum, from zero on. Counts beyond 2^53 are rounded.
    private static func subsets(of values: [Int], size: Int) -> [Double] {
        let width = values.sorted().suffix(size).reduce(0, +) + 1
        var counts = [Double](repeating: 0, count: (size + 1) * width)
        counts[0] = 1
        for (taken, value) in values.enumerated() where value < width {
            for members in stride(from: min(taken + 1, size), to: 0, by: -1) {
                let (target, source) = (members * width, (members - 1) * width)
                for sum in value..<width { counts[target + sum] += counts[source + sum - value] }
            }
        }
        return Array(counts[(size * width)...])
    }
}
