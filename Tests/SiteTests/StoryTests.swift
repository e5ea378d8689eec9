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

    private static func read(_ language: Language) throws -> ArticleSource {
        try ArticleSource(language: language, files: TemplateFolder.prose(in: TestSite.templates))
    }

    private static let sources = Dictionary(
        uniqueKeysWithValues: Language.allCases.map { language in (language, Result { try read(language) }) })

    private func source(_ language: Language) throws -> ArticleSource {
        try #require(StoryTests.sources[language]).get()
    }

    private func article(_ story: Fixture.Story, _ language: Language) throws -> Article {
        let words = try TestSite.words(language)
        let figures =
            (story.study == nil ? TestSite.figures : TestSite.studyFigures)
            + (story.factorial == nil ? [] : TestSite.factorsFigures.suffix(1))
        let source = try source(language).telling(
            ofStudy: story.study != nil, ofFactors: story.factorial != nil)
        let atlas = Atlas(
            networks: story.runs.map(\.network), relations: TestSite.experiment.relations,
            hasStudy: story.study != nil, hasFactors: story.factorial != nil)
        return try ArticleRenderer(
            place: language.home, source: source,
            places: SitePlaces(AuthoredPage.story(source, words) + atlas.pages(words)),
            templates: StoryTests.templates.get(),
            words: words, facts: story.facts, networks: story.runs.map(\.configuration.network), parts: "",
            figures: figures, drawings: [],
            tables: PageTables(
                words: words, runs: story.runs, facts: story.facts, study: story.study
            ).all(),
            listings: CodeListing.all(StoryTests.excerpts.get(), runs: story.runs, experiment: "e.yml"), citation: ""
        ).article()
    }

    @Test func theStoriesReachEveryOutcomeThatTheArticleTells() throws {
        let selectors = try source(.english).selectors.map(\.selector)
        var untold = Set(
            selectors.flatMap { selector in selector.variants.map { "\(selector.subject).\($0.outcome)" } })
        for story in Fixture.stories {
            for claim in story.facts.claims { untold.remove("\(claim.key).\(claim.outcome)") }
        }
        // That one is up to the network alone, whatever its run.
        untold.remove("lenet5.convolutionsWork.no")
        #expect(untold.sorted() == [])
    }

    /// Each passage that tells of an outcome stands in the page if and only if that outcome came about.
    @Test(arguments: Fixture.stories)
    func onlyTrueSentencesStand(_ story: Fixture.Story) throws {
        for language in Language.allCases {
            let text = try article(story, language).sections.map(\.body).joined()
            // By bytes: tens of thousands of searches through a page would take minutes by characters.
            let page = Array(text.utf8CString)
            for unread in ["{lenet5.", "{compare.", "[yes]", "[?]", "@maps-"] {
                #expect(strstr(page, unread) == nil, "\(language.code): \(unread)")
            }
            for passage in try StoryTests.passages[language]?.get() ?? [] {
                let came = passage.outcomes.allSatisfy { story.facts[claim: $0.subject]?.outcome == $0.outcome }
                let stands = strstr(page, passage.text) != nil
                #expect(stands == came, "\(language.code): \(passage.text)")
            }
        }
    }

    @Test func noLanguageTellsMoreThanTheOther() throws {
        for language in Language.allCases { try source(.japanese).check(tellsTheSameAs: source(language)) }
    }

    private struct Passage {
        /// What must have come about for it to stand.
        let outcomes: [(subject: String, outcome: String)]
        /// A stretch of text without anything in it, long enough to stand in no other place.
        let text: String
    }

    /// The longest stretch of each text that hangs on a claim.
    private static func passages(_ language: Language) throws -> [Passage] {
        var stretches: [String: [Passage]] = [:]
        var all = ""
        for section in try read(language).sections {
            for block in section.blocks {
                block.pieces.walk { piece, outcomes in
                    guard case .text(let text) = piece.kind else { return }
                    all += text
                    let place = outcomes.map { "\($0.subject).\($0.outcome)" }.joined(separator: "/")
                    guard !outcomes.isEmpty else { return }
                    stretches["\(block.place) \(place)", default: []] +=
                        text.split(separator: /\n *|[*`\[\]\\&]/).map { Passage(outcomes: outcomes, text: String($0)) }
                }
            }
        }
        let prose = Array(all.utf8CString)
        return stretches.values.compactMap { passages in
            let longest = passages.max { $0.text.utf8.count < $1.text.utf8.count }
            return longest.flatMap { $0.text.count > 8 && isOnce($0.text, in: prose) ? $0 : nil }
        }
    }

    private static func isOnce(_ text: String, in page: [CChar]) -> Bool {
        page.withUnsafeBufferPointer { page in
            guard let start = page.baseAddress, let first = strstr(start, text) else { return false }
            return strstr(first + 1, text) == nil
        }
    }
}

extension Fixture.Story: CustomTestStringConvertible {
    var testDescription: String { name }
}
