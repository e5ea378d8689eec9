import Learn

/// What two changes of a network do, each alone and on top of the other: runs of all four combinations with several
/// seeds, after equally many epochs.
public struct FactorialStudy: Sendable, Equatable {
    let factors: [ExperimentFactor]
    /// With neither, the first, the second, both.
    let series: [SeedStudy.Series]
    /// Test images that each accuracy was measured on.
    let images: Int

    /// The study of the runs that are there, or nil if there are fewer than ``SeedStudy/fewestRuns`` of one network.
    ///
    /// - Parameters:
    ///   - experiment: has factors.
    ///   - networks: of the experiment.
    ///   - results: what all stored runs on the same data measured.
    ///   - images: how many test images the data have.
    public init?(_ experiment: Experiment, _ networks: [Network], results: [RunResult], images: Int) {
        guard experiment.factors.count == 2 else { return nil }
        let training = experiment.training
        var series: [SeedStudy.Series] = []
        for combination in [[false, false], [true, false], [false, true], [true, true]] {
            let network = networks.first { network in
                experiment.factors.map { $0.networks.contains(network.name) } == combination
            }
            guard let network else { return nil }
            let told = Configuration(
                network, epochs: network.defaultEpochs, seed: training.seed, batchSize: training.batchSize,
                optimizer: training.optimizer)
            let alike = results.filter { $0.configuration.isLike(told) }
                .sorted { $0.configuration.seed < $1.configuration.seed }
            guard alike.count >= SeedStudy.fewestRuns else { return nil }
            series.append(SeedStudy.Series(network: network, runs: alike))
        }
        factors = experiment.factors
        self.series = series
        self.images = images
    }

    /// The last epoch that all have.
    var epochs: Int { series.map(\.epochs).min() ?? 0 }

    /// What a change does.
    struct Effect: Equatable {
        let factor: ExperimentFactor
        /// Without the other change, and on top of it.
        let alone, added: SeedStudy.Gain
    }

    var effects: [Effect] {
        zip(factors, [(1, 2), (2, 1)]).map { factor, places in
            Effect(
                factor: factor, alone: SeedStudy.Gain(of: series[places.0], over: series[0], images: images),
                added: SeedStudy.Gain(of: series[3], over: series[places.1], images: images))
        }
    }
}
