import Foundation
import Learn
import TestSupport
import Testing

@testable import Site

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// The pages of a site made from made-up runs, with figures that draw nothing.
@Suite struct PageTests {
    private static let site = Result { try build(baseURL: nil) }
    private static let published = Result { try build(baseURL: "https://example.org/article") }

    private static let day = Day(Date(timeIntervalSince1970: 1_795_500_000))

    private static func build(baseURL: String?, of materials: SiteMaterials = .usual) throws -> [String: Data] {
        let folder = try TemporaryFolder()
        let output = folder.url.appending(path: "site")
        let builder = SiteBuilder(
            templates: TestSite.templates, output: output,
            publication: Publication(
                address: baseURL.flatMap(SiteAddress.init), day: baseURL == nil ? nil : PageTests.day))
        try builder.build(materials) { _ in }
        return try folder.contents(of: "site").withoutVersion
    }

    private func page(_ language: Language, published: Bool = false) throws -> String {
        try page(language.home, published: published)
    }

    private func page(_ place: SitePage, published: Bool = false) throws -> String {
        let site = published ? try PageTests.published.get() : try PageTests.site.get()
        return String(decoding: try #require(site[place.path]), as: UTF8.self)
    }

    private func tags(_ language: Language, _ name: String) throws -> [[String: String]] {
        try tags(language.home, name)
    }

    private func tags(_ place: SitePage, _ name: String) throws -> [[String: String]] {
        HTMLTag.tags(in: try page(place)).filter { $0.name == name && !$0.isEnd }.map(\.attributes)
    }

    @Test func theSiteHasAllItsFiles() throws {
        let files = try PageTests.site.get()
        var expected: Set = [
            "assets/site.css", "assets/laboratory.css", "assets/site.js", "assets/theme.js",
            "assets/lightbox.js", "assets/widgets.js", "assets/widget-tools.js", "widgets/index.js",
            "widgets/words-ja.js", "widgets/words-en.js", "laboratory/index.js", "laboratory/test.js",
            "assets/favicon.svg", "assets/favicon.png", "404.html",
            SiteManifest.fileName,
        ]
        for kind in TestSite.kinds {
            expected.formUnion(Language.allCases.map { SitePage(kind: kind, language: $0).path })
        }
        expected.formUnion(Language.allCases.map { "assets/card.\($0.code).png" })
        expected.insert(FactSheet.path)
        expected.formUnion(Widget.allCases.flatMap(\.scripts).map { "assets/\($0).js" })
        for network in Network.all {
            let models = ["safetensors", "onnx"].map { "models/\(network.name).\($0)" }
            expected.formUnion(["data/\(network.name).json"] + models)
            expected.insert("laboratory/network-\(network.name).js")
            expected.insert("widgets/\(network.name)-confusions.js")
        }
        for figure in TestSite.figures {
            for language in Language.allCases {
                for format in figure.formats {
                    expected.formUnion(Appearance.allCases.map { figure.path(language, $0, format) })
                }
            }
            if try figure.table() != nil { expected.insert(figure.tablePath) }
        }
        expected.insert(PublishedSite.listPath)
        #expect(expected.subtracting(files.keys).sorted() == [])
        #expect(Set(files.keys).subtracting(expected).sorted() == [])
    }

    @Test(arguments: Language.allCases)
    func everyIDIsUnique(_ language: Language) throws {
        let ids = HTMLTag.tags(in: try page(language)).compactMap { $0.attributes["id"] }
        #expect(ids.count == Set(ids).count)
    }

    @Test(arguments: Language.allCases)
    func theLanguageIsDeclaredAndLinked(_ language: Language) throws {
        #expect(try tags(language, "html") == [["lang": language.code]])
        let alternates = try tags(language, "link").filter { $0["rel"] == "alternate" }
        #expect(alternates.compactMap { $0["hreflang"] } == Language.allCases.map(\.code) + ["x-default"])
        let page = language.home
        #expect(
            alternates.compactMap { $0["href"] }
                == (Language.allCases + [.japanese]).map { page.link(to: page.in($0)) })
    }

