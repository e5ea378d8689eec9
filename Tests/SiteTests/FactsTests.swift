import Foundation
import Learn
import TestSupport
import Testing

@testable import Site

@Suite struct FactsTests {
    @Test func theLayoutFollowsFromTheLayers() throws {
        let layout = Network.lenet5.architecture.placed
        #expect(layout.map(\.name) == ["conv1", "pool1", "conv2", "pool2", "flatten", "dense1", "dense2", "dense3"])
        #expect(
            layout.map(\.output) == [
                [28, 28, 6], [14, 14, 6], [10, 10, 16], [5, 5, 16], [400], [120], [84], [10],
            ])
        #expect(layout.map(\.parameters) == [156, 0, 2416, 0, 0, 48120, 10164, 850])
        #expect(layout.map(\.multiplyAdds) == [117_600, 0, 240_000, 0, 0, 48_000, 10_080, 840])
        #expect(Network.lenet5.architecture.parameterCount == 61_706)
        #expect(Network.maxpool.architecture.parameterCount == 61_706)
    }

    @Test func confusionMatrixIsRead() {
        let confusion = Confusion(matrix: [[8, 2, 0], [1, 9, 0], [3, 0, 0]])
        #expect(confusion.wrong == 6)
        #expect(confusion.recall(0) == 0.8)
        #expect(confusion.precision(0) == 8.0 / 12)
        #expect(confusion.f1(2) == 0)
        #expect(confusion.precision(2) == 1)
        #expect(
            confusion.mistakes == [
                .init(truth: 2, guess: 0, count: 3), .init(truth: 0, guess: 1, count: 2),
                .init(truth: 1, guess: 0, count: 1),
            ])
        #expect(confusion.shareOfMistakes(within: [0, 1]) == 0.5)
        #expect(Confusion(matrix: [[1, 0], [0, 1]]).shareOfMistakes(within: [0, 1]) == 0)
    }

    @Test func whatIsWrittenAlikeSharesThePlace() {
        let tied = Confusion(matrix: [[9, 1, 0], [0, 9, 1], [2, 0, 8]])
        #expect(tied.extremes(of: tied.recall).highest == [0, 1] && tied.extremes(of: tied.recall).lowest == [2])
        #expect(FrequentMistakes(tied.mostFrequentMistakes) == .one)
        let even = Confusion(matrix: [[9, 1], [1, 9]])
        #expect(even.extremes(of: even.f1).highest == even.extremes(of: even.f1).lowest)
        #expect(FrequentMistakes(even.mostFrequentMistakes) == .several)
        #expect(FrequentMistakes(Confusion(matrix: [[1]]).mostFrequentMistakes) == .none)
        // Apart by less than a tenth of a percentage point.
        let close = Confusion(matrix: [[9001, 999], [1000, 9000]])
        #expect(close.extremes(of: close.recall).highest == [0, 1])
    }

    @Test func smoothKernelsAreToldFromNoise() {
        let ramp = Tensor(shape: [5, 5, 1, 1], values: (0..<25).map { Float($0 % 5) })
        let board = Tensor(shape: [5, 5, 1, 1], values: (0..<25).map { Float($0 % 2) })
        #expect(KernelStatistics(ramp).smoothness > 0.7)
        #expect(KernelStatistics(board).smoothness < -0.9)
        #expect(KernelStatistics(Tensor(zeros: [5, 5, 1, 2])).smoothness == 0)
    }

    @Test func oppositeKernelsAreAlike() {
        let pair = Tensor(shape: [2, 2, 1, 3], values: [1, -2, 0, 2, -4, 1, 3, -6, 0, 4, -8, -1])
        let statistics = KernelStatistics(pair)
        #expect(statistics.alikePairs() == 1)
        #expect(statistics.angles.map { ($0 * 10).rounded() / 10 } == [0, 75, 75])
        #expect(statistics.range == -8...4)
    }

    @Test func deadMapsAreCounted() {
        let output = Tensor(shape: [1, 2, 3], values: [1, 0, 0, 2, 0, 4])
        let sample = SampleActivations(index: 0, label: 0, outputs: [NamedTensor("pool2", output)])
        let statistics = MapStatistics([sample], layer: "pool2")
        #expect(statistics.channels == 3)
        #expect(statistics.dead == 1)
        #expect(statistics.zeroShare == 0.5)
        #expect(statistics.largest == 4)
    }

    @Test func mapsThatFollowTheImageAreFound() throws {
        let run = Fixture.runs()[0].seeingTheImage(in: 2)
        let likeness = MapLikeness(
            MapLikeness.correlations(run.samples, layer: "conv1", images: Fixture.dataset.test, network: .lenet5))
        #expect(likeness.toImage.prefix(2).allSatisfy { $0 > 1 - 1e-6 })
        #expect(likeness.toImage.count == 6 && likeness.toImage.dropFirst(2).allSatisfy { abs($0) < 0.2 })
    }

    @Test func theShownImagesAreTwoOfEachClass() {
        #expect(
            Facts(dataset: Fixture.dataset, runs: [])[fact: "data.shown"]?.quantity == .counted(20, noun: "testImage"))
    }

    @Test func everyFactCanBeWritten() throws {
        let facts = Facts(dataset: Fixture.dataset, runs: Fixture.runs())
        for language in Language.allCases {
            let words = try TestSite.words(language)
            for quantity in facts.facts.compactMap(\.quantity) {
                #expect(try !words(quantity).isEmpty)
            }
        }
    }

    @Test func theCommandTellsALearningRateThatIsNotTheUsual() {
        var runs = Fixture.fashionRuns()
        runs[2].configuration.optimizer.learningRate = 0.05
        let facts = Facts(dataset: Fixture.fashion, runs: runs)
        #expect(
            facts[fact: "wide.command"]?.quantity
                == .name("swift run site-build train --network wide --epochs 8 --seed 1 --learning-rate 0.05"))
        #expect(
            facts[fact: "maxpool.command"]?.quantity
                == .name("swift run site-build train --network maxpool --epochs 8 --seed 1")
        )
        #expect(facts[fact: "wide.learningRate"]?.quantity == .setting(0.05))
    }

    /// What the experiment's file says needs no option, what a run did otherwise does.
    @Test(
        arguments: [
            ("experiments/own.yml", "experiments/own.yml"), ("./a b.yml", "'a b.yml'"),
            ("/home/me/experiments/own.yml", "experiments/own.yml"), ("/home/me/own.yml", "own.yml"),
            ("../own.yml", "own.yml"),
        ])
    func theCommandsNameTheExperimentAndWhatItDoesNotSay(file: String, typed: String) throws {
        let text = """
            data: fashion-mnist
            networks: {lenet5: {layers: [flatten, dense 10], epochs: 8}}
            training: {optimizer: sgd momentum 0.9, rate: 0.1, batch: 50}
            """
        let experiment = try Experiment(Array(text.utf8), file: file, folder: URL(filePath: "/"))
        var runs = Fixture.fashionRuns()
        for index in runs.indices { runs[index].configuration.optimizer = experiment.training.optimizer }
        func command(_ key: String) -> Quantity? {
            Facts(dataset: Fixture.fashion, runs: runs, experiment: experiment)[fact: key]?.quantity
        }
        let train = "swift run site-build train --network maxpool --epochs 8 --seed 1"
        #expect(command("maxpool.command") == .name("\(train) --experiment \(typed)"))
        #expect(command("all.renderCommand") == .name("swift run site-build render --experiment \(typed)"))
        for index in runs.indices { runs[index].configuration.optimizer = .adadelta() }
        #expect(
            command("maxpool.command")
                == .name("\(train) --optimizer '\(Optimizer.adadelta().inShort)' --experiment \(typed)"))
        for index in runs.indices {
            runs[index].configuration.optimizer = experiment.training.optimizer.with(learningRate: 0.2)
        }
        #expect(
            command("all.renderCommand")
                == .name("swift run site-build render --learning-rate 0.2 --experiment \(typed)"))
    }
}
