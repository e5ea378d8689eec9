import Foundation
import Learn
import Render
import TestSupport
import Testing

@testable import Site

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// Names that someone else has chosen, in every place where they end up: pages, figures, feeds, scripts.
@Suite struct OutsideTextTests {
    /// One name a class, each with something that means more elsewhere.
    static let odd = [
        "x\"\u{301} onmouseover=alert(1) y", "A&\u{301}", "\u{301}mark", "{1}", "{{x}} {{{figure.loss-lenet5}}}",
        "<b>'\u{338}",
        "</script>\u{2060}\u{FE0F}", "<\u{338}!-- \\ %s {dataset}", "]]> =1+1", "&amp;#x41;",
    ]
    private static let dataset = "{2} \"\u{301}<\u{338} & {dataset} \\textbf{%"

    static func experiment(_ classes: [String] = odd, dataset: String = dataset) throws(ExperimentError) -> Experiment {
        try TestSite.experiment(named: YAMLText.scalar(dataset), classes: classes.map(YAMLText.scalar))
    }

    private static let site = Result { () throws -> [String: Data] in
        let folder = try TemporaryFolder()
        let builder = SiteBuilder(
            templates: TestSite.templates, output: folder.url.appending(path: "site"),
            publication: Publication(
                address: SiteAddress("https://example.org/a&b/"), day: Day(Date(timeIntervalSince1970: 0))))
        let materials = SiteMaterials(
            dataset: Fixture.dataset, runs: Fixture.runs(), study: Fixture.study(),
            experiment: try experiment())
        try builder.build(materials) { _ in }
        return try folder.contents(of: "site")
    }

    private func text(_ path: String) throws -> String {
        String(decoding: try #require(try OutsideTextTests.site.get()[path]), as: UTF8.self)
    }

    @Test func everyFileOfXMLIsWellFormed() throws {
        let files = try OutsideTextTests.site.get().filter { $0.key.hasSuffix(".svg") || $0.key.hasSuffix(".xml") }
        #expect(files.count > 150)
        for (path, content) in files {
            let parser = XMLParser(data: content)
            #expect(parser.parse(), "\(path): line \(parser.lineNumber)")
        }
        #expect(
            try text("en/feed.xml").contains("<title>CNNs on {2} &quot;\u{301}&lt;\u{338} &amp; {dataset} \\textbf{%<"))
    }

    @Test(arguments: Language.allCases) func aNameIsTextAndNothingElse(language: Language) throws {
        let page = try text(language.home.path)
        let tags = HTMLTag.tags(in: page)
        #expect(tags.allSatisfy { tag in tag.attributes.keys.allSatisfy { !$0.hasPrefix("on") } })
        #expect(!tags.contains { $0.name == "b" } && !page.contains("<!--"))
        // Every bracket of the page belongs to a tag, whoever counts them.
        #expect(page.unicodeScalars.count { $0 == "<" } == tags.count + 1)
        // The classes stand in a table of the overview.
        let overview = try text(SitePage(kind: .networks, language: language).path)
        for name in OutsideTextTests.odd {
            let cell = Array(">\(name.escapedMarkup)<".unicodeScalars)
            #expect(overview.unicodeScalars.contains(cell), "\(name.debugDescription)")
        }
    }

    @Test(arguments: Language.allCases) func scriptsReadTheNamesAsTheyAre(language: Language) throws {
        struct Script: Decodable {
            let classes: [String]
            let shortClasses: [String]
        }
        let file = "/widgets/words-\(language.code).js"
        let path = try #require(OutsideTextTests.site.get().keys.first { $0.hasSuffix(file) })
        let script = try text(path)
        let json = try #require(script.range(of: " = ").map { script[$0.upperBound...].dropLast(2) })
        let words = try JSONDecoder().decode(Script.self, from: Data(json.utf8))
        for names in [words.classes, words.shortClasses] {
            #expect(names.map { Array($0.unicodeScalars) } == OutsideTextTests.odd.map { Array($0.unicodeScalars) })
        }
    }

