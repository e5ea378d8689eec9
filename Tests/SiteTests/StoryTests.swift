import Foundation
import Learn
import Testing

@testable import Site

/// Whatever the runs say, the article says that and nothing else.
@Suite struct StoryTests {
    private static let templates = Result { try TemplateFolder(TestSite.templates) }

    private static let excerpts = Result { try Excerpts(package: TestSite.package) }
    private static let passages = Dictionary(
        uniqueKeysWithValues: Language.allCases.map { language in (language, Result { try passages(language) }) })

    private func source(_ language: Language) throws -> ArticleSource {
        try ArticleSource(language: language, templates: StoryTests.templates.get())
    }

    private func article(_ story: Fixture.Story, _ language: Language) throws -> Article {
        let words = try TestSite.words(language)
        let figures = story.study == nil ? TestSite.figures : TestSite.studyFigures
        let sizes = figures.map { ($0.id, (width: 640, height: 400)) }
        return try ArticleRenderer(
            source: source(language).telling(ofStudy: story.study != nil), templates: StoryTests.templates.get(),
            words: words, facts: story.facts, networks: story.runs.map(\.configuration.network), parts: "",
            figures: figures,
            sizes: Dictionary(uniqueKeysWithValues: sizes),
            tables: PageTables(
                words: words, runs: story.runs, labels: story.dataset.test.labels, study: story.study
            ).all(),
            listings: CodeListing.all(StoryTests.excerpts.get(), runs: story.runs, experiment: "e.yml"), citation: ""
        ).article()
    }

    @Test func theStoriesReachEveryOutcomeThatTheArticleTells() throws {
        var untold = Set(try source(.english).keys(in: .claim).map(\.key))
        for story in Fixture.stories {
            for (key, claim) in story.facts.claims {
                untold.remove("\(key).\(claim.outcome)")
            }
        }
        // That one is up to the network alone, whatever its run.
        untold.remove("lenet5.convolutionsWork.no")
        #expect(untold.sorted() == [])
    }

    /// Each passage that tells of an outcome stands in the page if and only if that outcome came about.
    @Test(arguments: Fixture.stories)
    func onlyTrueSentencesStand(_ story: Fixture.Story) throws {
        let claims = story.facts.claims
        for language in Language.allCases {
            let text = try article(story, language).sections.map(\.body).joined()
            #expect(!text.contains("{{"))
            // By bytes: tens of thousands of searches through a page would take minutes by characters.
            let page = Array(text.utf8CString)
            for passage in try StoryTests.passages[language]?.get() ?? [] {
                let came = claims[passage.claim]?.outcome == passage.outcome
                let stands = strstr(page, passage.text) != nil
                #expect(stands == came, "\(language.rawValue): \(passage.text)")
            }
        }
    }

    @Test func noLanguageTellsMoreThanTheOther() throws {
        for language in Language.allCases { try source(.japanese).check(tellsTheSameAs: source(language)) }
    }

    private struct Passage {
        let claim: String
        let outcome: String
        /// The longest stretch of the passage without a tag, long enough to stand in no other.
        let text: String
    }

    private static func passages(_ language: Language) throws -> [Passage] {
        let pattern = /\{\{#claim\.([A-Za-z0-9.]+)\.([A-Za-z0-9]+)\}\}(.*?)\{\{\/claim/
        let templates = try templates.get()
        let texts = try ArticleSource(language: language, templates: templates).sections
            .compactMap { templates.sources[$0.template] }
        let all = texts.flatMap { text in
            text.matches(of: pattern).compactMap { match -> Passage? in
                let stretches = match.3.split(separator: /\{\{+[^}]*\}+|<[^>]*>/).map(String.init)
                guard let longest = stretches.max(by: { $0.count < $1.count }), longest.count > 8 else { return nil }
                return Passage(claim: String(match.1), outcome: String(match.2), text: longest)
            }
        }
        let whole = texts.joined()
        return all.filter { whole.ranges(of: $0.text).count == 1 }
    }
}

extension Fixture.Story: CustomTestStringConvertible {
    var testDescription: String { name }
}
