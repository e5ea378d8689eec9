import Foundation
import Learn
import Render
import TestSupport
import Testing

@testable import Site

/// The statistics of studies, against tables and against counting by hand.
@Suite struct StatisticsTests {
    // Values of printed tables of the distribution, 0.975 quantiles.
    @Test(arguments: [
        (1, 12.706), (2, 4.303), (3, 3.182), (4, 2.776), (5, 2.571), (9, 2.262), (30, 2.042), (120, 1.980),
    ])
    func studentsBoundsAreThoseOfTheTables(_ freedom: Int, _ bound: Double) {
        #expect(abs(StudentT.bound(share: 0.95, freedom: freedom) - bound) < 0.0005)
    }

    @Test func studentsProbabilityGrowsFromZeroToOne() {
        for freedom in 1...12 {
            let values = [0, 0.1, 0.5, 1, 2, 5, 20, 1e6].map { StudentT.probability(within: $0, freedom: freedom) }
            #expect(values[0] == 0 && abs(values[7] - 1) < 1e-5)
            #expect(zip(values, values.dropFirst()).allSatisfy { $0 < $1 })
        }
        // One degree of freedom is Cauchy's distribution.
        #expect(abs(StudentT.probability(within: 1, freedom: 1) - 0.5) < 1e-15)
    }

    @Test func theMeanAndItsIntervalAreThoseOfAWorkedExample() {
        let estimate = MeanEstimate([2, 4, 4, 4, 5, 5, 7, 9])
        #expect(estimate.mean == 5 && estimate.lowest == 2 && estimate.highest == 9)
        #expect(abs(estimate.deviation - (32.0 / 7).squareRoot()) < 1e-12)
        // t = 2.3646 for seven degrees of freedom.
        #expect(abs(estimate.margin - 2.364624 * (32.0 / 7 / 8).squareRoot()) < 1e-6)
        #expect(MeanEstimate([3, 3, 3]).margin == 0)
    }

    /// Deals the values in every way, one by one.
    private func counted(_ sample: [Int], _ other: [Int]) -> Double {
        let values = sample + other
        func distance(_ mask: Int) -> Double {
            let first = values.indices.filter { mask >> $0 & 1 == 1 }.map { Double(values[$0]) }
            let second = values.indices.filter { mask >> $0 & 1 == 0 }.map { Double(values[$0]) }
            return abs(first.reduce(0, +) / Double(first.count) - second.reduce(0, +) / Double(second.count))
        }
        let deals = (0..<1 << values.count).filter { $0.nonzeroBitCount == sample.count }
        let found = distance((1 << sample.count) - 1)
        return Double(deals.count { distance($0) >= found - 1e-9 }) / Double(deals.count)
    }

    @Test(arguments: [
        ([1], [2]), ([3, 3], [3, 3]), ([170, 172, 175, 176], [185, 188, 186, 189]), ([5, 9, 9], [1, 9, 2, 4, 9]),
        ([9110, 9120, 9093, 9131, 9102], [9111, 9140, 9099, 9150, 9122]), ([0, 0, 7], [1]),
        ([4, 8, 1, 1, 9, 2], [3, 3]),
    ]) func permutationsAreCountedRight(_ sample: [Int], _ other: [Int]) {
        let probability = PermutationTest(sample, other).probability
        #expect(abs(probability - counted(sample, other)) < 1e-12)
        #expect(abs(probability - PermutationTest(other, sample).probability) < 1e-12)
    }

    @Test func theLeastProbabilityIsThatOfTheTwoExtremes() {
        let low = Array(1...30), high = Array(101...130)
        // 2 of C(60, 30) deals, which could not be tried one by one.
        #expect(abs(PermutationTest(low, high).probability * 1.182645815e17 - 2) < 1e-6)
        let fewest = SeedStudy.fewestRuns
        #expect(PermutationTest(Array(1...fewest), Array(11...10 + fewest)).probability < Significance.level)
        #expect(PermutationTest(Array(2...fewest), Array(12...10 + fewest)).probability > Significance.level)
    }
}

