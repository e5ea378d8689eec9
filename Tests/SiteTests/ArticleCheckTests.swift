import Learn
import TestSupport
import Testing

@testable import Site

/// What authors can get wrong stops the build with the file and key in question.
@Suite struct ArticleCheckTests {
    private static let facts = Facts(dataset: Fixture.dataset, runs: Fixture.runs())

    private func source(_ text: String, _ language: Language = .english, section: String = "a") throws -> ArticleSource
    {
        let name = "article/01-\(section).\(language.rawValue)"
        return try ArticleSource(language: language, templates: TemplateFolder(sources: [name: text]))
    }

    private func check(_ text: String, figures: [String] = []) throws {
        let vocabulary = ArticleSource.Vocabulary(
            facts: ArticleCheckTests.facts, figures: figures, tables: PageTables.ids, excerpts: ["lenet5"])
        try source(text).check(against: vocabulary)
    }

    private static let file = "article/01-a.en.mustache"

    @Test(arguments: [
        ("{{value.none}}", "value.none"),
        (
            "{{#claim.lenet5.gap.perhaps}}{{/claim.lenet5.gap.perhaps}}",
            "claim.lenet5.gap.perhaps"
        ),
        ("{{{figure.none}}}", "figure.none"), ("{{{ref.none}}}", "ref.none"), ("{{{table.none}}}", "table.none"),
        ("{{{code.none}}}", "code.none"),
        ("{{{section.none}}}", "section.none"), ("{{something}}", "something"),
    ])
    func unknownKeys(_ text: String, _ key: String) {
        #expect(throws: SiteError.unknownKey(file: ArticleCheckTests.file, line: 2, key: key)) {
            try check("<h2>A</h2>\n" + text)
        }
    }

    @Test func unplacedAndRepeatedFigures() {
        #expect(throws: SiteError.unplacedFigures(ids: ["b"], language: .english)) {
            try check("{{{figure.a}}}", figures: ["a", "b"])
        }
        #expect(throws: SiteError.repeatedFigure(id: "a", file: ArticleCheckTests.file, line: 2)) {
            try check("{{{figure.a}}}\n{{{figure.a}}}", figures: ["a"])
        }
        #expect(
            throws: SiteError.malformed(
                file: ArticleCheckTests.file, line: 1, problem: "figure \"a\" must not hang on a claim")
        ) {
            try check("{{#claim.lenet5.gap.yes}}{{{figure.a}}}{{/claim.lenet5.gap.yes}}", figures: ["a"])
        }
    }

    @Test func wrongBraces() {
        #expect(
            throws: SiteError.malformed(file: ArticleCheckTests.file, line: 1, problem: "write {{{figure.a}}}")
        ) { try check("{{figure.a}}", figures: ["a"]) }
        #expect(
            throws: SiteError.malformed(file: ArticleCheckTests.file, line: 1, problem: "write {{value.data.pixels}}")
        ) { try check("{{{value.data.pixels}}}") }
    }

    @Test func everyOutcomeIsTold() throws {
        try check(
            "{{#claim.data.balanced.yes}}a{{/claim.data.balanced.yes}}{{#claim.data.balanced.no}}b{{/claim.data.balanced.no}}"
        )
        #expect(
            throws: SiteError.untoldOutcome(claim: "data.balanced", outcome: "no", file: ArticleCheckTests.file)
        ) { try check("{{#claim.data.balanced.yes}}a{{/claim.data.balanced.yes}}") }
    }

    @Test(arguments: [
        ("{{value.data.pixels}}", "", "only en has value \"data.pixels\""),
        ("", "{{value.data.pixels}}", "only ja has value \"data.pixels\""),
        (
            "{{value.data.pixel}}", "{{value.data.pixels}}",
            "only en has value \"data.pixel\", only ja has value \"data.pixels\""
        ),
        ("<h3 id=\"x\">X</h3>", "", "only en has heading \"x\""),
        ("<h3 id=\"x\">X</h3>", "<h3 id=\"y\">X</h3>", "headings \"x\" and \"y\" in one place"),
        ("{{{figure.a}}}{{{figure.b}}}", "{{{figure.b}}}{{{figure.a}}}", "figures in different order"),
        ("{{#claim.lenet5.gap.yes}}{{/claim.lenet5.gap.yes}}", "", "only en has claim \"lenet5.gap.yes\""),
    ])
    func theLanguagesTellTheSame(_ english: String, _ japanese: String, _ what: String) throws {
        let sources = try (source(english), source(japanese, .japanese))
        #expect(throws: SiteError.languagesDiffer(section: "a", what: what)) {
            try sources.0.check(tellsTheSameAs: sources.1)
        }
    }

    @Test func theLanguagesHaveTheSameSections() throws {
        let english = try source("", section: "a")
        let japanese = try source("", .japanese, section: "b")
        #expect(throws: SiteError.languagesDiffer(section: "a", what: "en and ja have a and b here")) {
            try english.check(tellsTheSameAs: japanese)
        }
        let longer = try ArticleSource(
            language: .japanese,
            templates: TemplateFolder(sources: ["article/01-a.ja": "", "article/02-b.ja": ""]))
        #expect(throws: SiteError.languagesDiffer(section: "b", what: "only ja has it")) {
            try english.check(tellsTheSameAs: longer)
        }
    }

    @Test func aFileThatIsNoSectionIsRefused() {
        #expect(
            throws: SiteError.malformed(
                file: "article/draft.mustache", line: nil,
                problem: "a section is named <number>-<id>.<language>.mustache")
        ) {
            try ArticleSource(language: .english, templates: TemplateFolder(sources: ["article/draft": ""]))
        }
    }

    /// A number typed in prose would stay when the run changes.
    @Test(arguments: Language.allCases)
    func noNumberIsTyped(_ language: Language) throws {
        let templates = try TemplateFolder(TestSite.templates)
        let names = /LeNet-5|(conv|pool|dense|dropout|lenet)\d|SHA-256|F1|h[23]/
        for section in try ArticleSource(language: language, templates: templates).sections {
            let text = (templates.sources[section.template] ?? "")
                .replacing(/\{\{+[^}]*\}+/, with: "").withoutTags.replacing(names, with: "")
            let typed = text.matches(of: /.{0,10}[0-9０-９].{0,10}/).map { String($0.0) }
            #expect(typed == [], "\(section.file)")
        }
    }
}
