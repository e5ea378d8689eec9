import Learn
import TestSupport
import Testing

@testable import Site

/// What authors can get wrong stops the build with the file and key in question.
@Suite struct ArticleCheckTests {
    private static let facts = Facts(dataset: Fixture.dataset, runs: Fixture.runs())

    private func source(_ text: String, _ language: Language = .english, section: String = "a") throws -> ArticleSource
    {
        try ArticleSource(
            language: language, files: ["article/01-\(section).\(language.code).md": "# A\n\n" + text])
    }

    private func check(_ text: String, figures: [String] = []) throws {
        let vocabulary = ArticleSource.Vocabulary(
            facts: ArticleCheckTests.facts, figures: figures, pages: ["network-lenet5"], tables: PageTables.ids,
            excerpts: ["lenet5"])
        try source(text).check(against: vocabulary)
    }

    @Test(arguments: [
        ("So {none}.", 4, "there is no fact \"none\"; site-build facts lists all"),
        ("So {data.trainCout}.", 4, "there is no fact \"data.trainCout\"; did you mean data.trainCount?"),
        ("So {data.balanced}.", 4, "\"data.balanced\" is a claim; write {data.balanced -> [yes] ... [no] ...}"),
        ("{none -> [yes] a [no] b}", 1, "there is no claim or fact \"none\"; site-build facts lists all"),
        (
            "{data.balance -> [yes] a [no] b}", 1,
            "there is no claim or fact \"data.balance\"; did you mean data.balanced?"
        ),
        (
            "{lenet5.testAccuracy -> [one] a [other] b}", 1,
            "\"lenet5.testAccuracy\" is no claim, and no whole number by which a text could be chosen"
        ),
        (
            "{data.balanced -> [yes] a [no] b [perhaps] c}", 34,
            "\"data.balanced\" has no outcome [perhaps]; its outcomes are [yes], [no]"
        ),
        ("{data.balanced -> [yes] a}", 1, "\"data.balanced\" has no text for [no]; write - where nothing is said"),
        ("{data.balanced -> [yes] {none} [no] b}", 25, "there is no fact \"none\"; site-build facts lists all"),
        ("{lenet5.epochs -> [one] a}", 1, "\"lenet5.epochs\" has no text for [other]; write - where nothing is said"),
        (
            "{lenet5.epochs -> [one] a [other] b [few] c}", 1,
            "\"lenet5.epochs\" is a number and chooses by one, other, not [few]"
        ),
        ("::figure none", 1, "there is no figure \"none\""),
        ("See @none.", 5, "there is no figure, section or page \"none\""),
        ("::table none", 1, "there is no table \"none\""), ("::code none", 1, "there is no code \"none\""),
        ("::widget none", 1, "there is no widget \"none\""),
    ])
    func whatIsUnknown(_ text: String, _ column: Int, _ problem: String) {
        #expect(throws: place(3, column, text).error(problem)) { try check(text) }
    }

    @Test func whatIsKnown() throws {
        try check(
            "{data.balanced -> [yes] {data.pixels} [no] -} {lenet5.epochs -> [0] none [one] one [other] more} @a @network-lenet5"
        )
        try check("::table classes\n\n::code lenet5\n\n::widget confusions\n\n```\n{citation}\n```")
    }

