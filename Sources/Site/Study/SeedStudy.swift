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

        /// Final test accuracies, run by run.
        var accuracies: [Double] { runs.map { $0.history[epochs - 1].testAccuracy } }
    }

    /// In the order of the article; at least one.
    let series: [Series]
    /// Which network is compared with which, by place: each with the one with which its comparisons begin.
    private let pairs: [Pair]

    private struct Pair: Equatable {
        let network, other: Int
    }

    /// Test images that each accuracy was measured on.
    let images: Int

    /// The study of the runs that have these settings, or nil if there are too few of one of them.
    ///
    /// - Parameters:
    ///   - configurations: one for each network, in the order of the article; the seeds do not matter.
    ///   - results: what all stored runs on the same data measured.
    ///   - images: how many test images the data have.
    ///   - relations: which of the networks are compared with which.
    public init?(around configurations: [Configuration], results: [RunResult], images: Int, relations: Relations) {
        var series: [Series] = []
        for configuration in configurations {
            let alike = results.filter { $0.configuration.isLike(configuration) }
                .sorted { $0.configuration.seed < $1.configuration.seed }
            guard alike.count >= SeedStudy.fewestRuns else { return nil }
            series.append(Series(network: Network(configuration), runs: alike))
        }
        guard !series.isEmpty else { return nil }
        self.series = series
        self.images = images
        let names = series.map(\.network.name)
        pairs = relations.gains(among: names).compactMap { pair in
            guard let network = names.firstIndex(of: pair.network), let other = names.firstIndex(of: pair.other)
            else { return nil }
            return Pair(network: network, other: other)
        }
    }
}

extension SeedStudy {
    /// How a network compares with the one with which its comparisons begin, after the last epoch that both have.
    struct Gain: Equatable {
        let network, other: Series
        /// From 1.
        let epoch: Int
        /// Difference of the mean test accuracies.
        let difference: Double
        /// Probability of a difference at least as large by chance among the seeds.
        let probability: Double
        let verdict: RobustClaim<Significance>
        /// Whether each run of the network answers better than every run of the other.
        let isEveryRuns: RobustClaim<Bool>
    }

    /// Of each network that is compared with one.
    var gains: [Gain] { pairs.map { gain(of: series[$0.network], over: series[$0.other]) } }

    /// What a story tells of: what the last comparison comes to, or, where there is none, the last network beside the
    /// first.
    var gain: Gain { gains.last ?? gain(of: series[series.count - 1], over: series[0]) }

    private func gain(of network: Series, over other: Series) -> Gain {
        let epoch = min(network.epochs, other.epochs)
        let near = Robustness.neighbours(of: epoch)
        func reading(_ epochs: [Int]) -> Reading {
            Reading(network.accuracies(afterEpochs: epochs), other.accuracies(afterEpochs: epochs), images: images)
        }
        let told = reading([epoch])
        let neighbours = near.map { reading([$0]) } + (near.isEmpty ? [] : [reading(near + [epoch])])
        return Gain(
            network: network, other: other, epoch: epoch, difference: told.difference, probability: told.probability,
            verdict: RobustClaim(told, neighbours: neighbours) {
                Significance($0.difference, probability: $0.probability, scale: $1)
            },
            isEveryRuns: RobustClaim(told, neighbours: neighbours) { reading, _ in reading.isEveryRuns })
    }

    /// The accuracies of two networks, run by run, at one time.
    private struct Reading {
        let difference, probability: Double
        let isEveryRuns: Bool

        init(_ accuracies: [Double], _ others: [Double], images: Int) {
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
}

extension SeedStudy.Series {
    /// Test accuracies, run by run, each averaged over some epochs, from 1.
    func accuracies(afterEpochs epochs: [Int]) -> [Double] {
        runs.map { run in
            epochs.reduce(0) { $0 + run.history[$1 - 1].testAccuracy } / Double(epochs.count)
        }
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
