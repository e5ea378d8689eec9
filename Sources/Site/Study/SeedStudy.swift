import Learn
import Render

/// Several runs of each network that differ in nothing but the seed: what chance does to the results.
public struct SeedStudy: Sendable, Equatable {
    /// With fewer runs of each of two networks no difference is beyond chance at the level of 5 %: of the 20 ways to
    /// deal three and three, two are as extreme as it gets; of the 70 for four and four, two.
    public static let fewestRuns = 4

    /// The runs of one network.
    struct Series: Sendable, Equatable {
        let network: Network
        /// By seed; at least ``fewestRuns``, of equally many epochs.
        let runs: [RunResult]

        var epochs: Int { runs[0].history.count }

        /// An estimate of a figure's mean at an epoch, from 0, over all seeds.
        func estimate(epoch: Int, _ figure: (EpochMetrics) -> Double) -> MeanEstimate {
            MeanEstimate(runs.map { figure($0.history[epoch]) })
        }

        /// Final test accuracies, run by run.
        var accuracies: [Double] { runs.map { $0.history[epochs - 1].testAccuracy } }
    }

    /// In the order of ``Network/all``.
    let series: [Series]
    /// Test images that each accuracy was measured on.
    let images: Int

    /// The study of the runs that have these settings, or nil if there are too few of one of them.
    ///
    /// - Parameters:
    ///   - configurations: one for each of ``Network/all``, in that order; the seeds do not matter.
    ///   - results: what all stored runs on the same data measured.
    ///   - images: how many test images the data have.
    public init?(around configurations: [Configuration], results: [RunResult], images: Int) {
        precondition(configurations.count == Network.all.count, "a study is about all networks")
        var series: [Series] = []
        for (network, configuration) in zip(Network.all, configurations) {
            let alike = results.filter { $0.configuration.isLike(configuration) }
            guard alike.count >= SeedStudy.fewestRuns else { return nil }
            series.append(
                Series(network: network, runs: alike.sorted { $0.configuration.seed < $1.configuration.seed }))
        }
        self.series = series
        self.images = images
    }
}

extension SeedStudy {
    /// How the last network compares with the first.
    struct Gain: Equatable {
        /// Difference of the mean final test accuracies.
        let difference: Double
        /// Probability of a difference at least as large by chance among the seeds.
        let probability: Double
        /// Whether each run of the last network answers better than every run of the first.
        let isEveryRuns: Bool

        var verdict: Verdict {
            guard difference != 0 else { return .same }
            switch (difference > 0, probability < Verdict.significance) {
            case (true, true): return .better
            case (true, false): return .perhapsBetter
            case (false, true): return .worse
            case (false, false): return .perhapsWorse
            }
        }
    }

    var gain: Gain {
        let (first, last) = (series[0].accuracies, series[series.count - 1].accuracies)
        return Gain(last, over: first, images: images)
    }
}

extension SeedStudy.Gain {
    init(_ accuracies: [Double], over others: [Double], images: Int) {
        func counts(_ accuracies: [Double]) -> [Int] {
            accuracies.map { Int(saturating: ($0 * Double(images)).rounded()) }
        }
        let (ours, theirs) = (counts(accuracies), counts(others))
        // Compared as whole numbers, so that equal means are equal.
        let isSame = ours.reduce(0, +) * theirs.count == theirs.reduce(0, +) * ours.count
        difference = isSame ? 0 : MeanEstimate(accuracies).mean - MeanEstimate(others).mean
        probability = PermutationTest(ours, theirs).probability
        isEveryRuns = (ours.min() ?? 0) > (theirs.max() ?? 0)
    }
}

extension Configuration {
    /// Whether nothing but the seed differs.
    func isLike(_ other: Configuration) -> Bool {
        var same = self
        same.seed = other.seed
        return same == other
    }
}
