import Foundation
import Learn
import Testing

@testable import Site

/// What the strings say that numbers and claims mean.
@Suite struct DefinitionTests {
    /// An experiment's facts, and the words in which its site tells of them.
    private struct Told: Sendable {
        let facts: Facts
        let words: [Language: Words]

        init(_ facts: Facts, _ experiment: Experiment, _ factorial: FactorialStudy? = nil, classes: Int) throws {
            self.facts = facts
            words = try Dictionary(
                uniqueKeysWithValues: Language.allCases.map { language in
                    let names = SiteNames(
                        experiment, classCount: classes, factorial: factorial?.experiment)
                    return (language, try Words(language: language, templates: TestSite.templates, names: names))
                })
        }
    }

    /// One story with each set of facts and claims that there is, and the experiments of other kinds.
    private static let told = Result {
        var seen: Set<[String]> = []
        let stories = Fixture.stories.filter { story in
            seen.insert(story.facts.facts.map(\.key) + story.facts.claims.map(\.key)).inserted
        }
        return try stories.map { try Told($0.facts, TestSite.experiment, $0.factorial, classes: $0.dataset.classCount) }
            + OtherFigures.all.map { other in
                let input = other.input
                let facts = Facts(
                    dataset: input.dataset, runs: input.runs, experiment: other.experiment, study: input.study)
                return try Told(facts, other.experiment, classes: input.dataset.classCount)
            }
    }

    /// What each fact's and claim's text is by its key, and where each fact comes from.
    private func texts(_ language: Language) throws -> (definitions: [(Claim, String)], all: [String]) {
        var (claims, all): ([(Claim, String)], [String]) = ([], [])
        for told in try DefinitionTests.told.get() {
            let definitions = try Definitions(told.facts, #require(told.words[language]))
            for fact in told.facts.facts {
                all.append(try definitions.text(of: fact))
                all.append(try definitions.source(of: fact))
            }
            for claim in told.facts.claims { claims.append((claim, try definitions.text(of: claim))) }
        }
        return (claims, all + claims.map(\.1))
    }

    @Test(arguments: Language.allCases)
    func thereIsOneOfEachFactAndClaimAndOfNothingElse(_ language: Language) throws {
        var asked: Set<String> = []
        for told in try DefinitionTests.told.get() {
            asked.formUnion(told.facts.facts.map(\.definitionKey))
            asked.formUnion(told.facts.claims.map(\.definitionKey))
        }
        let words = try TestSite.words(language)
        let defined = words.keys.filter { $0.hasPrefix("fact.") || $0.hasPrefix("claim.") }
        #expect(asked.subtracting(defined).sorted() == [])
        #expect(defined.subtracting(asked).sorted() == [])
    }

    /// Every placeholder has a value, be it whatever network, layer or family.
    @Test(arguments: Language.allCases)
    func eachTextCanBeFilled(_ language: Language) throws {
        let texts = try texts(language).all
        #expect(texts.allSatisfy { !$0.isEmpty && !$0.contains("{") && !$0.contains("  ") })
    }

    @Test(arguments: Language.allCases)
    func aClaimIsDefinedByItsOutcomes(_ language: Language) throws {
        var missing: Set<String> = []
        for (claim, text) in try texts(language).definitions {
            // A network's name is an outcome where the best is told.
            let outcomes =
                ["all.best", "all.shift"].contains(claim.key)
                ? ["tie"] : claim.outcomes.filter { $0 != Facts.undecided }
            for outcome in outcomes where !text.contains("`\(outcome)`") {
                missing.insert("\(claim.definitionKey): \(outcome)")
            }
        }
        #expect(missing.sorted() == [])
    }

    /// A threshold stands in a definition as the rule has it, not as it once was: no verdict has digits of its own.
    @Test(arguments: Language.allCases)
    func noThresholdIsWrittenOut(_ language: Language) throws {
        let words = try TestSite.words(language)
        for key in words.keys where key.hasPrefix("claim.") {
            let text = try words.template(key).replacing("SHA-256", with: "").replacing("1 − p", with: "")
                .replacing("conv1", with: "").replacing("conv2", with: "").replacing("F1", with: "")
            #expect(text.firstMatch(of: /[0-9]/) == nil, "\(key)")
        }
    }

    @Test func aDefinitionSaysWhatItIsAboutAndBelowWhichThreshold() throws {
        let told = try #require(DefinitionTests.told.get().first)
        let definitions = try Definitions(told.facts, #require(told.words[.english]))
        func claim(_ key: String) throws -> String { try definitions.text(of: #require(told.facts[claim: key])) }
        func source(_ key: String) throws -> String { try definitions.source(of: #require(told.facts[fact: key])) }
        #expect(
            try claim("wide.gap")
                == "`yes`: after the last epoch, the test loss of the wide network is more than 10% above its training"
                + " loss; `no`: it is not.")
        #expect(try claim("compare.wide.maxpool.zeros").contains("the wide network beside the max-pooling network"))
        #expect(try claim("compare.wide.maxpool.zeros").contains("`higher`: by 2 points or more"))
        #expect(try source("wide.testLoss") == "`history` in data/wide.json")
        #expect(try source("compare.wide.maxpool.other.testLoss") == "`history` in data/maxpool.json")
        #expect(try source("compare.wide.maxpool.testLoss") == "`history` in the data/*.json of the networks")
        #expect(try source("wide.conv1.lowestNorm") == "models/wide.safetensors")
    }

    @Test(arguments: Language.allCases)
    func sourcesAndWhatTurnsAVerdictHaveWords(_ language: Language) throws {
        let words = try TestSite.words(language)
        let turned = Set(Robustness.Change.allCases.map { "turned.\($0)" })
        #expect(words.keys.filter { $0.hasPrefix("turned.") } == turned)
        for key in turned { #expect(try !words(key).isEmpty) }
        let sources = Set(words.keys.filter { $0.hasPrefix("source.") }.map { $0.split(separator: ".")[1] })
        #expect(sources == Set(FactSource.allCases.map { Substring($0.rawValue) }))
    }

    @Test func whatTheStringsLackIsAnError() throws {
        let told = try #require(DefinitionTests.told.get().first)
        let noun = "{n} {n -> [one] x [other] xs}"
        let words = try Words(language: .english, texts: ["noun.point": noun, "noun.epoch": noun, "noun.times": noun])
        let definitions = try Definitions(told.facts, words)
        let fact = try #require(told.facts[fact: "all.networks"])
        #expect(throws: SiteError.missingString(key: "fact.all.networks", language: .english)) {
            try definitions.text(of: fact)
        }
        #expect(throws: SiteError.missingString(key: "source.architecture.all", language: .english)) {
            try definitions.source(of: fact)
        }
    }
}
