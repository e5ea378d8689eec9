import Foundation
import TestSupport
import Testing

@testable import Learn

/// Trainings that run away, and those that lead nowhere.
@Suite struct DivergenceTests {
    private func trainer(_ network: Network = .lenet5, learningRate: Float = 1, threads: Int = 1) throws -> Trainer {
        let configuration = Configuration(
            network, epochs: 1, seed: 1, batchSize: ReproducibilityTests.batchSize,
            optimizer: .adadelta(learningRate: learningRate))
        return try Trainer(configuration: configuration, dataset: ReproducibilityTests.dataset, threads: threads)
    }

    @Test func aNumberThatIsNoneIsSeenWhereverItIs() throws {
        let trainer = try trainer()
        #expect(trainer.isWithinPrecision)
        for buffer in [trainer.model.network.parameters] + trainer.state {
            for value in [Float.nan, .infinity, -.infinity] {
                let old = buffer.pointer[17]
                buffer.pointer[17] = value
                #expect(!trainer.isWithinPrecision)
                buffer.pointer[17] = old
            }
        }
        #expect(trainer.isWithinPrecision)
    }

    /// The second convolution sums numbers beyond single precision of either sign; ReLU makes zeros of what comes of
    /// it, and the loss is that of a network that says nothing.
    @Test(arguments: Network.all)
    func sumsThatOverflowBehindReLUAreSeen(network: Network) throws {
        let trainer = try trainer(network)
        let weights = trainer.model.weights.map { weight in
            if weight.name.hasSuffix(".bias") { return weight.tensor }
            let isMaps = weight.name.hasPrefix("conv")
            let values = weight.tensor.values.indices.map { index -> Float in
                isMaps ? (index.isMultiple(of: 2) ? 1e30 : -1e30) : 0
            }
            return Tensor(shape: weight.tensor.shape, values: values)
        }
        trainer.model.load(weights)
        #expect(abs(trainer.model.measure(trainer.dataset.test).evaluation.loss - log(10)) < 1e-5)
        #expect(!trainer.isWithinPrecision)
    }

    /// With the lower rate the loss is still a number.
    @Test(arguments: Network.all, [1e10, 1e13] as [Float])
    func aRunawayTrainingIsRefused(network: Network, learningRate: Float) throws {
        let trainer = try trainer(network, learningRate: learningRate)
        #expect(throws: TrainingError.diverged(network: network.name, epoch: 1)) { try trainer.trainEpoch() }
    }

    /// The bound holds for what a network makes of the images: no activation is larger.
    @Test(arguments: Network.all)
    func noActivationIsLargerThanTheBound(network: Network) throws {
        let trainer = try trainer(network)
        let samples = trainer.model.activations(of: [0, 1, 2], in: trainer.dataset.test)
        let outputs = samples.flatMap { $0.outputs.dropLast() }
        let largest = outputs.flatMap(\.tensor.values).map { abs($0) }.max() ?? 0
        #expect(largest > 0.01 && Double(largest) < trainer.model.largestSum)
        #expect(trainer.model.largestSum < 1e12)
    }

    /// Threads beyond what there is to do would only take memory.
    @Test func thereAreNotMoreThreadsThanWork() throws {
        let most = max(Shards.mostParts, ProcessInfo.processInfo.activeProcessorCount)
        #expect(try trainer(threads: 100_000).model.team.passes.count == most)
        #expect(try trainer(threads: .max).model.team.passes.count == most)
        #expect(try trainer(threads: 1).model.team.passes.count == 1)
    }
}

@Suite struct GuessworkTests {
    /// A run on 1000 test images, of which `commonest` are of one class.
    private func run(accuracy: Double, loss: Double, commonest: Int = 100) -> Run {
        var run = MadeUp.run()
        run.history[run.history.count - 1].testAccuracy = accuracy
        run.history[run.history.count - 1].testLoss = loss
        let others = (1000 - commonest) / 9
        run.confusionMatrix = (0..<10).map { label in
            let count = label == 3 ? 1000 - 9 * others : others
            return (0..<10).map { $0 == 0 ? count : 0 }
        }
        return run
    }

    /// Three standard errors above 10 % of 1000 images are 12.85 %.
    @Test func isToldByAccuracy() {
        let limit = 0.1 + 3 * (0.1 * 0.9 / 1000).squareRoot()
        #expect(run(accuracy: 0.1, loss: 2.3).guesswork == .accuracy(0.1, limit: limit))
        #expect(run(accuracy: 0.128, loss: 0.5).guesswork == .accuracy(0.128, limit: limit))
        #expect(run(accuracy: 0.129, loss: 2.3).guesswork == nil)
        #expect(run(accuracy: 0.9, loss: 0.3).guesswork == nil)
    }

    /// Where half of the images are of one class, half of them right is nothing.
    @Test func goesByTheCommonestClass() {
        #expect(run(accuracy: 0.5, loss: 1, commonest: 505).guesswork != nil)
        #expect(run(accuracy: 0.6, loss: 1, commonest: 505).guesswork == nil)
    }

    @Test func isToldByLoss() {
        #expect(run(accuracy: 0.9, loss: 2.31).guesswork == .loss(2.31, limit: log(10)))
        #expect(run(accuracy: 0.9, loss: 7.5e19).guesswork?.description.contains("test loss 7.5e+19") == true)
        #expect(run(accuracy: 0.9, loss: 2.30).guesswork == nil)
    }

    @Test func saysByWhichRule() {
        #expect(
            Guesswork.accuracy(0.1, limit: 0.109).description
                == "no better than guessing: test accuracy 10.00%, and always naming the commonest class gives up to "
                + "10.90% (three standard errors): lower the learning rate or change the seed")
        #expect(
            Guesswork.loss(12.5, limit: log(10)).description
                == "worse than guessing: test loss 12.5, and equal probabilities for all classes give 2.3026: "
                + "lower the learning rate or train for fewer epochs")
    }
}
