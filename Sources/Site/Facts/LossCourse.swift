import Learn

/// How a run's losses went from the first epoch to the last.
struct LossCourse: Equatable {
    /// What the test loss did beside the training loss.
    enum Outcome: String, CaseIterable {
        /// It rose again from its lowest point while the training loss fell.
        case rising
        /// It stopped falling while the training loss fell.
        case stalled
        /// It stayed above the training loss, by more and more.
        case widening
        /// It stayed above the training loss.
        case apart
        /// It stayed close to the training loss, or below it.
        case close
    }

    /// Epoch of the lowest test loss, from 1.
    let bestEpoch: Int
    let outcome: Outcome
    /// Epoch, from 1, from which on the test loss no longer fell noticeably or lay noticeably above the training loss;
    /// nil if it stayed close.
    let onset: Int?

    /// A change of the test loss by less than this share is taken for noise.
    static let noise = 0.02
    /// A test loss above the training loss by more than this share is no accident of the last epochs.
    static let gap = 0.1

    /// - Precondition: at least one epoch.
    init(_ history: [EpochMetrics]) {
        let test = LossCourse.smoothed(history.map(\.testLoss))
        let train = LossCourse.smoothed(history.map(\.trainLoss))
        let last = history.count - 1
        let lowest = history.indices.min { history[$0].testLoss < history[$1].testLoss } ?? 0
        let floor = test.min() ?? 0
        let leveled = test.firstIndex { $0 <= floor * (1 + LossCourse.noise) } ?? 0
        let behind =
            history.indices.last { test[$0] <= train[$0] * (1 + LossCourse.noise) }.map { min($0 + 1, last) } ?? 0
        let isLearning =
            train[last] < train[leveled] * (1 - LossCourse.noise)
            && history[last].trainLoss < history[leveled].trainLoss
        // After a lowest point among the last epochs, a rise could not be told from noise.
        let isPast = (lowest + 1) * 10 <= history.count * 9
        if isLearning && isPast && test[last] > floor * (1 + LossCourse.noise) {
            (outcome, onset) = (.rising, leveled + 1)
        } else if isLearning && LossCourse.isPlateau(from: leveled, of: history.count) {
            (outcome, onset) = (.stalled, leveled + 1)
        } else if test[last] > train[last] * (1 + LossCourse.gap) {
            let middle = (behind + last) / 2
            let isGrowing = test[last] / train[last] > test[middle] / train[middle] + LossCourse.noise
            (outcome, onset) = (isGrowing ? .widening : .apart, behind + 1)
        } else {
            (outcome, onset) = (.close, nil)
        }
        bestEpoch = lowest + 1
    }

    /// A plateau of a few epochs at the end may yet be followed by a fall.
    private static func isPlateau(from epoch: Int, of count: Int) -> Bool { (epoch + 1) * 5 <= count * 4 }

    /// Median over a tenth of the epochs around each, as far as there are any: one odd epoch changes nothing.
    private static func smoothed(_ values: [Double]) -> [Double] {
        let reach = values.count / 20
        return values.indices.map { index in
            let window = values[max(0, index - reach)...min(values.count - 1, index + reach)].sorted()
            return (window[(window.count - 1) / 2] + window[window.count / 2]) / 2
        }
    }
}
