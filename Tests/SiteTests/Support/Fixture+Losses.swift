import Learn

@testable import Site

/// Stories of losses: how they went, and how those of the networks compare.
extension Fixture {
    static let lossStories: [Story] = [
        Story(name: "falling, ever further apart", runs: courses { (fall($0), fall($0) / (1 + 0.05 * Double($0))) }),
        Story(name: "level", runs: courses { (wavering(0.4, by: 0.005, $0), 0.3) }),
        Story(name: "rising", runs: courses { (0.3 + 0.004 * Double($0), 1 / Double($0 + 2)) }),
        Story(name: "noisy", runs: courses { (wavering(0.4, by: 0.08, $0), 0.2) }),
        Story(name: "no gap", runs: courses { (fall($0), 0.99 * fall($0)) }),
        Story(name: "hardly a gap", runs: courses { (fall($0), fall($0) / 1.1) }),
        Story(name: "hardly a difference", runs: courses { (fall($0), fall($0) / 1.05) }),
        Story(name: "training losses up", runs: trainLosses([0.3, 0.4, 0.5])),
        Story(name: "training losses level", runs: trainLosses([0.3, 0.3, 0.3])),
        Story(name: "training losses down", runs: trainLosses([0.5, 0.4, 0.3])),
        Story(name: "training losses that take turns", runs: turns { epoch($0 / 5 % 2 == 0 ? 0.3 : 0.5, 0.6) }),
        Story(name: "losses up", runs: losses([0.3, 0.4, 0.5])),
        Story(name: "losses level", runs: losses([0.3, 0.3, 0.3])),
        Story(name: "losses down", runs: losses([0.5, 0.4, 0.3])),
        Story(name: "losses that take turns", runs: turns { epoch(0.3, $0.isMultiple(of: 2) ? 0.3 : 0.5) }),
        Story(name: "longer and behind", runs: losses([0.3, 0.4, 0.5], epochs: [4, 8, 8])),
        Story(name: "longer and level", runs: losses([0.3, 0.3, 0.3], epochs: [4, 8, 8])),
        Story(name: "longer and ahead", runs: losses([0.5, 0.4, 0.3], epochs: [4, 8, 8])),
    ]

    static let courseEpochs = 40

    /// Test and training loss, epoch by epoch, of each network alike.
    static func courses(_ losses: (Int) -> (test: Double, train: Double)) -> [Run] {
        usual.map { $0.with(history: history(losses)) }
    }

    static func history(_ losses: (Int) -> (test: Double, train: Double)) -> [EpochMetrics] {
        evaluated((1...courseEpochs).map { epoch(losses($0).train, losses($0).test) })
    }

    private static func fall(_ epoch: Int) -> Double { 0.2 + 0.6 / Double(epoch + 3) }

    private static func wavering(_ loss: Double, by size: Double, _ epoch: Int) -> Double {
        loss + size * [1, -0.4, -1, 0.6, -0.2][epoch % 5]
    }

    /// - Parameter train: in each epoch, be it evaluated or not.
    private static func epoch(_ train: Double, _ test: Double) -> EpochMetrics {
        EpochMetrics(
            trainLoss: train + 0.05, trainAccuracy: 0.85, testLoss: test, testAccuracy: 0.9,
            evaluatedTrain: Evaluation(loss: train, accuracy: 0.9))
    }

    /// The history with evaluations only where a training has some.
    private static func evaluated(_ history: [EpochMetrics]) -> [EpochMetrics] {
        let configuration = Configuration(.lenet5, epochs: history.count, seed: 1)
        return history.enumerated().map { index, epoch in
            var epoch = epoch
            if !configuration.evaluatesTraining(afterEpoch: index + 1) { epoch.evaluatedTrain = nil }
            return epoch
        }
    }

    /// Runs of constant test losses, one a network.
    private static func losses(_ losses: [Double], epochs: [Int] = [8, 8, 8]) -> [Run] {
        usual(Array(zip(losses, epochs))).map { run, target in
            run.with(history: evaluated((1...target.1).map { epoch(1 / Double($0), target.0) }))
        }
    }

    /// Runs of constant training losses, one a network.
    private static func trainLosses(_ losses: [Double]) -> [Run] {
        usual(losses).map { run, loss in run.with(history: evaluated((1...8).map { _ in epoch(loss, 0.6) })) }
    }

    /// Runs of which every second takes turns with the others' constant losses, those of 0.4 and 0.6.
    private static func turns(_ turning: (Int) -> EpochMetrics) -> [Run] {
        usual.enumerated().map { place, run in
            run.with(
                history: evaluated((1...courseEpochs).map { place == 1 ? turning($0) : epoch(0.4, 0.4) }))
        }
    }
}
