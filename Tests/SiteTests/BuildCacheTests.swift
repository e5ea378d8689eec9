import Foundation
import Learn
import TestSupport
import Testing

@testable import Site

@Suite struct BuildCacheTests {
    private static let texts = [
        "hello": "Hello {name}", "bye": "Bye", "of": "of {dataset}", "data.name": "Fashion-MNIST",
    ]

    private func words(_ changes: [String: String?] = [:]) throws -> Words {
        var texts = BuildCacheTests.texts
        for (key, text) in changes { texts[key] = text }
        return try Words(language: .english, texts: texts)
    }

    private func told(_ words: Words) throws -> String {
        let hello = words.has("hello") ? try words("hello", ["name": "{bye}"]) : ""
        return try hello + words("of") + (words.has("rare") ? "rare" : "")
    }

    /// What is looked up, be it there or not, is what counts.
    @Test(
        arguments: [
            (["bye": "See you"], false), (["new": "New"], false), (["hello": "Hi {name}"], true),
            (["hello": nil], true),
            (["data.name": "MNIST"], true), (["rare": "Rare"], true), ([:], false),
        ] as [([String: String?], Bool)])
    func thatIsMadeAgainWhoseWordsHaveChanged(_ changes: [String: String?], _ isMade: Bool) throws {
        let cache = WordsCache<String>()
        #expect(try cache("a", words(), told) == "Hello {bye}of Fashion-MNIST")
        var isMadeAgain = false
        let again = try cache("a", words(changes)) { words in
            isMadeAgain = true
            return try told(words)
        }
        #expect(isMadeAgain == isMade)
        #expect(try again == told(words(changes)))
    }

    @Test func namesAndLanguagesAreApart() throws {
        let cache = WordsCache<String>()
        let (english, japanese) = (try words(), try Words(language: .japanese, texts: BuildCacheTests.texts))
        for (name, words) in [("a", english), ("b", english), ("a", japanese)] {
            let made = cache(name, words) { _ in name + words.language.code }
            #expect(made == name + words.language.code)
        }
    }

    @Test func whatFailsIsNotKept() throws {
        let cache = WordsCache<String>()
        #expect(throws: SiteError.self) { try cache("a", words()) { try $0("nothing") } }
        #expect(try cache("a", words()) { try $0("bye") } == "Bye")
    }

    /// With the drawings of the last build at hand, a build has those that it would make without.
    @Test func drawingsAreThoseOfTheNewWords() throws {
        let figures = FigureCatalog.figures(for: Network.all).enumerated()
            .filter { $0.offset % 8 == 0 || $0.element.id.hasPrefix("loss") }
            .map { PageFigure($0.element, .usual) }
        let (folder, cache) = (try TemporaryFolder(), WordsCache<[FigureDrawing]>())
        try FileManager.default.copyItem(at: TestSite.templates, to: folder.url.appending(path: "templates"))
        func drawn(_ cache: WordsCache<[FigureDrawing]>) throws -> [String: Data] {
            let words = try SiteNames(TestSite.experiment, classCount: 10, factorial: TestSite.factorial)
                .words(in: folder.url.appending(path: "templates"))
            let drawings = try FigureDrawing.all(figures, words, cache).joined()
            return Dictionary(uniqueKeysWithValues: drawings.map { ($0.path, $0.image.svg) })
        }
        let first = try drawn(cache)
        let strings = folder.url.appending(path: "templates/strings/en/figures.json")
        let text = try String(contentsOf: strings, encoding: .utf8)
        let title = try #require(text.firstMatch(of: /"loss\.title": "/)).output
        try text.replacing(title, with: title + "New: ").write(to: strings, atomically: true, encoding: .utf8)
        let second = try drawn(cache)
        #expect(try second == drawn(WordsCache()))
        #expect(second != first && second.keys == first.keys)
    }

    /// Whatever the last build left: the site is that of one who sees the templates for the first time.
    @Test func aSiteMadeAgainIsTheOneMadeAnew() throws {
        let folder = try TemporaryFolder()
        let templates = folder.url.appending(path: "templates")
        try FileManager.default.createSymbolicLink(
            at: folder.url.appending(path: "Sources"), withDestinationURL: TestSite.package.appending(path: "Sources"))
        try FileManager.default.copyItem(at: TestSite.templates, to: templates)
        func change(_ path: String, _ old: String, _ new: String) throws {
            let file = templates.appending(path: path)
            let text = try String(contentsOf: file, encoding: .utf8)
            try #require(text.contains(old))
            try text.replacing(old, with: new).write(to: file, atomically: true, encoding: .utf8)
        }
        func site(_ materials: SiteMaterials, in name: String) throws -> [String: Data] {
            try SiteBuilder(templates: templates, output: folder.url.appending(path: name)).build(materials) { _ in }
            // The manifest also lists what open pages may still load.
            return try folder.contents(of: name).filter { $0.key != SiteManifest.fileName }
        }
        let kept = SiteMaterials(dataset: Fixture.dataset, runs: Fixture.runs(), figures: TestSite.figures)
        let first = try site(kept, in: "kept")
        try change("strings/en/figures.json", "\"loss.title\": \"", "\"loss.title\": \"New: ")
        try change("strings/en/numbers.json", "\"numbers.data\": \"", "\"numbers.data\": \"New: ")
        try change("partials/numbers.mustache", "<dl class=\"facts\">", "<dl class=\"facts new\">")
        let again = try site(kept, in: "kept")
        let new = try site(
            SiteMaterials(dataset: Fixture.dataset, runs: Fixture.runs(), figures: TestSite.figures), in: "new")
        #expect(
            again.filter { new[$0.key] != nil } == new
                && again["en/numbers/index.html"] != first["en/numbers/index.html"])
    }
}
