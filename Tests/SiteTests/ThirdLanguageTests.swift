import Foundation
import Learn
import Render
import TestSupport
import Testing

@testable import Site

/// A site with one language more than the package's own: French, which writes numbers otherwise than these, and has
/// other plurals. It is made of files alone, as CONTRIBUTING tells; its texts are the English ones.
@Suite struct ThirdLanguageTests {
    private static let entry = """

        fr:
          name: français
          locale: fr_FR
          space: " "
          plurals:
            one: i = 0,1
            many: e = 0 and i != 0 and i % 1000000 = 0 and v = 0 or e != 0..5
          twice: deux fois
          numbers: {decimal: ",", group: "\\u202f", minus: "−", plus: "+", percent: "{n}\\u202f%"}

        """

    /// A copy of the templates beside the sources that the article quotes, with French.
    private static let folder = Result {
        let folder = try TemporaryFolder()
        let templates = folder.url.appending(path: "templates")
        try FileManager.default.copyItem(at: TestSite.templates, to: templates)
        try FileManager.default.createSymbolicLink(
            at: folder.url.appending(path: "Sources"), withDestinationURL: TestSite.package.appending(path: "Sources"))
        let list = try String(contentsOf: templates.appending(path: Language.file), encoding: .utf8)
        try folder.write(list + entry, to: "templates/\(Language.file)")
        let (english, french) = (templates.appending(path: "strings/en"), templates.appending(path: "strings/fr"))
        try FileManager.default.copyItem(at: english, to: french)
        for file in try FileManager.default.contentsOfDirectory(atPath: french.path) where file.hasSuffix(".json") {
            let text = try String(contentsOf: french.appending(path: file), encoding: .utf8)
            try folder.write(inFrench(text), to: "templates/strings/fr/\(file)")
        }
        for (file, text) in try TemplateFolder.prose(in: templates) where file.hasSuffix(".en.md") {
            try folder.write(inFrench(text), to: "templates/" + file.replacing(".en.md", with: ".fr.md"))
        }
        return folder
    }

