import Learn

/// What two changes of a network do, each by itself and on top of the other: runs of the four networks that have
/// neither, one or both, with the same seeds, equally long.
public struct FactorialStudy: Sendable, Equatable {
    /// Which of the two changes a network has.
    public enum Cell: String, CaseIterable, Sendable {
        case neither, firstAlone, secondAlone, both

        fileprivate var has: [Bool] {
            switch self {
            case .neither: [false, false]
            case .firstAlone: [true, false]
            case .secondAlone: [false, true]
            case .both: [true, true]
            }
        }
    }

    let experiment: Experiment
    /// By number; at least one.
    let seeds: [UInt64]
    /// For each cell, in their order, a run of each seed.
    private let runs: [[RunResult]]
    /// Test images that each accuracy was measured on.
    private let images: Int

    /// The study of the runs that have these settings, or nil if no seed has a run of each network, or the last epoch
    /// of one no training loss, which all trainings have.
    ///
    /// - Parameters:
    ///   - experiment: has factors.
    ///   - configurations: one for each of its networks; the seeds do not matter.
    ///   - results: what all stored runs on the same data measured.
    ///   - images: how many test images the data have.
    public init?(_ experiment: Experiment, around configurations: [Configuration], results: [RunResult], images: Int) {
        guard experiment.factors.count == 2, Set(configurations.map(\.epochs)).count == 1 else { return nil }
        let alike = Cell.allCases.map { cell in
            configurations.first { told in experiment.factors.map { $0.networks.contains(told.network) } == cell.has }
                .map { told in results.filter { $0.configuration.isLike(told) } } ?? []
        }
        let common = alike.dropFirst().reduce(Set(alike[0].map(\.configuration.seed))) { seeds, runs in
            seeds.intersection(runs.map(\.configuration.seed))
        }
        let areMeasured = alike.joined().allSatisfy { $0.history.last?.gap?.isFinite ?? false }
        guard !common.isEmpty, areMeasured else { return nil }
        let seeds = common.sorted()
        self.experiment = experiment
        self.seeds = seeds
        self.images = images
        runs = alike.map { runs in
            seeds.compactMap { seed in runs.first { $0.configuration.seed == seed } }
        }
    }

    /// Of all runs.
    var epochs: Int { runs[0][0].history.count }

    var settings: Configuration { runs[0][0].configuration }

    /// What is measured of each run.
    enum Measure: String, CaseIterable {
        /// Share of right answers to the test images.
        case accuracy
        /// Test loss less training loss, both with dropout off.
        case gap
    }

    /// The last value of each run of a cell, seed by seed.
    func values(of measure: Measure, _ cell: Cell) -> [Double] {
        runs(of: cell).compactMap(\.history.last).compactMap { measure == .accuracy ? $0.testAccuracy : $0.gap }
    }

    /// Seed by seed.
    func runs(of cell: Cell) -> [RunResult] { zip(Cell.allCases, runs).first { $0.0 == cell }?.1 ?? [] }
}

extension FactorialStudy {
    /// A difference that the runs of one seed show.
    public enum Contrast: String, CaseIterable, Sendable {
        /// What a change does on the average of its two occasions, without the other change and with it.
        case first, second
        /// How far both together are from what the changes add up to one by one.
        case interaction

        /// How much each cell counts, in halves.
        fileprivate var halves: [Double] {
            switch self {
            case .first: [-1, 1, -1, 1]
            case .second: [-1, -1, 1, 1]
            case .interaction: [2, -2, -2, 2]
            }
        }
    }

    /// What came of a contrast.
    enum Verdict: String, CaseIterable {
        case better, chance, worse
        /// There is one seed, which cannot tell what is chance.
        case single
    }

    /// A contrast of a measure over the seeds.
    struct Effect: Equatable {
        let mean: Double
        /// Of the mean; nil for a single seed.
        let interval: ClosedRange<Double>?
        let verdict: RobustClaim<Verdict>
    }

    /// A contrast of the last epoch; the verdict is asked again of those before it, and of their mean.
    func effect(_ contrast: Contrast, on measure: Measure) -> Effect {
        let last = differences(contrast, measure, after: [epochs])
        let near = epochs(near: measure)
        let neighbours = near.map { [$0] } + (near.isEmpty ? [] : [near + [epochs]])
        let told = MeanDifference(last)
        return Effect(
            mean: told.mean, interval: told.estimate?.interval,
            verdict: RobustClaim(
                told, neighbours: neighbours.map { MeanDifference(differences(contrast, measure, after: $0)) }
            ) { difference, scale in
                guard let probability = difference.probability else { return .single }
                let isGain = measure == .accuracy ? difference.mean > 0 : difference.mean < 0
                return probability >= Significance.level * scale ? .chance : isGain ? .better : .worse
            })
    }

    /// Epochs shortly before the last, from 1, after which all runs have been measured.
    private func epochs(near measure: Measure) -> [Int] {
        switch measure {
        case .accuracy: return Robustness.neighbours(of: epochs)
        case .gap:
            let measured = (1..<epochs).filter { epoch in
                epoch * 4 >= epochs * 3 && runs.joined().allSatisfy { $0.history[epoch - 1].gap != nil }
            }
            return measured.suffix(2)
        }
    }

    /// A contrast seed by seed, averaged over some epochs, from 1.
    private func differences(_ contrast: Contrast, _ measure: Measure, after epochs: [Int]) -> [Double] {
        // Right answers are counted, so that equal sums are equal.
        let unit = measure == .accuracy ? Double(images) : 1
        return seeds.indices.map { seed in
            var sum = 0.0
            for (cell, weight) in zip(runs, contrast.halves) {
                for epoch in epochs {
                    let metrics = cell[seed].history[epoch - 1]
                    let value =
                        measure == .accuracy ? (metrics.testAccuracy * unit).rounded() : metrics.gap ?? .nan
                    sum += weight * (value / FactorialStudy.room)
                }
            }
            let mean = sum / 2 / unit / Double(epochs.count) * FactorialStudy.room
            return min(max(mean, -Double.greatestFiniteMagnitude), Double.greatestFiniteMagnitude)
        }
    }

    /// Losses of a training gone astray add up to more than a Double holds; a power of two, which changes no digit.
    private static let room = 256.0
}

extension EpochMetrics {
    /// How far the test loss lies above the training loss; nil after an epoch without that.
    fileprivate var gap: Double? { evaluatedTrain.map { testLoss - $0.loss } }
}

/// The mean of differences, one a seed, and whether it is more than chance: Student's t test of one sample.
///
/// Source: Student, "The probable error of a mean", Biometrika 6, 1908.
struct MeanDifference: Equatable {
    let mean: Double
    /// Nil for a single value.
    let estimate: MeanEstimate?

    /// - Precondition: there is at least one value.
    init(_ values: [Double]) {
        estimate = values.count > 1 ? MeanEstimate(values) : nil
        mean = estimate?.mean ?? values[0]
    }

    /// Probability of a mean at least as far from zero if the differences were chance; nil for a single value.
    var probability: Double? {
        guard let estimate else { return nil }
        guard mean != 0 else { return 1 }
        let t = abs(mean) / estimate.deviation * Double(estimate.count).squareRoot()
        // Differences that are all alike, or as good as: t, or its square, may be more than a Double holds.
        return t < 1e9 ? 1 - StudentT.probability(within: t, freedom: estimate.count - 1) : 0
    }
}
