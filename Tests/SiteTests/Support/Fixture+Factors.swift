import Learn

@testable import Site

extension Fixture {
    /// What two changes do in made-up runs, in right answers of the made-up test images and in hundredths of the gap
    /// between the losses.
    struct FactorEffects {
        /// Of the first change, of the second, and of both beyond that; the last even.
        var accuracy = [0, 0, 0]
        var gap = [0, 0, 0]
        /// Whether they do nothing before the last epoch.
        var areLate = false
        var seeds = 4
    }

    /// By how much each effect differs seed by seed, about nothing on average.
    private static let factorNoise = [[1, -1, 2, -2], [2, -1, -2, 1], [2, -4, -2, 4]]

    /// Runs of the four networks of the package's own experiment, eight epochs long.
    static func factorialResults(_ effects: FactorEffects) -> [RunResult] {
        factorialConfigurations.flatMap { configuration in
            // In falling order, so that nothing can rely on the order in which runs are found.
            (0..<effects.seeds).reversed().map { seed in
                var result = RunResult(configuration: configuration, history: run(.lenet5).history)
                result.configuration.seed = UInt64(seed)
                let has = TestSite.factorial.factors.map { $0.networks.contains(configuration.network) }
                for epoch in result.history.indices {
                    let isActive = !effects.areLate || epoch == result.history.count - 1
                    func change(_ sizes: [Int]) -> Int {
                        let own = zip(sizes, factorNoise).map { (isActive ? $0 : 0) + $1[seed % $1.count] }
                        // The average of the two occasions is what was asked for.
                        return (has[0] ? own[0] - own[2] / 2 : 0) + (has[1] ? own[1] - own[2] / 2 : 0)
                            + (has[0] && has[1] ? own[2] : 0)
                    }
                    result.history[epoch].testAccuracy =
                        Double(110 + change(effects.accuracy)) / Double(dataset.test.count)
                    result.history[epoch].evaluatedTrain = Evaluation(loss: 0.25, accuracy: 0.9)
                    result.history[epoch].testLoss = 1 + 0.01 * Double(change(effects.gap))
                }
                return result
            }
        }
    }

    static let factorialConfigurations: [Configuration] = {
        guard
            let networks = try? TestSite.factorial.networks(input: dataset.shape, classes: dataset.classCount)
        else { preconditionFailure("the package's experiment fits the made-up data") }
        return networks.map { Configuration($0, epochs: 8, seed: 7) }
    }()

    /// - Parameter change: made to each run.
    static func factorial(
        _ effects: FactorEffects = FactorEffects(accuracy: [20, -20, 0], gap: [6, -30, -20]),
        _ change: (inout RunResult) -> Void = { _ in }
    ) -> FactorialStudy {
        var results = factorialResults(effects)
        for index in results.indices { change(&results[index]) }
        guard
            let study = FactorialStudy(
                TestSite.factorial, around: factorialConfigurations, results: results, images: dataset.test.count)
        else { preconditionFailure("a study of factors needs runs of all four networks") }
        return study
    }

    /// Stories that tell of two changes, in which, between them, each of its claims turns out in each way.
    static let factorsStories: [Story] = [
        factorsStory("changes that help", .init(accuracy: [20, 20, 20], gap: [-20, -20, -20])),
        factorsStory("changes that do harm", .init(accuracy: [-20, -20, -20], gap: [20, 20, 20])),
        factorsStory("changes that do nothing", .init()),
        factorsStory(
            "changes that help in the last epoch alone",
            .init(accuracy: [20, 20, 20], gap: [-20, -20, -20], areLate: true)),
        factorsStory("changes of one seed", .init(accuracy: [20, 20, 20], gap: [-20, -20, -20], seeds: 1)),
    ]

    private static func factorsStory(_ name: String, _ effects: FactorEffects) -> Story {
        Story(name: name, runs: fashionRuns(), factorial: factorial(effects))
    }
}
