import Learn
import Render

/// How far the probability of an answer is the share of such answers that are right.
struct Calibration: Sendable, Equatable {
    /// Answers whose probability lies in a tenth.
    struct Bin: Sendable, Equatable {
        var answers = 0
        var right = 0
        var probability = 0.0

        /// Nil without answers.
        var confidence: Double? { answers > 0 ? probability / Double(answers) : nil }
        var accuracy: Double? { answers > 0 ? Double(right) / Double(answers) : nil }
    }

    /// Of equal width; an answer on an edge lies in the upper one, certainty in the last.
    let bins: [Bin]

    static let binCount = 10

    /// - Parameter images: positions of those whose answers count.
    init(_ run: Run, labels: [UInt8], images: Range<Int>) {
        let classes = run.predictions.shape[1]
        var bins = [Bin](repeating: Bin(), count: Calibration.binCount)
        let guesses = run.guesses
        for row in images {
            let guess = guesses[row]
            let probability = Double(run.predictions.values[row * classes + guess])
            let place = min(max(Int(saturating: probability * Double(bins.count)), 0), bins.count - 1)
            bins[place].answers += 1
            bins[place].right += guess == Int(labels[row]) ? 1 : 0
            bins[place].probability += probability
        }
        self.bins = bins
    }

    private var answers: Int { bins.reduce(0) { $0 + $1.answers } }

    /// Mean probability of the answers.
    var confidence: Double { bins.reduce(0) { $0 + $1.probability } / Double(max(1, answers)) }

    /// The expected calibration error: each tenth's distance of accuracy from mean probability, by its answers.
    ///
    /// Source: C. Guo et al., "On Calibration of Modern Neural Networks", 2017.
    var error: Double {
        bins.reduce(0) { $0 + abs(Double($1.right) - $1.probability) } / Double(max(1, answers))
    }

    /// How the share of wrong answers compares with that which the probabilities promise on average, if the former is
    /// known but for the choice of the images; nil without answers.
    ///
    /// - Parameter scale: of what the interval of the share may miss.
    func outcome(_ scale: Double) -> Confidence.Outcome? {
        guard answers > 0 else { return nil }
        let interval = Binomial.interval(
            bins.reduce(0) { $0 + $1.right }, of: answers, confidence: 1 - (1 - Confidence.confidence) * scale)
        return confidence > interval.upperBound ? .over : confidence < interval.lowerBound ? .under : .fair
    }
}