@Suite struct SeedStudyTests {
    private let configurations = Fixture.runs().map(\.configuration)
    private let results = Fixture.studyResults(
        right: [[170, 172, 175, 176], [176, 178, 181, 181], [185, 188, 186, 189]])

    private func study(_ results: [RunResult]) -> SeedStudy? {
        SeedStudy(around: configurations, results: results, images: Fixture.dataset.test.count)
    }

    @Test func runsThatDifferInMoreThanTheSeedAreLeftOut() throws {
        var others = results[0..<3].map { $0 }
        others[0].configuration.epochs += 1
        others[1].configuration.optimizer.learningRate = 0.5
        others[2].configuration.batchSize = 100
        #expect(study(results + others) == study(results))
    }

    @Test func theOrderInWhichRunsAreFoundDoesNotMatter() throws {
        #expect(study(results.reversed()) == study(results))
        let seeds = try #require(study(results)).series.map { $0.runs.map(\.configuration.seed) }
        #expect(seeds.allSatisfy { $0 == $0.sorted() })
    }

    @Test func fewerThanEnoughRunsOfOneNetworkAreNoStudy() {
        #expect(study(results) != nil)
        #expect(study(Array(results.dropLast())) == nil)
        #expect(study([]) == nil)
    }

    @Test(arguments: Fixture.studyStories.map(\.name)) func theVerdictIsThatOfItsStory(name: String) throws {
        let story = try #require(Fixture.studyStories.first { $0.name == name })
        let verdicts: [String: Significance] = [
            "a gain beyond chance": .better, "a gain within chance": .chance, "no gain": .chance,
            "a loss within chance": .chance, "a loss beyond chance": .worse,
        ]
        let gain = try #require(story.study).gain
        #expect(gain.verdict.outcome == verdicts[name])
        let isLate = name == "a gain in the last epoch alone"
        #expect(gain.isEveryRuns.outcome == (isLate ? nil : name == "a gain beyond chance"))
        #expect(gain.verdict.turnedBy == (isLate ? [.epoch] : []))
    }

    @Test func aLongerTrainingIsComparedWhereTheShorterEnds() throws {
        var (configurations, longer) = (configurations, results)
        let last = configurations.count - 1
        configurations[last].epochs += 4
        for index in longer.indices where longer[index].configuration.network == configurations[last].network {
            longer[index].configuration.epochs += 4
            for _ in 0..<4 { longer[index].history.append(longer[index].history[7]) }
            for epoch in 8..<12 { longer[index].history[epoch].testAccuracy = 0.99 }
        }
        let images = Fixture.dataset.test.count
        let study = try #require(SeedStudy(around: configurations, results: longer, images: images))
        let (gain, expected) = try (study.gain, #require(self.study(results)).gain)
        #expect(gain.epoch == 8 && gain.difference == expected.difference)
        #expect(gain.probability == expected.probability && gain.verdict == expected.verdict)
        #expect(gain.isEveryRuns == expected.isEveryRuns)
    }

    /// 86.62 and 93.50 % stand beside each other; the means are 6.875 points apart.
    @Test func theGainIsThatOfTheDigitsThatAreWritten() throws {
        let facts = Facts(dataset: Fixture.fashion, runs: Fixture.fashionRuns(), study: study(results))
        guard case .points(let gain, 2) = facts[fact: "study.gain"]?.quantity else {
            Issue.record("no gain")
            return
        }
        #expect(abs(gain - 0.0688) < 1e-9)
    }

    @Test func smallProbabilitiesAreNotWrittenAsNone() {
        #expect(NumberFormat.plain.significance(0.0286) == "p\u{A0}=\u{A0}0.029")
        #expect(NumberFormat.plain.significance(0.001) == "p\u{A0}=\u{A0}0.001")
        #expect(NumberFormat.plain.significance(0.0009) == "p\u{A0}<\u{A0}0.001")
        #expect(NumberFormat.plain.significance(1) == "p\u{A0}=\u{A0}1.000")
    }

    @Test(
        arguments: [([4], "4"), ([1, 2, 3], "1-3"), ([1, 2, 5, 7, 8], "1-2,5,7-8"), ([], "")] as [([UInt64], String)])
    func seedsAreWrittenAsRanges(_ seeds: [UInt64], _ text: String) {
        #expect(SeedStudy.text(ofSeeds: seeds) == text)
    }

    @Test func theCommandsMakeTheRunsAgain() throws {
        let facts = Facts(dataset: Fixture.fashion, runs: Fixture.fashionRuns(), study: study(results))
        let last = Network.all[Network.all.count - 1].name
        guard case .name(let command) = facts[fact: "study.\(last).command"]?.quantity else {
            Issue.record("no command")
            return
        }
        #expect(
            command == "swift run site-build study plan --network \(last) --epochs 8 --seeds 98-99,197,200 | sh")
        let other = Facts(
            dataset: Fixture.dataset, runs: Fixture.runs(), experiment: TestSite.unnamed, study: study(results))
        guard case .name(let otherCommand) = other[fact: "study.\(last).command"]?.quantity else {
            Issue.record("no command")
            return
        }
        #expect(otherCommand.hasSuffix(" --experiment e.yml | sh"))
    }

