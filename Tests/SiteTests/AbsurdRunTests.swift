import Foundation
import Learn
import Render
import TestSupport
import Testing

@testable import Site

#if canImport(FoundationXML)
    import FoundationXML
#endif

extension Fixture {
    /// Losses as trainings leave them that went astray, or went nowhere.
    static let absurdLosses: [String: [Double]] = [
        "beyond whole numbers": [2.3, 7.5e19, 7.4e19, 7.3e19, 7.5e19, 7.5e19, 7.5e19, 7.5e19],
        "beyond all measure": [
            1e300, 1e-300, .greatestFiniteMagnitude, .leastNonzeroMagnitude, 1, 1e300, 1e-300, 1e300,
        ],
        "nothing": [0, -0.0, 0, 0, 0, 0, 0, 0],
        "almost nothing": [1e-300, 1e-305] + Array(repeating: .leastNonzeroMagnitude, count: 6),
        "always the same": Array(repeating: 2.302585, count: 8),
        "down to nothing": [2, 1, 0.5, 0.1, 1e-12, 1e-60, 1e-250, 0],
    ]

    /// Runs with these losses, with dead and with wild weights and maps.
    static func absurdRuns(_ losses: [Double]) -> [Run] {
        zip(fashionRuns(), [0, Float.greatestFiniteMagnitude, .leastNonzeroMagnitude]).map { run, size in
            var run = run.with(
                history: losses.map {
                    EpochMetrics(
                        trainLoss: $0, trainAccuracy: 0.1, testLoss: $0, testAccuracy: 0.1,
                        evaluatedTrain: Evaluation(loss: $0, accuracy: 0.1))
                })
            for index in run.weights.indices { run.weights[index].tensor.values.resize(to: size) }
            run.kernelHistory.values.resize(to: size)
            for sample in run.samples.indices {
                for output in run.samples[sample].outputs.indices.dropLast() {
                    run.samples[sample].outputs[output].tensor.values.resize(to: size)
                }
            }
            return run
        }
    }
}

extension [Float] {
    /// Every value of one size or zero, signs as they were.
    fileprivate mutating func resize(to size: Float) {
        for index in indices where self[index] != 0 { self[index] = self[index] < 0 ? -size : size }
    }
}

/// Runs that are stored as complete, whatever became of their numbers, can be looked at.
@Suite struct AbsurdRunTests {
    private static func study(_ losses: [Double]) -> SeedStudy? {
        let runs = Fixture.absurdRuns(losses)
        let results = runs.flatMap { run in
            (0..<4).map { seed in
                var result = RunResult(configuration: run.configuration, history: run.history)
                result.configuration.seed = UInt64(seed)
                return result
            }
        }
        return SeedStudy(around: runs.map(\.configuration), results: results, images: Fixture.dataset.test.count)
    }

    /// Four networks of which one has these losses, others are as they usually are.
    private static func factorial(_ losses: [Double]) -> FactorialStudy? {
        Fixture.factorial { result in
            guard result.configuration.network == "pooling" else { return }
            result.history = losses.map { loss in
                EpochMetrics(
                    trainLoss: loss, trainAccuracy: 0.1, testLoss: loss, testAccuracy: 0.1,
                    evaluatedTrain: Evaluation(loss: result.configuration.seed > 1 ? 0 : loss, accuracy: 0.1))
            }
        }
    }

    /// What figures and pages of each are made from, worked out once.
    private static let inputs = Fixture.absurdLosses.mapValues { losses in
        FigureInput(
            dataset: Fixture.fashion, runs: Fixture.absurdRuns(losses), study: study(losses),
            factorial: factorial(losses))
    }

    @Test(arguments: Fixture.absurdLosses.keys.sorted(), FigureVariant.few.map(\.description))
    func everyFigureIsDrawn(losses: String, variant: String) throws {
        let variant = try #require(FigureVariant.all.first { $0.description == variant })
        let input = try #require(AbsurdRunTests.inputs[losses])
        for figure in FigureCatalog.figures(for: Network.all, hasStudy: true, hasFactors: true) {
            let drawing = try figure.draw(input, variant.words, variant.theme, variant.format)
            #expect(drawing.size.height < 3000)
            // Through the transcript, which turns every place into a whole number.
            #expect(!drawing.transcript.isEmpty)
            let problems = try LabelCheck(drawing, variant.theme).problems
            #expect(problems.isEmpty, "\(figure.id): \(problems)")
            // The file once: it takes long, and neither words nor colours change its numbers.
            if variant.description == FigureVariant.all[0].description {
                let parser = XMLParser(data: try drawing.svg())
                #expect(parser.parse(), "\(figure.id)")
            }
            #expect(try figure.table(input)?.csv.contains("nan") != true, "\(figure.id)")
        }
    }

    @Test(arguments: Fixture.absurdLosses.keys.sorted()) func theSiteIsMade(name: String) throws {
        let losses = try #require(Fixture.absurdLosses[name])
        let folder = try TemporaryFolder()
        let materials = SiteMaterials(
            try #require(AbsurdRunTests.inputs[name]),
            figures: TestSite.studyFigures + TestSite.factorsFigures.suffix(1), experiment: TestSite.experiment)
        try SiteBuilder(templates: TestSite.templates, output: folder.url.appending(path: "site"))
            .build(materials) { _ in }
        let page = String(decoding: try #require(folder.contents(of: "site")["en/index.html"]), as: UTF8.self)
        #expect(page.firstMatch(of: /[0-9,]{20}/) == nil)
        #expect(page.contains("7.5e19") == losses.contains(7.5e19))
    }

    @Test func meansOfHugeNumbersAreNumbers() {
        for values in Fixture.absurdLosses.values {
            let estimate = MeanEstimate(values)
            #expect(estimate.mean >= estimate.lowest && estimate.mean <= estimate.highest)
            #expect(estimate.interval.lowerBound.isFinite && estimate.interval.upperBound.isFinite)
        }
        #expect(MeanEstimate([1e300, 3e300]).mean == 2e300)
    }
}
