import Foundation
import Learn
import Testing

@testable import Site

/// Facts and figures follow what an experiment says of its classes and networks.
@Suite struct RelationsTests {
    private func experiment(_ networks: String, _ rest: String = "") throws -> Experiment {
        try Experiment(
            Array("data: {idx: data}\nnetworks:\n\(networks)\(rest)".utf8), file: "e.yml", folder: URL(filePath: "/"))
    }

    private func network(_ name: String, after: String? = nil) -> String {
        "  \(name): {\(after.map { "after: \($0), " } ?? "")layers: [conv 2@5x5, flatten, dense 10], epochs: 8}\n"
    }

    @Test func networksAreComparedWithWhatTheyComeAfter() throws {
        let names = ["a", "b", "c", "d", "e"]
        let relations = try experiment(
            network("a") + network("b", after: "a") + network("c", after: "a") + network("d", after: "c") + network("e")
        ).relations
        #expect(relations.steps(among: names).map { "\($0.network)-\($0.other)" } == ["b-a", "c-a", "d-c"])
        #expect(relations.gains(among: names).map { "\($0.network)-\($0.other)" } == ["b-a", "c-a", "d-a"])
        // Without c, d comes after what c comes after.
        #expect(relations.steps(among: ["a", "d"]).map { "\($0.network)-\($0.other)" } == ["d-a"])
        #expect(relations.steps(among: ["d"]).isEmpty)
    }

    @Test func factsAndFiguresFollow() throws {
        let experiment = try experiment(
            network("a") + network("b") + network("c", after: "a") + network("d", after: "c"))
        let networks = try experiment.networks(input: Fixture.dataset.shape, classes: 10)
        let facts = Facts(
            dataset: Fixture.dataset, runs: networks.map { Fixture.run($0) }, experiment: experiment)
        let pairs = facts.claims.map(\.key).filter { $0.hasPrefix("compare.") && $0.hasSuffix(".verdict") }
        #expect(pairs.sorted() == ["compare.c.a.verdict", "compare.d.a.verdict", "compare.d.c.verdict"])
        #expect(facts[claim: "compare.d.c.redundancy"] != nil && facts[claim: "compare.b.a.redundancy"] == nil)
        let figures = FigureCatalog.figures(for: networks, relations: experiment.relations, hasStudy: false)
        #expect(figures.map(\.id).filter { $0.contains("difference") } == ["difference-c", "difference-d"])
        let input = FigureInput(
            dataset: Fixture.dataset, runs: networks.map { Fixture.run($0) }, experiment: experiment)
        let words = try Words(
            language: .english, templates: TestSite.templates, names: SiteNames(experiment, classCount: 10))
        let caption = try #require(figures.first { $0.id == "difference-d" }).caption(input, words)
        #expect(caption.contains("of d minus that of c"))
    }

    /// A study compares each network with the one with which its comparisons begin, and those without one with none.
    @Test func aStudyFollows() throws {
        let experiment = try experiment(
            network("a") + network("b", after: "a") + network("c") + network("d", after: "c"))
        let networks = try experiment.networks(input: Fixture.dataset.shape, classes: 10)
        let runs = networks.map { Fixture.run($0) }
        let results = runs.enumerated().flatMap { place, run in
            (0..<SeedStudy.fewestRuns).map { seed in
                var result = RunResult(configuration: run.configuration, history: run.history)
                result.configuration.seed = UInt64(seed)
                for epoch in result.history.indices {
                    result.history[epoch].testAccuracy = 0.5 + 0.1 * Double(place) + 0.01 * Double(seed)
                }
                return result
            }
        }
        func study(_ relations: Relations) throws -> SeedStudy {
            try #require(
                SeedStudy(
                    around: runs.map(\.configuration), results: results, images: 100, relations: relations))
        }
        let gains = try study(experiment.relations).gains
        #expect(gains.map { "\($0.network.network.name)-\($0.other.network.name)" } == ["b-a", "d-c"])
        #expect(gains.allSatisfy { abs($0.difference - 0.1) < 1e-9 })
        #expect(try study(experiment.relations).gain == gains[1])
        let text = StudySummary(
            results, of: networks, selection: RunSelection(), images: 100, relations: experiment.relations
        ).text
        #expect(text.contains("b over a after epoch 8: 10.00 points") && text.contains("d over c after epoch 8"))
        #expect(!text.contains("d over a"))
        let apart = try self.experiment(network("a") + network("b") + network("c") + network("d")).relations
        #expect(try study(apart).gains.isEmpty)
    }

    @Test func theStoryComparesAsBefore() {
        let relations = TestSite.experiment.relations
        #expect(
            relations.compared(among: ["lenet5", "maxpool", "wide"]).map { FactSubject.pair($0).prefix }
                == ["compare.maxpool.lenet5", "compare.wide.maxpool", "compare.wide.lenet5"])
    }

    @Test func familiesAreThoseOfTheExperiment() throws {
        let classes = (0..<10).map { "  - c\($0)\n" }.joined()
        let experiment = try Experiment(
            Array(
                "data: {idx: data}\nclasses:\n\(classes)families: {low: [c0, c1], high: [c8, c9]}\nnetworks:\n\(network("a"))"
                    .utf8), file: "e.yml", folder: URL(filePath: "/"))
        let networks = try experiment.networks(input: Fixture.dataset.shape, classes: 10)
        let run = Fixture.run(networks[0])
        let facts = Facts(dataset: Fixture.dataset, runs: [run], experiment: experiment)
        let confusion = Confusion(matrix: run.confusionMatrix)
        #expect(
            facts[fact: "a.family.high.share"]?.quantity
                == .share(confusion.shareOfMistakes(within: [8, 9]), places: 0))
        #expect(facts[claim: "a.family.low.mostly"]?.outcome == "no")
        #expect(facts[claim: "a.family.tops.mostly"]?.outcome == "absent")
    }

    @Test func noMistakesAreNeitherMostlyOfOneKindNorNot() throws {
        let perfect = try #require(Fixture.stories.first { $0.name == "perfect" }).facts
        #expect(perfect[claim: "wide.family.tops.mostly"]?.outcome == "none")
        let usual = try #require(Fixture.stories.first { $0.name == "mostly tops throughout" }).facts
        #expect(usual[claim: "wide.family.tops.mostly"]?.outcome == "yes")
    }

    /// The article can be told of data whose classes are in no such families.
    @Test func familiesThatTheStoryTellsOfMayBeAbsent() throws {
        let facts = try #require(Fixture.stories.first { $0.name == "other data" }).facts
        #expect(facts[claim: "wide.family.tops.mostly"]?.outcome == "absent")
        #expect(facts[claim: "data.families"]?.outcome == "no")
        #expect(facts[fact: "wide.family.shoes.share"].map(\.quantity) == .some(nil))
    }
}
