import Foundation
import Learn
import Render
import TestSupport
import Testing

@testable import Site

/// The way from a number to its definition, in the page and in `data/facts.json`.
@Suite struct NumbersPageTests {
    private static let site = Result { try build(.usual) }

    private static func build(_ materials: SiteMaterials) throws -> [String: Data] {
        let folder = try TemporaryFolder()
        try SiteBuilder(templates: TestSite.templates, output: folder.url.appending(path: "site"))
            .build(materials) { _ in }
        return try folder.contents(of: "site")
    }

    private func tags(_ kind: SitePage.Kind, _ language: Language) throws -> [HTMLTag] {
        let page = SitePage(kind: kind, language: language).path
        return HTMLTag.tags(in: String(decoding: try #require(try NumbersPageTests.site.get()[page]), as: UTF8.self))
    }

    private func json() throws -> JSONValue {
        try JSONValue(try #require(try NumbersPageTests.site.get()[FactSheet.path]))
    }

    /// By key.
    private func values() throws -> [String: JSONValue] {
        guard case .array(let facts)? = try json()["facts"] else { return [:] }
        return Dictionary(
            facts.compactMap { fact in
                guard case .string(let key)? = fact["key"], let value = fact["value"] else { return nil }
                return (key, value)
            }, uniquingKeysWith: { first, _ in first })
    }

    @Test(arguments: Language.allCases)
    func eachNumberOfTheArticleLeadsToItsDefinition(_ language: Language) throws {
        let (tags, values) = (try tags(.article, language), try values())
        var told = 0
        for (index, tag) in tags.enumerated() where tag.attributes["class"] == "fact" {
            let link = try #require(tag.attributes["href"])
            let key = String(link.trimmingPrefix("numbers/index.html#"))
            let number = try #require(tags[index + 1].attributes["value"])
            switch values[key] {
            case .integer(let value): #expect(Double(number) == Double(value), "\(key)")
            case .number(let value): #expect(Double(number) == value, "\(key)")
            case .array(let extents): #expect(number.split(separator: "x").count == extents.count, "\(key)")
            default: Issue.record("\(key) is no number")
            }
            told += 1
        }
        #expect(told > 60)
        let titles = tags.indices.filter { ["h2", "h3"].contains(tags[$0].name) && !tags[$0].isEnd }
        for start in titles {
            let end = try #require(tags[start...].firstIndex { $0.name == tags[start].name && $0.isEnd })
            #expect(tags[start..<end].allSatisfy { $0.attributes["class"] != "fact" })
        }
    }

    @Test(arguments: Language.allCases)
    func allAreDefinedOnceUnderTheirKeys(_ language: Language) throws {
        let facts = SiteMaterials.usual.facts
        let keys = facts.facts.map(\.key) + facts.claims.map { "claim-\($0.key)" }
        let ids = try tags(.numbers, language).compactMap { $0.attributes["id"] }
        #expect(ids.filter { $0.contains(".") }.sorted() == keys.sorted())
        #expect(Set(ids).count == ids.count)
        // Nothing comes by a script.
        let text = try #require(try NumbersPageTests.site.get()[SitePage(kind: .numbers, language: language).path])
        let words = try TestSite.words(language)
        let definitions = try Definitions(facts, words)
        for fact in facts.facts.prefix(40) {
            let plain = try definitions.text(of: fact).split(separator: "`")[0]
            #expect(String(decoding: text, as: UTF8.self).contains(String(plain).escapedMarkup), "\(fact.key)")
        }
    }

    @Test func theListFollowsItsSchema() throws {
        let schema = JSONSchema(
            try JSONValue(Data(contentsOf: TestSite.package.appending(path: "schemas/facts.schema.json"))))
        #expect(schema.faults(of: try json()) == [])
    }

    @Test func theListIsTheSameWheneverItIsMade() throws {
        let list = try FactList(SiteMaterials.usual, templates: TestSite.templates)
        #expect(try list.json() == NumbersPageTests.site.get()[FactSheet.path])
        let again = Facts(dataset: Fixture.dataset, runs: Fixture.runs())
        #expect(again.facts == SiteMaterials.usual.facts.facts && again.claims == SiteMaterials.usual.facts.claims)
        let text = try list.text(in: .english)
        for fact in again.facts { #expect(text.contains("\(fact.key) = "), "\(fact.key)") }
        for claim in again.claims { #expect(text.contains("\(claim.key) = \(claim.outcome)\n"), "\(claim.key)") }
    }

    @Test func whatTurnsAVerdictIsTold() throws {
        let story = try #require(
            Fixture.stories.first { story in story.facts.claims.contains { !$0.turnedBy.isEmpty } })
        let page = NumbersPage(
            facts: story.facts, words: try TestSite.words(.english), templates: try TemplateFolder(TestSite.templates),
            networks: story.runs.map(\.configuration.network))
        let html = try page.sections().map(\.body).joined()
        let turned = story.facts.claims.filter { !$0.turnedBy.isEmpty }
        #expect(turned.allSatisfy { $0.outcome == "undecided" })
        #expect(html.components(separatedBy: "Undecided, since the answer changes").count == turned.count + 1)
    }

    @Test(arguments: Language.allCases)
    func waysLeadFromPageToPage(_ language: Language) throws {
        let (article, numbers) = (language.home, SitePage(kind: .numbers, language: language))
        #expect(article.link(to: numbers) == "numbers/index.html" && numbers.link(to: article) == "../index.html")
        let links = try tags(.numbers, language).compactMap { $0.attributes["href"] }
        #expect(links.contains("../index.html"))
        for other in Language.allCases where other != language {
            let (place, link) = (numbers.in(other), numbers.link(to: numbers.in(other)))
            #expect(LinkCheck.target(of: link, from: numbers.path).file == place.path)
            #expect(links.contains(link))
        }
    }
}