    @Test func theCitationHasItsBracesInPairs() throws {
        let citation = Publication().citation(title: "a } b { c \\ 5 % & ~ ^ #_$", runs: [])
        #expect(
            citation.contains(
                "{a {\\textbraceright} b {\\textbraceleft} c {\\textbackslash} 5 \\% \\& {\\textasciitilde} "
                    + "{\\textasciicircum} \\#\\_\\$},"))
        var depth = 0
        for scalar in citation.unicodeScalars {
            depth += scalar == "{" ? 1 : scalar == "}" ? -1 : 0
            #expect(depth >= 0)
        }
        #expect(depth == 0)
    }

    @Test func theGalleryEscapesAsThePageDoes() throws {
        let folder = try TemporaryFolder()
        let gallery = try FigureGallery(
            FigureInput(dataset: Fixture.dataset, runs: [Fixture.run(.lenet5)]), templates: TestSite.templates,
            experiment: OutsideTextTests.experiment())
        let page = String(decoding: try Data(contentsOf: gallery.write(to: folder.url)), as: UTF8.self)
        #expect(HTMLTag.tags(in: page).allSatisfy { tag in tag.attributes.keys.allSatisfy { !$0.hasPrefix("on") } })
    }

    /// One name a kind, and how the message calls it.
    @Test(arguments: [
        ("a\u{7}", "a name with the control character U+0007"), ("a\nb", "a name with the control character U+000A"),
        ("\u{9B}2J", "a name with the control character U+009B"),
        ("a\u{202E}b", "a name with the control character U+202E"),
        ("a\u{2028}b", "a name with the control character U+2028"), ("\u{3000} ", "no name"),
        (String(repeating: "e\u{301}", count: 101), "a name of 202 characters, more than 200,"),
    ])
    func namesThatNobodyCouldReadAreRefused(name: String, problem: String) throws {
        let classes = [name] + (1..<10).map { "class \($0)" }
        let error = #expect(throws: ExperimentError.self) { try OutsideTextTests.experiment(classes) }
        #expect(error?.problem.hasSuffix("; this has \(problem)") == true)
        #expect(throws: ExperimentError.self) { try OutsideTextTests.experiment(dataset: name) }
    }

    @Test func whatTheFiguresCannotShowIsToldOnce() throws {
        let folder = try TemporaryFolder()
        let experiment = try OutsideTextTests.experiment((0..<10).map { "\u{1F98A}\($0)\u{FE0F}" })
        let input = FigureInput.usual
        let figures = FigureCatalog.figures(for: Network.all).map { figure in
            // Two of them are drawn, which is enough.
            ["label-balance", "class-scores"].contains(figure.id)
                ? PageFigure(figure, input) : TestSite.figure(figure.id)
        }
        let materials = SiteMaterials(
            FigureInput(dataset: Fixture.dataset, runs: Fixture.runs(), experiment: experiment), figures: figures,
            experiment: experiment)
        var lines: [String] = []
        try SiteBuilder(templates: TestSite.templates, output: folder.url.appending(path: "site")).build(materials) {
            if case .missingLetters = $0 { lines.append($0.line ?? "") }
        }
        let family = try Typeface.installed().family
        #expect(
            lines == [
                "\(family), in which the figures are labelled, has no letter for \u{1F98A} (U+1F98A): boxes stand there"
            ])
        let many = (0..<12).compactMap { Unicode.Scalar(0x1F980 + $0 as UInt32) }
        #expect(BuildEvent.missingLetters(many, family: "F").line?.contains("(U+1F989) and 2 more: boxes") == true)
        #expect(BuildEvent.missingLetters([many[0]], family: "F").json?.contains("U+1F980") == true)
    }

    @Test func filesOfDataQuoteByScalar() {
        let table = DataTable(header: ["a\"\u{301}", "b"], rows: [["x,\u{301}", "1\r\n"], ["plain", "損失"]])
        let expected = "\"a\"\"\u{301}\",b\r\n\"x,\u{301}\",\"1\r\n\"\r\nplain,損失\r\n"
        #expect(Array(table.csv.unicodeScalars) == Array(expected.unicodeScalars))
    }
}

/// Paths and what others' files hold, on a terminal.
@Suite struct PrintableTests {
    @Test(arguments: [
        ("plain 損失 ±", "plain 損失 ±"), ("a\nb\r\tc", "a\\nb\\r\\tc"), ("\u{1B}[2J\u{7}", "\\u{1b}[2J\\u{7}"),
        ("\u{9B}2J", "\\u{9b}2J"), ("a\u{202E}b", "a\\u{202e}b"), ("\n\u{301}", "\\n\u{301}"),
    ])
    func controlCharactersAreShown(text: String, shown: String) {
        #expect(Array(text.printable.unicodeScalars) == Array(shown.unicodeScalars))
    }

    @Test func linesAboutFilesStayLines() {
        let event = BuildEvent.published(path: "out\n\u{1B}[31m", files: 3)
        #expect(event.line == "published 3 files in out\\n\\u{1b}[31m")
        let run = StoredRun(
            folder: URL(filePath: "/runs/a\u{1B}[31m\nb"), network: "\u{7}", state: .outdated, configuration: nil,
            epochsDone: 0, accuracy: nil, date: nil, size: 0)
        let text = RunList([run]).text
        #expect(text.split(separator: "\n").count == 2 && text.contains("a\\u{1b}[31m\\nb") && text.contains("\\u{7}"))
    }
}