    @Test func repeatedFigures() throws {
        try check("::figure a", figures: ["a", "b"])
        #expect(throws: place(5, 1, "::figure a").error("figure \"a\" is placed a second time; refer to it with @a")) {
            try check("::figure a\n\n::figure a", figures: ["a"])
        }
    }

    @Test(arguments: [
        (
            "A.\nB {data.pixels}.", "B.", place(4, 3, "B {data.pixels}."),
            "tells {data.pixels}; its twin, article/01-a.ja.md:3:1, does not"
        ),
        (
            "A {x}.", "B {x} @y.", place(3, 7, "B {x} @y.", .japanese),
            "tells @y; its twin, article/01-a.en.md:3:1, does not"
        ),
        (
            "A.\n\n## X {#x}", "B.", place(5, 1, "## X {#x}"),
            "article/01-a.ja.md has nothing for this; {.only} marks a language's own"
        ),
        (
            "## X {#x}", "## X {#y}", place(3, 1, "## X {#x}"),
            "is heading {#x}, but article/01-a.ja.md:3:1 is heading {#y}"
        ),
        (
            "::figure a\n\n::figure b", "::figure b\n\n::figure a", place(3, 1, "::figure a"),
            "is figure a, but article/01-a.ja.md:3:1 is figure b"
        ),
        (
            "- a", "a", place(3, 1, "- a"),
            "is a list, but article/01-a.ja.md:3:1 is a paragraph; {.only} marks a language's own"
        ),
        (
            "a {x -> [yes] a}", "b", place(3, 3, "a {x -> [yes] a}"),
            "tells {x -> ...}; its twin, article/01-a.ja.md:3:1, does not"
        ),
        (
            "::: interactive\n\na\n\n:::", "a", place(5, 1, "a"),
            "is a paragraph for scripts, but article/01-a.ja.md:3:1 is a paragraph"
        ),
    ])
    func theLanguagesTellTheSame(_ english: String, _ japanese: String, _ place: ProsePlace, _ problem: String) throws {
        let sources = try (source(english), source(japanese, .japanese))
        #expect(throws: place.error(problem)) { try sources.0.check(tellsTheSameAs: sources.1) }
    }

    @Test func aParagraphMayBeOneLanguagesOwn() throws {
        let sources = try (source("A {x}.\n\n{.only} B {y}.\n\nC {z}."), source("A {x}.\n\nC {z}.", .japanese))
        try sources.0.check(tellsTheSameAs: sources.1)
        try sources.1.check(tellsTheSameAs: sources.0)
    }

    @Test func theLanguagesHaveTheSameSections() throws {
        let english = try source("", section: "a")
        let japanese = try source("", .japanese, section: "b")
        #expect(
            throws: SiteError.languagesDiffer(section: "a", what: "en has it, ja does not; write article/01-a.ja.md")
        ) {
            try english.check(tellsTheSameAs: japanese)
        }
        let longer = try ArticleSource(
            language: .japanese, files: ["article/01-a.ja.md": "# A", "article/02-b.ja.md": "# B"])
        #expect(
            throws: SiteError.languagesDiffer(section: "b", what: "ja has it, en does not; write article/02-b.en.md")
        ) {
            try english.check(tellsTheSameAs: longer)
        }
    }

    @Test func aFileThatIsNoSectionIsRefused() {
        #expect(
            throws: SiteError.malformed(
                file: "article/draft.md", line: nil, problem: "a section is named <number>-<id>.<language>.md")
        ) { try ArticleSource(language: .english, files: ["article/draft.md": ""]) }
        #expect(
            throws: SiteError.malformed(
                file: "article/01-a.en.md", line: 1, problem: "a section begins with # and its title")
        ) { try ArticleSource(language: .english, files: ["article/01-a.en.md": "Text"]) }
    }

    /// A number typed in prose would stay when the run changes.
    @Test(arguments: Language.allCases)
    func noNumberIsTyped(_ language: Language) throws {
        let names = /LeNet-5|(conv|pool|dense|dropout|lenet)\d|SHA-256|F1|フィルタ2倍版/
        let files = try TemplateFolder.prose(in: TestSite.templates)
        for section in try ArticleSource(language: language, files: files).sections {
            for block in [section.title] + section.blocks {
                block.pieces.walk { piece, _ in
                    guard case .text(let text) = piece.kind else { return }
                    let typed = text.replacing(names, with: "").matches(of: /.{0,10}[0-9０-９].{0,10}/).map {
                        String($0.0)
                    }
                    #expect(typed == [], "\(piece.place)")
                }
            }
        }
    }
}

private func place(_ line: Int, _ column: Int, _ text: String, _ language: Language = .english) -> ProsePlace {
    ProsePlace(file: "article/01-a.\(language.code).md", line: line, column: column, text: text)
}
