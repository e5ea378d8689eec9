import Learn

/// How a run's losses went from the first epoch to the last.
struct LossCourse: Equatable {
    /// What the test loss did while the training loss went on falling.
    enum Outcome: String, CaseIterable {
        /// It rose again from its lowest point.
        case rising
        /// It stopped falling.
        case stalled
        /// It fell on, but stayed behind more and more.
        case widening
        /// It fell on, and did not stay behind.
        case falling
    }

    /// Epoch of the lowest test loss, from 1.
    let bestEpoch: Int
    let outcome: Outcome
    /// Epoch, from 1, from which on the test loss no longer fell noticeably or, if it only stayed behind, lay
    /// noticeably above the training loss; nil without overfitting.
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
        let floor = test.min() ?? 0
        let reached = test.firstIndex { $0 <= floor * (1 + LossCourse.noise) } ?? 0
        let stillLearning = train[last] < train[reached] * (1 - LossCourse.noise)
        // A plateau of a few epochs at the end may yet be followed by a fall.
        let hasLeveled = (reached + 1) * 5 <= history.count * 4
        if stillLearning && test[last] > floor * (1 + LossCourse.noise) {
            outcome = .rising
        } else if stillLearning && hasLeveled {
            outcome = .stalled
        } else if test[last] > train[last] * (1 + LossCourse.gap) {
            outcome = .widening
        } else {
            outcome = .falling
        }
        let behind = history.indices.last { test[$0] <= train[$0] * (1 + LossCourse.noise) }.map { $0 + 1 } ?? 0
        switch outcome {
        case .rising, .stalled: onset = reached + 1
        case .widening: onset = min(behind, last) + 1
        case .falling: onset = nil
        }
        bestEpoch = (history.indices.min { history[$0].testLoss < history[$1].testLoss } ?? 0) + 1
    }

    /// Median over a tenth of the epochs around each, as far as there are any: one odd epoch changes nothing.
    private static func smoothed(_ values: [Double]) -> [Double] {
        let reach = values.count / 20
        return values.indices.map { index in
            let window = values[max(0, index - reach)...min(values.count - 1, index + reach)].sorted()
            return (window[(window.count - 1) / 2] + window[window.count / 2]) / 2
        }
    }
}
