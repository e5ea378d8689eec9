import Learn

/// How a run's losses went from the first epoch to the last.
struct LossCourse: Equatable {
    /// What the test loss did while the training loss went on falling.
    enum Outcome: String, CaseIterable {
        /// It rose again from its lowest point.
        case rising
        /// It stopped falling.
        case stalled
        /// It fell to the end.
        case falling
    }

    /// Epoch of the lowest test loss, from 1.
    let bestEpoch: Int
    let outcome: Outcome
    /// Epoch, from 1, after which the test loss no longer fell noticeably; nil if it fell to the end.
    let onset: Int?

    /// A change of the test loss by less than this share is taken for noise.
    static let noise = 0.02

    /// - Precondition: at least one epoch.
    init(_ history: [EpochMetrics]) {
        let test = history.map(\.testLoss)
        let lowest = test.indices.min { test[$0] < test[$1] } ?? 0
        bestEpoch = lowest + 1
        let smooth = LossCourse.smoothed(test)
        let floor = smooth.min() ?? 0
        let reached = smooth.firstIndex { $0 <= floor * (1 + LossCourse.noise) } ?? 0
        let train = history.map(\.trainLoss)
        let stillLearning = train[train.count - 1] < train[reached] * (1 - LossCourse.noise)
        let rose = smooth[smooth.count - 1] > floor * (1 + LossCourse.noise)
        let early = (reached + 1) * 4 <= history.count * 3
        if rose && stillLearning {
            outcome = .rising
        } else if early && stillLearning {
            outcome = .stalled
        } else {
            outcome = .falling
        }
        onset = outcome == .falling ? nil : reached + 1
    }

    /// Centred mean over up to five epochs, narrower at the ends and in short runs.
    private static func smoothed(_ values: [Double]) -> [Double] {
        let reach = min(2, values.count / 10)
        return values.indices.map { index in
            let reach = min(reach, index, values.count - 1 - index)
            let window = values[index - reach...index + reach]
            return window.reduce(0, +) / Double(window.count)
        }
    }
}
