import Foundation
import Learn
import Testing

@testable import Site

@Suite struct WidgetDataTests {
    private static let files = Result {
        let files = try ConfusionData(dataset: Fixture.dataset, runs: Fixture.runs()).files()
        return Dictionary(uniqueKeysWithValues: files.map { ($0.path, String(decoding: $0.content, as: UTF8.self)) })
    }

    /// The value that a script puts under its name.
    private func value(_ name: String) throws -> [String: Any] {
        let script = try #require(WidgetDataTests.files.get()["widgets/\(name).js"])
        let prefix = "(globalThis.widgetData ??= {})[\"\(name)\"] = "
        #expect(script.hasPrefix(prefix) && script.hasSuffix(";\n"))
        let json = script.dropFirst(prefix.count).dropLast(2)
        return try #require(JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    }

    @Test func everyMistakeHasExamples() throws {
        let run = Fixture.runs()[1]
        let cells = try #require(value("maxpool-confusions")["cells"] as? [[String: Any]])
        #expect(cells.count == Confusion(matrix: run.confusionMatrix).mistakes.count)
        for cell in cells {
            let truth = try #require(cell["truth"] as? Int)
            for number in try #require(cell["numbers"] as? [Int]) {
                #expect(Int(Fixture.dataset.test.labels[number - 1]) == truth)
                #expect(run.guesses[number - 1] == cell["guess"] as? Int)
            }
        }
    }

    @Test func theScriptsWordsAreThere() throws {
        let scripts = try Set(Widget.allCases.flatMap(\.scripts)).map {
            try String(contentsOf: TestSite.templates.appending(path: "assets/\($0).js"), encoding: .utf8)
        }
        let used = Set(scripts.joined().matches(of: /texts\.([A-Za-z]+)/).map { String($0.1) })
        #expect(used.contains("mistake") && used.count > 10)
        for language in Language.allCases {
            let words = try TestSite.words(language)
            #expect(used.filter { !words.keys.contains("widget.word.\($0)") } == [])
            // The scripts fill placeholders, but know no words that go by a number.
            for key in words.keys where key.hasPrefix("widget.word.") {
                #expect(try !words.template(key).contains("|"), "\(key)")
            }
        }
    }
}