    @Test func addressesAreAbsoluteWhereTheSiteKnowsItsPlace() throws {
        for (language, address) in [
            (Language.japanese, "https://example.org/article/"),
            (.english, "https://example.org/article/en/"),
        ] {
            let links = HTMLTag.tags(in: try page(language, published: true)).filter { $0.name == "link" }
            #expect(links.first { $0.attributes["rel"] == "canonical" }?.attributes["href"] == address)
            #expect(
                links.filter { $0.attributes["hreflang"] != nil }.compactMap { $0.attributes["href"] }
                    == (Language.allCases + [.japanese]).map { "https://example.org/article/\($0.home.folder)" })
        }
        #expect(try tags(.japanese, "link").allSatisfy { $0["rel"] != "canonical" })
    }

    @Test func feedsAndSiteMapNeedAnAddress() throws {
        let files = try PageTests.published.get()
        for (path, element, count) in [
            ("sitemap.xml", "loc", TestSite.kinds.count * Language.allCases.count), ("feed.xml", "entry", 1),
            ("en/feed.xml", "entry", 1),
        ] {
            let text = String(decoding: try #require(files[path]), as: UTF8.self)
            let document = try XMLDocument(xmlString: text)
            #expect(try document.nodes(forXPath: "//*[local-name()='\(element)']").count == count)
            #expect(text.contains("https://example.org/article/en/") == (path != "feed.xml"))
            #expect(text.contains("2026-11-24"))
        }
        #expect(
            try page(.english, published: true).contains("<time datetime=\"2026-11-24\">Published 24 November 2026<"))
        #expect(try page(.japanese, published: true).contains("2026年11月24日公開"))
        #expect(try PageTests.site.get()["feed.xml"] == nil && PageTests.site.get()["sitemap.xml"] == nil)
    }

    @Test func theLostReaderIsLedFromAnyDepth() throws {
        let text = String(decoding: try #require(PageTests.published.get()["404.html"]), as: UTF8.self)
        let links = LinkCheck.links(in: text)
        #expect(links.allSatisfy { $0.hasPrefix("/article/") } && links.contains("/article/en/"))
    }

    @Test func theEmblemsArePictures() throws {
        let files = try PageTests.site.get()
        for path in ["assets/favicon.png", "assets/card.ja.png", "assets/card.en.png"] {
            #expect(try #require(files[path]).prefix(4) == Data([0x89, 0x50, 0x4E, 0x47]))
        }
        let header = try #require(files["assets/card.ja.png"]).dropFirst(16).prefix(8)
        #expect(Array(header) == [0, 0, 4, 176, 0, 0, 2, 118])
    }

    @Test(arguments: Language.allCases)
    func nothingIsInlineAndNothingComesFromElsewhere(_ language: Language) throws {
        for tag in HTMLTag.tags(in: try page(language)) where !tag.isEnd {
            #expect(tag.name != "style" && tag.attributes["style"] == nil)
            #expect(tag.name != "script" || tag.attributes["src"] != nil)
            #expect(!tag.attributes.keys.contains { $0.hasPrefix("on") })
            for link in ["src", "srcset"].compactMap({ tag.attributes[$0] })
                + (tag.name == "link" ? [tag.attributes["href"] ?? ""] : [])
            {
                #expect(!LinkCheck.isExternal(link) && !link.hasPrefix("/"), "\(link)")
            }
        }
        let policy = try tags(language, "meta").first { $0["http-equiv"] == "Content-Security-Policy" }
        #expect(policy?["content"]?.contains("default-src 'none'") == true)
        #expect(policy?["content"]?.contains("unsafe") == false)
    }

    @Test(arguments: Language.allCases)
    func imagesCarryExtentAndText(_ language: Language) throws {
        for kind in TestSite.kinds {
            let images = try tags(SitePage(kind: kind, language: language), "img")
            #expect(images.isEmpty == [.reproduction, .numbers].contains(kind))
            for image in images {
                #expect(image["width"] == "640" && image["height"] == "400")
                #expect(image["alt"]?.hasPrefix(language.code) == true)
            }
        }
    }

    @Test(arguments: Language.allCases)
    func headingsDescendStepByStep(_ language: Language) throws {
        let levels = HTMLTag.tags(in: try page(language)).filter { !$0.isEnd }
            .compactMap { $0.name.wholeMatch(of: /h(\d)/).flatMap { Int($0.1) } }
        #expect(levels.count { $0 == 1 } == 1 && levels.first == 1)
        for (level, next) in zip(levels, levels.dropFirst()) { #expect(next <= level + 1) }
    }

    @Test func theLanguagesHaveTheSameStructure() throws {
        let structures = try Language.allCases.map { language in
            try HTMLTag.tags(in: page(language)).compactMap { tag -> String? in
                ["section", "h2", "h3", "figure", "table", "div", "pre"].contains(tag.name)
                    ? tag.name + (tag.attributes["id"] ?? "") : nil
            }
        }
        for structure in structures.dropFirst() { #expect(structure == structures[0]) }
    }

    /// On each page from one on; those of the networks have every figure once.
    @Test func figuresAreNumberedInOrder() throws {
        for (language, label) in [(Language.japanese, "図"), (.english, "Figure ")] {
            var generated: [String] = []
            for kind in TestSite.kinds where ![.laboratory, .reproduction, .numbers].contains(kind) {
                let place = SitePage(kind: kind, language: language)
                let numbers = try page(place).matches(of: /class="figure-number"[^>]*>([^<]*)</).map { String($0.1) }
                #expect(numbers == (1...max(1, numbers.count)).map { "\(label)\($0)" }, "\(kind)")
                if kind != .article { generated += try tags(place, "figure").compactMap { $0["id"] } }
            }
            #expect(generated.sorted() == TestSite.figures.map { "figure-\($0.id)" }.sorted())
        }
    }

    /// What the story refers to and does not show is linked where it is, and what it shows leads there.
    @Test(arguments: Language.allCases)
    func figuresElsewhereAreLinked(_ language: Language) throws {
        let shown = Set(try tags(language, "figure").compactMap { $0["id"] })
        let links = try tags(language, "a").compactMap { $0["href"] }.filter { $0.contains("#figure-") }
        let elsewhere = links.filter { $0.contains("networks/") }
        #expect(elsewhere.contains("networks/index.html#figure-shared-errors"))
        for link in links where !elsewhere.contains(link) { #expect(shown.contains(String(link.dropFirst()))) }
        for id in shown { #expect(elsewhere.contains { $0.hasSuffix("#\(id)") }, "\(id)") }
    }

    @Test func theSameRunsMakeTheSameSite() throws {
        let again = SiteMaterials(dataset: Fixture.dataset, runs: Fixture.runs(), figures: TestSite.figures)
        #expect(try PageTests.build(baseURL: nil, of: again) == PageTests.site.get())
    }

    @Test func theRecordsHoldTheRun() throws {
        let files = try PageTests.site.get()
        let run = Fixture.runs()[2]
        let report = try JSONDecoder().decode(RunReport.self, from: try #require(files["data/wide.json"]))
        let confusion = Confusion(matrix: run.confusionMatrix)
        #expect(report.classes.map(\.recall) == confusion.matrix.indices.map(confusion.recall))
        #expect(report.classes.map(\.precision) == confusion.matrix.indices.map(confusion.precision))
        #expect(report.classes.map(\.f1) == confusion.matrix.indices.map(confusion.f1))
        #expect(report.parameters == run.network.architecture.parameterCount)
        #expect(report.layers.map(\.multiplyAdds) == run.network.architecture.placed.map(\.multiplyAdds))
        #expect(report.configuration == run.configuration)
        #expect(report.history == run.history && report.confusionMatrix == run.confusionMatrix)
        let weights = try Safetensors.File([UInt8](try #require(files["models/wide.safetensors"])))
        for weight in run.weights { #expect(try weights.tensor(weight.name) == weight.tensor) }
    }
}

/// A build that fails leaves the site that was there.
@Suite struct SiteBuilderTests {
    private struct PenIsDry: Error {}

    private let folder = try! TemporaryFolder()

    private func builder(_ templates: URL = TestSite.templates) -> SiteBuilder {
        SiteBuilder(templates: templates, output: folder.url.appending(path: "site"))
    }

    private func build(_ builder: SiteBuilder, of materials: SiteMaterials = .usual) throws {
        try builder.build(materials) { _ in }
    }

    /// A copy of the templates in which one file is changed.
    private func templates(changing path: String, _ change: (String) -> String) throws -> URL {
        let copy = folder.url.appending(path: "package/templates")
        try FileManager.default.createDirectory(
            at: copy.deletingLastPathComponent(), withIntermediateDirectories: true)
        try FileManager.default.copyItem(at: TestSite.templates, to: copy)
        try FileManager.default.createSymbolicLink(
            at: copy.deletingLastPathComponent().appending(path: "Sources"),
            withDestinationURL: TestSite.package.appending(path: "Sources"))
        let file = copy.appending(path: path)
        try change(String(contentsOf: file, encoding: .utf8)).write(to: file, atomically: true, encoding: .utf8)
        return copy
    }

    @Test func aFigureThatFailsLeavesTheOldSiteWhole() throws {
        try build(builder())
        let before = try folder.contents(of: "site")
        var figures = TestSite.figures
        let last = figures.removeLast()
        figures.append(
            TestSite.figure(last.id) { words, _, _ in
                if words.language == .english { throw PenIsDry() }
                return FigureImage(width: 1, height: 1, svg: Data())
            })
        #expect(throws: SiteError.step("draw", path: last.id, cause: "PenIsDry()")) {
            try build(
                builder(), of: SiteMaterials(dataset: Fixture.dataset, runs: Fixture.runs(), figures: figures))
        }
        #expect(try folder.contents(of: "site") == before)
    }

    @Test func anUnknownKeyLeavesTheOldSiteWhole() throws {
        try build(builder())
        let before = try folder.contents(of: "site")
        let english = "article/12-conclusion.en.md"
        let added = "\nIn the end, {nonsense}.\n"
        let changed = try templates(changing: english) { $0 + added }
        for language in Language.allCases where language != .english {
            try add(added, to: "article/12-conclusion.\(language.code).md", in: changed)
        }
        let first = "article/12-conclusion.\(Language.allCases[0].code).md"
        let fact = ProsePlace(
            file: first, line: try lines(of: first, in: changed), column: 13, text: "In the end, {nonsense}.")
        #expect(throws: fact.error("there is no fact \"nonsense\"; site-build facts lists all")) {
            try build(builder(changed))
        }
        #expect(try folder.contents(of: "site") == before)
    }

    private func lines(of file: String, in templates: URL) throws -> Int {
        try String(contentsOf: templates.appending(path: file), encoding: .utf8).split(
            separator: "\n", omittingEmptySubsequences: false
        ).count - 1
    }

    private func add(_ text: String, to file: String, in templates: URL) throws {
        let file = templates.appending(path: file)
        try (String(contentsOf: file, encoding: .utf8) + text).write(to: file, atomically: true, encoding: .utf8)
    }

    @Test func aValueThatTheRunLacksIsNamed() throws {
        let text = "\nFrom {lenet5.stretchStart} on.\n"
        let changed = try templates(changing: "article/01-introduction.ja.md") { $0 + text }
        for language in Language.allCases where language != .japanese {
            try add(text, to: "article/01-introduction.\(language.code).md", in: changed)
        }
        let runs = try #require(Fixture.stories.first { $0.name == "as expected" }).runs
        let error = #expect(throws: SiteError.self) {
            try builder(changed).build(SiteMaterials(dataset: Fixture.dataset, runs: runs, figures: TestSite.figures)) {
                _ in
            }
        }
        guard case .prose(let place, let problem) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(place.file == "article/01-introduction.ja.md" && place.column == 6)
        #expect(problem.contains("these runs have no \"lenet5.stretchStart\""))
    }

    @Test func aBrokenLinkStopsTheBuild() throws {
        let changed = try templates(changing: "layout.mustache") {
            $0.replacing("</footer>", with: "<a href=\"nowhere.html\">x</a></footer>")
        }
        let first = try #require(Language.allCases.map(\.home.path).min())
        #expect(throws: SiteError.brokenLink(page: first, link: "nowhere.html")) {
            try build(builder(changed))
        }
        #expect(try folder.contents(of: "site").isEmpty)
    }

    @Test func theCheckFindsMistakesBeforeThereAreRuns() throws {
        try builder().check(TestSite.experiment)
        let changed = try templates(changing: "partials/figure.mustache") { $0 + "{{#open}}" }
        #expect(throws: SiteError.self) { try builder(changed).check(TestSite.experiment) }
        #expect(throws: SiteError.self) {
            try SiteBuilder(templates: changed, output: changed.deletingLastPathComponent())
                .check(TestSite.experiment)
        }
    }

    @Test func theCatalogueIsDrawnForBothLanguagesAndAppearances() throws {
        try builder().build(SiteMaterials(dataset: Fixture.dataset, runs: Fixture.runs())) { _ in }
        let files = try folder.contents(of: "site").withoutVersion
        for figure in FigureCatalog.figures(for: Network.all) {
            let appearance = figure.format == .narrow ? "light-narrow" : "light"
            for language in Language.allCases {
                let svg = try #require(files["figures/\(language.code)/\(appearance)/\(figure.id).svg"])
                #expect(String(decoding: svg.prefix(500), as: UTF8.self).contains("<svg"))
            }
        }
    }
}
