import Foundation
import Learn
import TestSupport
import Testing

@testable import Site

/// What runs of four networks say of two changes.
@Suite struct FactorialStudyTests {
    private func study(_ results: [RunResult]) -> FactorialStudy? {
        FactorialStudy(
            TestSite.factorial, around: Fixture.factorialConfigurations, results: results,
            images: Fixture.dataset.test.count)
    }

    private static let effects = Fixture.FactorEffects(accuracy: [12, -6, 8], gap: [6, -30, -20])
    private let results = Fixture.factorialResults(effects)

    @Test func seedsThatAllHaveAreTold() throws {
        #expect(try #require(study(results)).seeds == [0, 1, 2, 3])
        let without = results.filter { $0.configuration.network != "pooling" || $0.configuration.seed != 2 }
        #expect(try #require(study(without)).seeds == [0, 1, 3])
        #expect(study(results.filter { $0.configuration.network != "dropout" }) == nil)
        #expect(study(results.filter { ($0.configuration.network == "dropout") == ($0.configuration.seed < 2) }) == nil)
        #expect(study([]) == nil)
        // Without a training loss there is no gap, and nothing to tell of it.
        var unmeasured = results
        unmeasured[0].history[7].evaluatedTrain = nil
        #expect(study(unmeasured) == nil)
    }

    @Test func runsThatDifferInMoreThanTheSeedAreLeftOut() throws {
        var others = Array(results.prefix(3))
        others[0].configuration.epochs += 1
        others[1].configuration.optimizer.learningRate = 0.5
        others[2].configuration.batchSize = 100
        #expect(study(others + results.reversed()) == study(results))
        var unequal = Fixture.factorialConfigurations
        unequal[1].epochs += 1
        #expect(
            FactorialStudy(TestSite.factorial, around: unequal, results: results, images: Fixture.dataset.test.count)
                == nil)
    }

    /// What the runs were made of, and the intervals by the numbers of a table of Student's t: 3.182 for three degrees.
    @Test func effectsAreThoseThatTheRunsWereMadeOf() throws {
        let study = try #require(self.study(results))
        let noise = [[1.0, -1, 2, -2], [2.0, -1, -2, 1], [2.0, -4, -2, 4]]
        for (place, contrast) in FactorialStudy.Contrast.allCases.enumerated() {
            let deviation = (noise[place].reduce(0) { $0 + $1 * $1 } / 3).squareRoot()
            for (measure, sizes, unit) in [
                (FactorialStudy.Measure.accuracy, FactorialStudyTests.effects.accuracy, 1 / 200.0),
                (.gap, FactorialStudyTests.effects.gap, 0.01),
            ] {
                let effect = study.effect(contrast, on: measure)
                let (mean, margin) = (Double(sizes[place]) * unit, 3.182446305 * deviation / 2 * unit)
                #expect(abs(effect.mean - mean) < 1e-12, "\(contrast) \(measure)")
                let interval = try #require(effect.interval)
                #expect(abs(interval.lowerBound - (mean - margin)) < 1e-8)
                #expect(abs(interval.upperBound - (mean + margin)) < 1e-8)
            }
        }
        #expect(study.values(of: .accuracy, .neither) == Array(repeating: 0.55, count: 4))
        #expect(study.runs(of: .firstAlone).map(\.configuration.network) == Array(repeating: "pooling", count: 4))
        #expect(study.epochs == 8)
    }

    @Test(arguments: Fixture.factorsStories.map(\.name)) func theVerdictIsThatOfItsStory(name: String) throws {
        let verdicts: [String: FactorialStudy.Verdict] = [
            "changes that help": .better, "changes that do harm": .worse, "changes that do nothing": .chance,
            "changes of one seed": .single,
        ]
        let study = try #require(Fixture.factorsStories.first { $0.name == name }?.factorial)
        for contrast in FactorialStudy.Contrast.allCases {
            for measure in FactorialStudy.Measure.allCases {
                let effect = study.effect(contrast, on: measure)
                #expect(effect.verdict.outcome == verdicts[name], "\(contrast) \(measure)")
                #expect(effect.verdict.turnedBy == (verdicts[name] == nil ? [.epoch] : []))
                #expect((effect.interval == nil) == (name == "changes of one seed"))
            }
        }
    }

    /// Three answers more, give or take one or two, are t = 3.29 for three degrees of freedom: p = 0.046.
    @Test func aVerdictThatHangsOnTheLevelIsUndecided() throws {
        let study = Fixture.factorial(.init(accuracy: [3, 20, 0]))
        #expect(study.effect(.first, on: .accuracy).verdict.turnedBy == [.threshold])
        #expect(study.effect(.second, on: .accuracy).verdict.outcome == .better)
        #expect(abs(try #require(MeanDifference([4, 2, 5, 1]).probability) - 0.0462) < 1e-4)
        #expect(MeanDifference([1, 1, 1]).probability == 0)
        #expect(MeanDifference([0, 0]).probability == 1)
        #expect(MeanDifference([1, -1]).probability == 1)
        #expect(MeanDifference([5]).probability == nil)
        // t = 1 for one degree of freedom, where the distribution is Cauchy's: p = 1/2.
        #expect(abs(try #require(MeanDifference([0, 2]).probability) - 0.5) < 1e-9)
    }

    @Test func factsHaveTheCommandThatMakesTheRunsAgain() throws {
        let facts = Facts(dataset: Fixture.fashion, runs: Fixture.fashionRuns(), factorial: study(results))
        guard case .name(let command) = facts[fact: "factors.command"]?.quantity else {
            Issue.record("no command")
            return
        }
        #expect(
            command
                == "swift run site-build study plan --epochs 8 --seeds 0-3 "
                + "--experiment experiments/fashion-mnist-2x2.yml | sh"
        )
        #expect(facts[fact: "factors.first.name"]?.quantity == .text(key: "factor.pooling"))
        #expect(facts[fact: "factors.runs"]?.quantity == .count(16))
    }
}

