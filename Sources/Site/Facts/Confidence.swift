import Learn

/// What a network's high probabilities are worth: how many of the answers that it is sure of are wrong, beside how many
/// the probabilities promise.
struct Confidence: Equatable {
    /// How the share of wrong answers compares with the promise.
    enum Outcome: String, CaseIterable {
        /// More are wrong than promised, beyond chance.
        case over
        /// Within what chance allows, as many as promised.
        case fair
        /// Fewer.
        case under
    }

    /// Answers with a probability above ``threshold``, and how many of them are wrong.
    let answers, wrong: Int
    /// The share of wrong ones that the probabilities promise; nil without such answers.
    let promised: Double?
    /// The share of wrong ones, and the interval that holds it.
    let share: Double?
    let interval: ClosedRange<Double>?

    /// From this probability on, a network is called sure of its answer.
    static let threshold = 0.9
    /// Of the interval.
    static let confidence = 0.95

    /// - Parameter scale: of how far the threshold lies from certainty, and of what the interval may miss.
    init(_ run: Run, labels: [UInt8], scale: Double = 1) {
        let threshold = Float(1 - (1 - Confidence.threshold) * scale)
        let classes = run.predictions.shape[1]
        var (answers, wrong, promised) = (0, 0, 0.0)
        for (row, (guess, label)) in zip(run.guesses, labels).enumerated() {
            let probability = run.predictions.values[row * classes + guess]
            guard probability > threshold else { continue }
            answers += 1
            wrong += guess == Int(label) ? 0 : 1
            promised += 1 - Double(probability)
        }
        (self.answers, self.wrong) = (answers, wrong)
        self.promised = answers > 0 ? promised / Double(answers) : nil
        share = answers > 0 ? Double(wrong) / Double(answers) : nil
        interval =
            answers > 0
            ? Binomial.interval(wrong, of: answers, confidence: 1 - (1 - Confidence.confidence) * scale) : nil
    }

    private var outcome: Outcome? {
        guard let promised, let interval else { return nil }
        return promised < interval.lowerBound ? .over : promised > interval.upperBound ? .under : .fair
    }

    /// - Parameter others: of runs that differ in nothing but the seed.
    static func claim(_ run: Run, labels: [UInt8], otherSeeds others: [Confidence]) -> RobustClaim<Outcome> {
        // Other seeds are asked at the thresholds as they are.
        RobustClaim(nil, otherSeeds: others.map(Optional.some)) { other, scale in
            (other ?? Confidence(run, labels: labels, scale: scale)).outcome
        }
    }
}