    @Test func theSummaryComparesOrSaysWhatIsMissing() {
        let selection = RunSelection()
        func summary(_ results: [RunResult], _ relations: Relations = TestSite.experiment.relations) -> String {
            StudySummary(results, of: Network.all, selection: selection, images: 200, relations: relations).text
        }
        let whole = summary(results)
        let last = Network.all[Network.all.count - 1].name
        #expect(
            whole.contains(
                "\(last) over lenet5 after epoch 8: 6.88 points, p\u{A0}=\u{A0}0.029 (exact permutation test of 4 and"))
        // The header, what the margins are, and each network but the first beside that.
        #expect(whole.split(separator: "\n").count == Network.all.count + 2 + Network.all.count - 1)
        let header = whole.split(separator: "\n")[0].split(separator: /\s{2,}/)
        #expect(header.suffix(3) == ["range", "after 8", "deviation"])
        let few = summary([results[0]])
        #expect(few.contains("Too few runs for a comparison: it takes 4 of each network"))
        #expect(summary([]) == "no runs\n")
    }
}

/// The article with a study in it.
@Suite struct StudyPageTests {
    private static let site = Result { () throws -> [String: Data] in
        let folder = try TemporaryFolder()
        let builder = SiteBuilder(templates: TestSite.templates, output: folder.url.appending(path: "site"))
        let materials = SiteMaterials(
            dataset: Fixture.dataset, runs: Fixture.runs(), study: Fixture.study(), figures: TestSite.studyFigures)
        try builder.build(materials) { _ in }
        return try folder.contents(of: "site")
    }

    private func page(_ language: Language) throws -> String {
        String(decoding: try #require(try StudyPageTests.site.get()[language.home.path]), as: UTF8.self)
    }

    @Test(arguments: Language.allCases) func theSectionStandsInThePage(language: Language) throws {
        let page = try page(language)
        for id in ["study", "figure-study-curves", "figure-study-accuracy"] {
            #expect(page.contains("id=\"\(id)\""), "\(id)")
        }
        #expect(page.contains("p\u{A0}=\u{A0}0.029") && page.contains("93.50%"))
    }

    @Test func withoutAStudyNothingOfItIsThere() throws {
        let source = try ArticleSource(language: .english, files: TemplateFolder.prose(in: TestSite.templates))
        #expect(
            source.telling(ofStudy: true, ofFactors: false).sections.contains { $0.id == ArticleSource.studySection })
        #expect(
            !source.telling(ofStudy: false, ofFactors: true).sections.contains { $0.id == ArticleSource.studySection })
        let facts = Facts(dataset: Fixture.dataset, runs: Fixture.runs())
        #expect(!facts.facts.contains { $0.key.hasPrefix("study") })
    }
}
