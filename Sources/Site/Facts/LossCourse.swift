import Foundation
import Learn

/// How a run's losses went, as far as it can be told.
///
/// The training loss is always the evaluated one, measured as the test loss is: the running mean of an epoch, with
/// dropout on where there is dropout, says nothing beside a test loss.
struct LossCourse: Equatable {
    /// What the test loss did in the second half of the training.
    enum Direction: String, CaseIterable {
        case falling, level, rising
    }

    /// What became of the gap between training and test images.
    enum Overfitting: String, CaseIterable {
        /// There is one, and it grew in the second half of the training.
        case growing
        /// There is one, and it did not grow.
        case steady
        /// There is none to speak of.
        case none
    }

    /// Epoch of the lowest test loss, from 1.
    let bestEpoch: Int
    /// The first of the evaluated epochs, from 1, from which on the test loss stays above the training loss by a gap; nil
    /// if it does not do so at the end.
    let onset: Int?
    /// The test loss over the second half of the training; nil if it was too short to tell.
    let stretch: Stretch?
    let direction: RobustClaim<Direction>
    /// Whether the test loss ended above the training loss.
    let gap: RobustClaim<Bool>
    let overfitting: RobustClaim<Overfitting>
    /// Whether the network does hardly better on the images that it learned from than on new ones.
    let underfitting: RobustClaim<Bool>
    /// The test loss as a multiple of the training loss, after the last epoch and, if there was an evaluation, after
    /// about half of them.
    let ratio: Ratio

    /// A test loss above the training loss by more than this share of it is a gap.
    static let gap = 0.1
    /// A ratio of the losses that rose by more than this share has grown.
    static let growth = 0.05
    /// A test loss above the training loss by less than this share of it shows nothing that was learned by heart.
    static let fit = 0.05
    /// A change of the test loss that is certainly smaller than this is none.
    static let level = 0.05
    /// Through fewer epochs any line would do.
    static let shortest = 6
    /// Of the intervals of trends.
    static let confidence = Confidence.confidence

    /// - Parameters:
    ///   - history: at least one epoch, the last of them evaluated.
    ///   - others: those of runs that differ in nothing but the seed.
    init(_ history: [EpochMetrics], otherSeeds others: [[EpochMetrics]] = []) {
        let lowest = history.indices.min { history[$0].testLoss < history[$1].testLoss } ?? 0
        bestEpoch = lowest + 1
        onset = history.evaluations.reversed().prefix { $0.test > $0.train * (1 + LossCourse.gap) }.last?.epoch
        stretch = Stretch(history)
        direction = RobustClaim(
            Stretch(history), neighbours: Stretch.neighbours(history), otherSeeds: others.map { Stretch($0) }
        ) { stretch, scale in stretch?.direction(scale) }
        let ratio = Ratio(history)
        let (neighbours, seeds) = (Ratio.neighbours(history), others.map { Ratio($0) })
        self.ratio = ratio
        gap = RobustClaim(ratio, neighbours: neighbours, otherSeeds: seeds) { $0.end > 1 + LossCourse.gap * $1 }
        overfitting = RobustClaim(ratio, neighbours: neighbours, otherSeeds: seeds) { $0.overfitting($1) }
        underfitting = RobustClaim(ratio, neighbours: neighbours, otherSeeds: seeds) {
            $0.end < 1 + LossCourse.fit * $1
        }
    }
}

extension LossCourse {
    /// What stands in place of a direction where the training was too short to have one.
    static let short = "short"

    /// How the text tells of the direction.
    var directionOutcome: String {
        stretch == nil ? LossCourse.short : direction.outcome?.rawValue ?? Facts.undecided
    }

    /// A stretch at the end of a training, and the trend of the test loss over it.
    struct Stretch: Equatable {
        /// From 1.
        let firstEpoch, lastEpoch: Int
        /// Of the logarithm.
        let trend: Trend

