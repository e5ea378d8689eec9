/// How often something happens in independent trials; exact, by additions and multiplications alone, so that all
/// machines find the same digits.
struct Binomial: Equatable {
    let trials: Int
    /// Of its happening in one trial, 0...1.
    let probability: Double

    /// The probability of at most so many successes.
    func probability(atMost successes: Int) -> Double {
        guard successes >= 0 else { return 0 }
        guard successes < trials else { return 1 }
        guard probability > 0 else { return 1 }
        guard probability < 1 else { return 0 }
        // Relative to the likeliest count, so that nothing can grow too large and what is too small does not count.
        let odds = probability / (1 - probability)
        let mode = min(trials, Int(Double(trials + 1) * probability))
        var (below, all) = (mode <= successes ? 1.0 : 0, 1.0)
        var term = 1.0
        for count in stride(from: mode, to: 0, by: -1) where term > 0 {
            term *= Double(count) / Double(trials - count + 1) / odds
            all += term
            if count - 1 <= successes { below += term }
        }
        term = 1
        for count in mode..<trials where term > 0 {
            term *= Double(trials - count) / Double(count + 1) * odds
            all += term
            if count + 1 <= successes { below += term }
        }
        return below / all
    }

    /// The probability of at least so many successes.
    func probability(atLeast successes: Int) -> Double {
        Binomial(trials: trials, probability: 1 - probability).probability(atMost: trials - successes)
    }

    /// The probabilities that do not make so many successes a surprise: an interval of confidence, rather too wide than
    /// too narrow.
    ///
    /// Source: C. J. Clopper, E. S. Pearson, "The use of confidence or fiducial limits illustrated in the case of the
    /// binomial", Biometrika 26, 1934.
    ///
    /// - Parameter confidence: share of such intervals that hold the true probability, at least.
    /// - Precondition: there is a trial, and no more successes than trials.
    static func interval(_ successes: Int, of trials: Int, confidence: Double) -> ClosedRange<Double> {
        precondition(trials > 0 && (0...trials).contains(successes))
        let tail = (1 - confidence) / 2
        func bound(_ isBelow: (Binomial) -> Bool) -> Double {
            var (low, high) = (0.0, 1.0)
            for _ in 0..<40 {
                let middle = (low + high) / 2
                if isBelow(Binomial(trials: trials, probability: middle)) { low = middle } else { high = middle }
            }
            return (low + high) / 2
        }
        let lower = successes == 0 ? 0 : bound { $0.probability(atLeast: successes) < tail }
        let upper = successes == trials ? 1 : bound { $0.probability(atMost: successes) > tail }
        return min(lower, upper)...max(lower, upper)
    }
}

/// Whether two networks' answers to the same images differ by more than the choice of the images explains.
///
/// Only images that one of them gets right and the other wrong tell anything. If neither were better, each would be as
/// likely to be one's as the other's. The test is exact and two-sided; it knows nothing of other seeds.
///
/// Source: Q. McNemar, "Note on the sampling error of the difference between correlated proportions or percentages",
/// Psychometrika 12, 1947; with the binomial distribution in place of its approximation.
struct McNemarTest: Equatable {
    /// Images that the first gets right and the second wrong, and the other way round.
    let fixed, broken: Int

    /// Probability of a balance at least as uneven by chance alone.
    var probability: Double {
        let even = Binomial(trials: fixed + broken, probability: 0.5)
        return min(1, 2 * even.probability(atMost: min(fixed, broken)))
    }
}

/// Which of two is better, as far as chance lets one say.
enum Significance: String, CaseIterable {
    case better, chance, worse

    /// Probability of a difference as large by chance, below which it is not taken for chance.
    static let level = 0.05

    /// - Parameters:
    ///   - difference: above zero if the first is better.
    ///   - probability: of one as large by chance.
    ///   - scale: of the level.
    init(_ difference: Double, probability: Double, scale: Double) {
        self = probability >= Significance.level * scale ? .chance : difference > 0 ? .better : .worse
    }
}
