import Foundation
import Learn
import Testing

@testable import Site

/// What the article owes its readers beside a number, in each language.
@Suite struct ArticleTextTests {
    /// A section's words, values and selectors, in order.
    private struct Told {
        var text = ""
        var keys: Set<String> = []

        init(_ pieces: [ProsePiece]) { pieces.walk { piece, _ in add(piece) } }

        mutating func add(_ piece: ProsePiece) {
            switch piece.kind {
            case .text(let words): text += words
            case .value(let key): keys.insert(key)
            case .selector(let selector): keys.insert(selector.subject)
            case .reference, .ruby, .literal: break
            }
        }
    }

    private func sections(_ language: Language) throws -> [ArticleSource.Section] {
        try ArticleSource(language: language, files: TemplateFolder.prose(in: TestSite.templates)).sections
    }

    /// A p without its test says nothing, and that of two runs nothing of others: whatever outcome it comes with has the
    /// test's name, and the paragraph has its limit.
    @Test(arguments: [(Language.english, "McNemar", "seed"), (.japanese, "マクネマー", "シード")])
    func theTestOfAnswersIsNamedAndItsLimitToldOf(_ language: Language, _ name: String, _ limit: String) throws {
        var count = 0
        for section in try sections(language) where ["maxpool", "wide"].contains(section.id) {
            for block in section.blocks {
                var without = block
                without.pieces.removeAll { if case .selector = $0.kind { true } else { false } }
                for case .selector(let selector) in block.pieces.map(\.kind)
                where selector.subject.hasSuffix(".verdict") {
                    let told = selector.variants.map { Told($0.pieces) }
                    // The line that opens a section tells the outcome alone.
                    guard told.contains(where: { !$0.keys.isDisjoint(with: probabilities(selector)) }) else { continue }
                    for told in told {
                        #expect(!told.keys.isDisjoint(with: probabilities(selector)) && told.text.contains(name))
                    }
                    #expect(Told(without.pieces).text.contains(limit), "\(block.place)")
                    count += 1
                }
            }
        }
        #expect(count == 2)
    }

    private func probabilities(_ selector: ProseSelector) -> [String] {
        [selector.subject.replacing(".verdict", with: ".probability")]
    }

    /// What puts a number into proportion.
    @Test(arguments: [
        // How many images the zeros are counted in.
        ("outputs", ["data.shown"]),
        // What random numbers have.
        ("weights", ["lenet5.conv1.smoothnessAtStart"]),
        // That the training is longer.
        ("maxpool", ["compare.maxpool.lenet5.sameLength"]),
        ("loss", ["lenet5.lowestChange", "lenet5.highestChange", "rules.confidence"]),
        ("reproduce", ["rules.seeds", "all.significance"]),
    ])
    func whatPutsANumberIntoProportionStandsBesideIt(_ section: String, _ keys: [String]) throws {
        for language in Language.allCases {
            let blocks = try #require(sections(language).first { $0.id == section }).blocks
            let told = Told(blocks.flatMap(\.pieces))
            #expect(told.keys.isSuperset(of: keys), "\(language.code): \(Set(keys).subtracting(told.keys))")
        }
    }

    /// The families that the text tells of are the classes that it names, in its words, and no others.
    @Test(arguments: Language.allCases) func familiesAreToldOfByTheirClasses(_ language: Language) throws {
        let words = try TestSite.words(language)
        let members = Set(
            TestSite.experiment.families.filter { Facts.toldFamilies.contains($0.key) }.flatMap(\.labels))
        let blocks = try #require(sections(language).first { $0.id == "errors" }).blocks
        var count = 0
        for case .selector(let selector) in blocks.flatMap(\.pieces).map(\.kind)
        where selector.subject == "data.families" {
            let variant = try #require(selector.variants.first { $0.outcome == "yes" })
            let text = Told(variant.pieces).text.lowercased()
            for label in 0..<words.classCount {
                let name = try #require(words(.label(label)).lowercased().split { "/／".contains($0) }.first)
                #expect(text.contains(name) == members.contains(label), "\(name)")
            }
            count += 1
        }
        #expect(count == 1)
    }

    /// Of how many sure answers how many are wrong, and between which bounds that share lies.
    @Test func sharesOfSureAnswersHaveTheirDenominators() throws {
        let runs = Fixture.answers(wrong: [60, 40, 10])
        let facts = Facts(dataset: Fixture.fashion, runs: runs)
        let tables = try PageTables(
            words: TestSite.words(.english), runs: runs, facts: facts, study: nil
        ).all()
        let table = try #require(tables.first { $0.id == "confidence" })
        #expect(
            table.rows.map { $0.dropFirst().prefix(3).map(\.text) } == [
                ["200", "60", "30.00%"], ["200", "40", "20.00%"], ["200", "10", "5.00%"],
            ])
        #expect(table.rows.allSatisfy { $0[4].text.contains("%") })
    }

    /// One seed is an example; what a network reaches is told of several.
    @Test func theReadmeTellsOfSeveralSeeds() throws {
        let readme = try String(contentsOf: TestSite.package.appending(path: "README.md"), encoding: .utf8)
        #expect(readme.contains("tells of seed \(TestSite.experiment.training.seed),"))
        // Epochs; mean and interval of loss and accuracy; range.
        let numbers = #/\| \w+ \| (\d+) \| \d\.\d+ ± \d\.\d+ \| \d+\.\d+ % ± \d\.\d+ \| \d+\.\d+ to \d+\.\d+ % \|.*/#
        for network in Network.all {
            let row = try #require(readme.split(separator: "\n").first { $0.hasPrefix("| \(network.name) |") })
            let match = try #require(row.wholeMatch(of: numbers), "\(row)")
            #expect(match.1 == "\(network.defaultEpochs)")
        }
    }
}
