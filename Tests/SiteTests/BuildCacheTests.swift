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
}
