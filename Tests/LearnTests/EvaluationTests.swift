import TestSupport
import Testing

@testable import Learn

/// What is measured after an epoch, and when.
@Suite struct EvaluationTests {
    private func trainer(_ network: Network, epochs: Int) throws -> Trainer {
        let configuration = Configuration(
            network, epochs: epochs, seed: 1, batchSize: ReproducibilityTests.batchSize)
        return try Trainer(configuration: configuration, dataset: ReproducibilityTests.dataset, threads: 2)
    }

    @Test(arguments: [(1, [1]), (5, [5]), (7, [5, 7]), (12, [5, 10, 12])])
    func trainingImagesAreEvaluatedEveryFifthTimeAndLast(epochs: Int, evaluated: [Int]) {
        let configuration = Configuration(.lenet5, epochs: epochs, seed: 1)
        #expect((1...epochs).filter(configuration.evaluatesTraining) == evaluated)
    }

    /// The epoch's running mean is of a network with dropout that still learns; the evaluation is of the one that is
    /// left.
    @Test func theEvaluationIsThatOfTheNetworkAsItIs() throws {
        let trainer = try trainer(.wide, epochs: 1)
        let metrics = try trainer.trainEpoch()
        let again = trainer.model.measure(trainer.dataset.train)
        #expect(metrics.evaluatedTrain == again.evaluation)
        #expect(metrics.evaluatedTrain?.loss != metrics.trainLoss)
    }

    /// Nothing random lies in it: a training that evaluates more often goes the same way.
    @Test func theEvaluationMovesNoWeight() throws {
        let (often, seldom) = (try trainer(.maxpool, epochs: 1), try trainer(.maxpool, epochs: 9))
        for _ in 0..<2 {
            try often.trainEpoch()
            try seldom.trainEpoch()
        }
        #expect(often.history.map { $0.evaluatedTrain == nil } == [false, true])
        #expect(seldom.history.allSatisfy { $0.evaluatedTrain == nil })
        #expect(often.checkpoint().weights == seldom.checkpoint().weights)
    }

    @Test(arguments: Network.all)
    func theAnswersOfEachEpochAreKept(network: Network) throws {
        let trainer = try trainer(network, epochs: 3)
        for _ in 0..<3 { try trainer.trainEpoch() }
        let (run, labels) = (trainer.finishedRun(), trainer.dataset.test.labels)
        #expect(run.answerHistory.shape == [3, labels.count])
        for (epoch, metrics) in run.history.enumerated() {
            let answers = run.answerHistory.values[epoch * labels.count..<(epoch + 1) * labels.count]
            let right = zip(answers, labels).count { $0 == $1 }
            #expect(Double(right) / Double(labels.count) == metrics.testAccuracy)
        }
        #expect(Array(run.answerHistory.values.suffix(labels.count)) == run.predictions.likeliestClasses)
    }

    @Test func ofEquallyLikelyClassesTheFirstIsTheAnswer() {
        let predictions = Tensor(shape: [2, 3], values: [0.4, 0.4, 0.2, 0.1, 0.45, 0.45])
        #expect(predictions.likeliestClasses == [0, 1])
    }

    @Test func whatATrainingOwesLeavesOutTheImagesGradient() {
        let (pixels, labels) = ([UInt8](repeating: 0, count: 784), [UInt8](repeating: 0, count: 1))
        let split = Split(pixels: pixels, labels: labels, shape: FashionMNIST.shape)
        let one = Dataset(train: split, test: split, classCount: 10, digests: [:])
        let arithmetic = Arithmetic(Network.lenet5.architecture)
        // Twice the multiply-adds of conv1, conv2 and the dense layers.
        let (first, forward) = (2 * 117_600.0, 2 * 416_520.0)
        #expect(arithmetic.training(epochs: 1, evaluations: 0, of: one) == 4 * forward - first)
        #expect(arithmetic.training(epochs: 10, evaluations: 2, of: one) == 10 * (4 * forward - first) + 2 * forward)
    }
}