    /// The forms of words with one for what is counted in millions.
    private static func inFrench(_ text: String) -> String {
        text.replacing(/\[other\]([^\[\]}]*)\}/) { "[many]\($0.1) [other]\($0.1)}" }
    }

    private static let experiment = Result {
        let file = TestSite.package.appending(path: "experiments/fashion-mnist.yml")
        let text = try String(contentsOf: file, encoding: .utf8)
            .replacing(/\{en: ([^,}]+),/) { "{en: \($0.1), fr: \($0.1)," }
        return try Experiment(Array(text.utf8), file: "e.yml", folder: URL(filePath: "/"))
    }

    private static func templates() throws -> URL { try folder.get().url.appending(path: "templates") }

    static var french: Language {
        get throws { try #require(Language.all(in: templates()).last) }
    }

    private static let words = Result {
        try Words(
            language: french, templates: templates(), names: SiteNames(experiment.get(), Fixture.fashion))
    }

    private static let site = Result {
        let output = try folder.get().url.appending(path: "site")
        let experiment = try ThirdLanguageTests.experiment.get()
        let input = FigureInput(dataset: Fixture.fashion, runs: Fixture.fashionRuns(), experiment: experiment)
        let materials = SiteMaterials(input, figures: TestSite.figures, experiment: experiment)
        try SiteBuilder(
            templates: templates(), output: output,
            publication: Publication(address: SiteAddress("https://example.org/"), day: Day("2026-11-24"))
        ).build(materials) { _ in }
        return try folder.get().contents(of: "site")
    }

    private func page(_ path: String) throws -> String {
        String(decoding: try #require(ThirdLanguageTests.site.get()[path]), as: UTF8.self)
    }

    @Test func eachPageLinksToAllOthers() throws {
        let paths = ["ja": "index.html", "en": "en/index.html", "fr": "fr/index.html"]
        for (code, path) in paths {
            let tags = HTMLTag.tags(in: try page(path)).filter { !$0.isEnd }
            let alternates = tags.filter { $0.name == "link" }.compactMap { $0.attributes["hreflang"] }
            #expect(alternates == ["ja", "en", "fr", "x-default"])
            let root = code == "ja" ? "" : "../"
            let others = ["ja", "en", "fr"].filter { $0 != code }
            let crossings = tags.filter { $0.attributes["data-other-language"] != nil }
            #expect(crossings.map { $0.attributes["lang"] } == others)
            #expect(crossings.map { $0.attributes["href"] } == others.map { root + (paths[$0] ?? "") })
            let sections = tags.count { $0.name == "section" }
            let links = tags.filter { $0.name == "a" && $0.attributes["href"]?.hasSuffix("#data") == true }
            #expect(links.compactMap { $0.attributes["hreflang"] } == others)
            #expect(tags.count { $0.name == "a" && $0.attributes["hreflang"] != nil } == others.count * (sections + 1))
            let locales = tags.filter { $0.attributes["property"] == "og:locale:alternate" }
            #expect(locales.count == 2)
        }
        #expect(try page("en/index.html").contains("in French\"><span lang=\"fr\">français</span></a>"))
        #expect(try page("fr/index.html").contains("in japonais\"><span lang=\"ja\">日本語</span></a>"))
        #expect(try page("fr/index.html").contains("24 novembre 2026"))
        #expect(HTMLTag.tags(in: try page("404.html")).filter { $0.attributes["lang"] == "fr" }.count == 1)
        #expect(
            try page("sitemap.xml").components(separatedBy: "hreflang=\"fr\"").count
                == paths.count * TestSite.kinds.count + 1)
        #expect(try page("fr/feed.xml").contains("xml:lang=\"fr\""))
    }

    /// No number of the page is written as English has it; the same numbers are in the English page.
    @Test func pagesWriteNumbersAsTheLanguageDoes() throws {
        func text(_ path: String) throws -> String {
            // What programs read: code, and the words of scripts.
            try page(path).replacing(/<pre.*?<\/pre>/.dotMatchesNewlines(), with: "")
                .replacing(/<a class="figure-data".*?>/, with: "").replacing(/<[^>]*>/, with: " ")
        }
        func all(_ code: String) throws -> String {
            try text("\(code)/index.html") + text("\(code)/reproduction/index.html")
        }
        let (english, french) = try (all("en"), all("fr"))
        let accuracy = try #require(Fixture.fashionRuns().first?.finalMetrics.testAccuracy)
        let written = NumberFormat.plain.percentage(accuracy, places: 1)
        #expect(english.contains(written) && !french.contains(written))
        #expect(french.contains(try ThirdLanguageTests.words.get()(.accuracy(accuracy))))
        let point = /[0-9]\.[0-9]/
        #expect(english.matches(of: point).count > 50)
        let left = french.matches(of: point).map { match in
            String(french[french.index(match.range.lowerBound, offsetBy: -30)..<match.range.upperBound])
        }
        #expect(left == [])
        #expect(french.matches(of: /[0-9]%/).isEmpty)
        #expect(french.contains("1,0") && french.contains("0,95"))
    }

    @Test func scriptsAreToldHowNumbersAreWritten() throws {
        let numbers = try WidgetWords(try ThirdLanguageTests.words.get(), networks: []).numbers
        #expect(
            [numbers.decimal, numbers.group, numbers.minus, numbers.percent]
                == [",", "\u{202F}", "−", "{n}\u{202F}%"])
        #expect(numbers.minimumGroupingDigits == 1)
    }

    /// Definitions too, and what the page of numbers says of each; values for programs stay as they are.
    @Test func thePageOfNumbersWritesThemAsTheLanguageDoes() throws {
        let page = try page("fr/numbers/index.html")
        let text = page.replacing(/<code>.*?<\/code>|<[^>]*>/, with: " ")
        #expect(text.matches(of: /[0-9],[0-9]/).count > 100)
        let left = text.matches(of: /[0-9]\.[0-9]|[0-9]%/).map { match in
            String(text[text.index(match.range.lowerBound, offsetBy: -30)..<match.range.upperBound])
        }
        #expect(left == [])
        #expect(page.contains(/<data value="0\.[0-9]+">0,[0-9]+<\/data>/))
    }

    /// Labels, ticks, captions and alternative texts of every figure.
    @Test func figuresWriteNumbersAsTheLanguageDoes() throws {
        let input = FigureInput(
            dataset: Fixture.fashion, runs: Fixture.fashionRuns(), study: Fixture.study())
        let words = try ThirdLanguageTests.words.get()
        var commas = 0
        for figure in FigureCatalog.figures(for: Network.all, hasStudy: true) {
            let drawing = try figure.draw(input, words, .light, measure: PlainMeasure())
            let texts = drawing.texts.map(\.text) + [drawing.description, try figure.caption(input, words)]
            for text in texts {
                #expect(text.firstMatch(of: /[0-9]\.[0-9]|[0-9]%/) == nil, "\(figure.id): \(text)")
                commas += text.matches(of: /[0-9],[0-9]/).count
            }
        }
        #expect(commas > 100)
        #expect(try words.probability(0.99999) == ">99,9\u{202F}%")
        #expect(try words(.chance(0.012)) == "p\u{A0}=\u{A0}0,012")
        #expect(try words(.probability(0.0001)) == "<\u{A0}0,001")
        #expect(try words(.count(60000)) == "60\u{202F}000")
        #expect(try words(.counted(1, noun: "epoch")) == "1 epoch" && words(.multiple(2)) == "deux fois")
    }

    /// Files for programs know no language.
    @Test func dataStayMachineReadable() throws {
        let input = FigureInput(dataset: Fixture.fashion, runs: Fixture.fashionRuns())
        let loss = try #require(FigureCatalog.figures(for: Network.all).first { $0.id.hasPrefix("loss") })
        let table = try #require(try loss.table(input))
        #expect(table.csv.contains(/,[0-9]\.[0-9]/))
    }

    @Test func namesAreWantedInEachLanguage() throws {
        let error = #expect(throws: ExperimentError.self) {
            try SiteBuilder(templates: ThirdLanguageTests.templates(), output: URL(filePath: "/nowhere/site"))
                .check(TestSite.experiment)
        }
        #expect(error?.problem == "a class's name is wanted in each language; add fr")
        #expect(error?.place?.line == 8)
    }
}