/// The article, and the page of the experiment itself, with a section on two changes.
@Suite struct FactorsPageTests {
    private func pages(_ materials: SiteMaterials) throws -> [Language: String] {
        let folder = try TemporaryFolder()
        try SiteBuilder(templates: TestSite.templates, output: folder.url.appending(path: "site"))
            .build(materials) { _ in }
        let files = try folder.contents(of: "site")
        return try Dictionary(
            uniqueKeysWithValues: Language.allCases.map { language in
                (language, String(decoding: try #require(files[language.home.path]), as: UTF8.self))
            })
    }

    private func check(_ page: String, _ language: Language) {
        for id in ["changes", "figure-factors", "changes-accuracy", "changes-overfitting"] {
            #expect(page.components(separatedBy: "id=\"\(id)\"").count == 2, "\(id)")
        }
        #expect(page.contains(language == .japanese ? "最大プーリング" : "max pooling"))
        // Ten points of accuracy, gained and lost, and what is done to the gap.
        for number in [">+10.00<", ">−10.00<", ">+0.060<", ">−0.300<", ">−0.200<"] {
            #expect(page.contains(number), "\(number)")
        }
    }

    @Test func theSectionStandsInTheArticle() throws {
        let materials = SiteMaterials(
            dataset: Fixture.dataset, runs: Fixture.runs(), study: Fixture.study(), factorial: Fixture.factorial(),
            figures: TestSite.studyFigures + TestSite.factorsFigures.suffix(1))
        for (language, page) in try pages(materials) { check(page, language) }
    }

    @Test func theSectionStandsInThePageOfTheExperimentItself() throws {
        let networks = Fixture.factorialConfigurations.map(Network.init)
        let materials = SiteMaterials(
            dataset: Fixture.fashion, runs: networks.map { Fixture.run($0, on: Fixture.fashion) },
            factorial: Fixture.factorial(), experiment: TestSite.factorial)
        for (language, page) in try pages(materials) { check(page, language) }
    }

    @Test func withoutSuchRunsNothingOfItIsThere() throws {
        let source = try ArticleSource(language: .english, files: TemplateFolder.prose(in: TestSite.templates))
        func isTold(_ hasFactors: Bool) -> Bool {
            source.telling(ofStudy: true, ofFactors: hasFactors).sections
                .contains { $0.id == ArticleSource.factorsSection }
        }
        #expect(isTold(true) && !isTold(false))
        let facts = Facts(dataset: Fixture.dataset, runs: Fixture.runs())
        #expect(!facts.facts.contains { $0.key.hasPrefix("factors") })
    }
}

/// How an experiment's file tells of two changes.
@Suite("Factors of an experiment") struct ExperimentFactorTests {
    private static let text = """
        data: fashion-mnist
        networks:
          plain: {layers: [flatten, dense 10], epochs: 2}
          a: {layers: [flatten, dense 8, dense 10], epochs: 2}
          b: {layers: [flatten, dropout 0.5, dense 10], epochs: 2}
          ab: {layers: [flatten, dropout 0.5, dense 8, dense 10], epochs: 2}
        factors:
          depth: {name: {en: a second layer, ja: 二層目}, networks: [a, ab]}
          dropout: {networks: [ab, b]}

        """

    @Test func areRead() throws {
        let experiment = try ExperimentTests.read(ExperimentFactorTests.text)
        #expect(experiment.factors.map(\.key) == ["depth", "dropout"])
        #expect(experiment.factors.map { $0.name[.japanese] } == ["二層目", "dropout"])
        #expect(experiment.factors.map(\.networks) == [["a", "ab"], ["ab", "b"]])
        #expect(try experiment.withFactors() == experiment)
        #expect(try ExperimentTests.read(ExperimentTests.small).withFactors() == nil)
    }

    @Test(arguments: [
        ("networks: [a, ab]", "networks: [a, abb]", "8:62: no network is called \"abb\"; did you mean ab?"),
        ("networks: [a, ab]", "networks: [a, a]", "8:62: a is listed already; remove it"),
        ("networks: [a, ab]", "networks: a", "8:58: wants a list of networks, not \"a\""),
        ("networks: [a, ab]", "network: [a, ab]", "8:48: a factor has no key \"network\"; did you mean networks?"),
        (", networks: [a, ab]", "", "8:10: a factor wants networks, such as networks: [small]"),
        ("ja: 二層目", "de: zwei", "8:38: the site has no language \"de\"; known are ja and en"),
        ("  depth:", "  Depth:", "8:3: \"Depth\" cannot name a factor"),
        (
            "  dropout: {networks: [ab, b]}\n", "",
            "8:3: there are not two factors but 1; name two, each with the networks that have it"
        ),
        (
            "  dropout: {networks: [ab, b]}\n", "  dropout: {networks: [ab, b]}\n  more: {networks: [a]}\n",
            "8:3: there are not two factors but 3; name two"
        ),
        (
            "networks: [a, ab]", "networks: [a]",
            "8:3: two factors want four networks, with neither, with the one, with the other and with both; list each "
                + "network under the factors that it has"
        ),
        (
            "factors:", "  more: {layers: [flatten, dense 10], epochs: 2}\nfactors:",
            "9:3: two factors want four networks"
        ),
        (
            "  b: {layers: [flatten, dropout 0.5, dense 10], epochs: 2}",
            "  b: {layers: [flatten, dropout 0.5, dense 10], epochs: 3}",
            "8:3: networks that differ in factors are compared after equally many epochs; give all the same"
        ),
        ("factors:", "factors: [a, b]\nxfactors:", "an experiment has no key \"xfactors\"; did you mean factors?"),
        (
            "factors:", "factorial: other.yml\nfactors:",
            "7:12: an experiment with factors tells of its own; remove factorial or factors"
        ),
        ("  plain:", "  factors:", "3:3: factors means something else in the article; give the network another name"),
    ])
    func faultsAreTold(_ old: String, _ new: String, _ complaint: String) {
        #expect(ExperimentFactorTests.text.contains(old))
        let error = #expect(throws: ExperimentError.self) {
            try ExperimentTests.read(ExperimentFactorTests.text.replacing(old, with: new, maxReplacements: 1))
                .check(for: [.japanese, .english])
        }
        #expect(error?.description.contains(complaint) == true, "\(error?.description ?? "")")
        #expect(error?.description.contains("\n") == false)
    }

    /// The article's own file names one; what is wrong with that one is told where it is named, or in itself.
    @Test func ofAnotherFileAreReadOrRefused() throws {
        let folder = try TemporaryFolder()
        func write(_ text: String, _ name: String) throws {
            try Data(text.utf8).write(to: folder.url.appending(path: name))
        }
        func withFactors() throws(ExperimentError) -> Experiment? {
            try Experiment(contentsOf: folder.url.appending(path: "e.yml")).withFactors()
        }
        try write(
            "data: fashion-mnist\nfactorial: f.yml\nnetworks: {a: {layers: [flatten, dense 10], epochs: 1}}\n", "e.yml")
        let missing = #expect(throws: ExperimentError.self) { try withFactors() }
        #expect(missing?.description.contains("e.yml:2:12: factorial names ") == true)
        #expect(missing?.description.hasSuffix("f.yml: cannot be read: No such file or directory") == true)
        try write(ExperimentFactorTests.text, "f.yml")
        #expect(try withFactors()?.factors.count == 2)
        try write(ExperimentFactorTests.text.replacing("epochs: 2", with: "epochs: 0", maxReplacements: 1), "f.yml")
        let damaged = #expect(throws: ExperimentError.self) { try withFactors() }
        #expect(damaged?.description.contains("f.yml:3:48: wants epochs") == true)
        try write(String(ExperimentFactorTests.text.split(separator: "factors:")[0]), "f.yml")
        let none = #expect(throws: ExperimentError.self) { try withFactors() }
        #expect(none?.description.contains("e.yml:2:12: ") == true)
        #expect(none?.description.hasSuffix("has no factors; name an experiment that has, or remove this") == true)
        try write(ExperimentFactorTests.text.replacing(", ja: 二層目", with: ""), "f.yml")
        let unnamed = #expect(throws: ExperimentError.self) {
            try SiteBuilder(templates: TestSite.templates, output: folder.url.appending(path: "site"))
                .check(Experiment(contentsOf: folder.url.appending(path: "e.yml")))
        }
        #expect(
            unnamed?.description.hasSuffix("f.yml:8:17: a factor's name is wanted in each language; add ja") == true)
        try write(
            ExperimentFactorTests.text.replacing("data: fashion-mnist", with: "data: {idx: other}"), "f.yml")
        let other = #expect(throws: ExperimentError.self) { try withFactors() }
        #expect(other?.description.hasSuffix("is about other data; name an experiment on the same") == true)
    }
}