        /// - Parameters:
        ///   - dropping: epochs to leave out at the end.
        ///   - share: of the epochs, at the end, that the stretch takes.
        /// - Returns: nil for fewer epochs than ``LossCourse/shortest``.
        init?(_ history: [EpochMetrics], dropping: Int = 0, share: Double = 0.5) {
            let losses = history.dropLast(dropping).map { log(max($0.testLoss, .leastNormalMagnitude)) }
            let count = Int((Double(losses.count) * share).rounded(.up))
            guard count >= LossCourse.shortest else { return nil }
            firstEpoch = losses.count - count + 1
            lastEpoch = losses.count
            trend = Trend(losses.suffix(count))
        }

        /// Stretches that end some epochs earlier, or are a quarter shorter or longer.
        static func neighbours(_ history: [EpochMetrics]) -> [Stretch?] {
            Robustness.scales.map { Stretch(history, share: 0.5 * $0) }
                + Robustness.neighbours(of: history.count).map { Stretch(history, dropping: history.count - $0) }
        }

        /// The change as a share of the loss, and the interval that holds it.
        var change: Double { exp(trend.change) - 1 }
        func interval(_ scale: Double = 1) -> ClosedRange<Double> {
            let logarithms = trend.interval(confidence: 1 - (1 - LossCourse.confidence) * scale)
            return exp(logarithms.lowerBound) - 1...exp(logarithms.upperBound) - 1
        }

        /// The loss on the line at its ends.
        var ends: (first: Double, last: Double) { (exp(trend.start), exp(trend.start + trend.change)) }

        func direction(_ scale: Double) -> Direction? {
            let interval = interval(scale)
            let level = LossCourse.level * scale
            if interval.upperBound < 0 { return .falling }
            if interval.lowerBound > 0 { return .rising }
            return -level < interval.lowerBound && interval.upperBound < level ? .level : nil
        }
    }

    /// The test loss as a multiple of the training loss.
    struct Ratio: Equatable {
        /// After the last evaluation.
        let end: Double
        /// After the evaluation nearest to half the epochs; nil if the last is the only one.
        let middle: Double?
        let middleEpoch: Int?

        /// - Parameters:
        ///   - dropping: evaluations to leave out at the end.
        ///   - smoothing: evaluations on either side that are averaged with each.
        init(_ history: [EpochMetrics], dropping: Int = 0, smoothing: Int = 0) {
            let points = Array(history.evaluations.dropLast(dropping))
            let ratios = points.map { $0.test / max($0.train, .leastNormalMagnitude) }
            func value(_ index: Int) -> Double {
                let near = ratios[max(0, index - smoothing)...min(ratios.count - 1, index + smoothing)]
                return near.reduce(0, +) / Double(near.count)
            }
            let half = Double(points.last?.epoch ?? 0) / 2
            let middle = points.indices.dropLast().min {
                abs(Double(points[$0].epoch) - half) < abs(Double(points[$1].epoch) - half)
            }
            end = ratios.isEmpty ? .nan : value(ratios.count - 1)
            self.middle = middle.map(value)
            middleEpoch = middle.map { points[$0].epoch }
        }

        func overfitting(_ scale: Double) -> Overfitting? {
            guard end > 1 + LossCourse.gap * scale else { return Overfitting.none }
            return middle.map { end > $0 * (1 + LossCourse.growth * scale) ? .growing : .steady }
        }

        /// After one and two evaluations less, where that is not long before the end, and smoothed.
        static func neighbours(_ history: [EpochMetrics]) -> [Ratio] {
            let evaluations = history.evaluations
            let near = (1...2).filter { dropping in
                evaluations.count > dropping
                    && evaluations[evaluations.count - 1 - dropping].epoch * 4 >= history.count * 3
            }
            return near.map { Ratio(history, dropping: $0) } + (near.isEmpty ? [] : [Ratio(history, smoothing: 1)])
        }
    }
}

extension [EpochMetrics] {
    /// The epochs, from 1, after which the training images were evaluated, with both losses there.
    var evaluations: [(epoch: Int, train: Double, test: Double)] {
        enumerated().compactMap { index, epoch in
            epoch.evaluatedTrain.map { (index + 1, $0.loss, epoch.testLoss) }
        }
    }
}
