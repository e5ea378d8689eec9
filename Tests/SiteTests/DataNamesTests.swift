import Foundation
import Learn
import TestSupport
import Testing

@testable import Site
@testable import site_build

@Suite struct DataNamesTests {
    private let folder = try! TemporaryFolder()

    private static let digits = """
        {
          "dataset": { "ja": "手書き数字", "en": "Digits" },
          "classes": [
            { "ja": "ゼロ", "en": "zero" }, { "ja": "一", "en": "one" }, { "ja": "二", "en": "two" },
            { "ja": "三", "en": "three" }, { "ja": "四", "en": "four" }, { "ja": "五", "en": "five" },
            { "ja": "六", "en": "six" }, { "ja": "七", "en": "seven" }, { "ja": "八", "en": "eight" },
            { "ja": "九", "en": "nine" }
          ]
        }
        """

    private func file(_ text: String = digits) throws -> URL {
        try folder.write(text, to: "names.json")
        return folder.url.appending(path: "names.json")
    }

    /// Text of a page of a site that is built from data with these digests.
    private func page(
        _ language: Language, _ dataset: Dataset, _ runs: [Run], names: DataNames?
    ) throws -> String {
        let output = folder.url.appending(path: "output")
        let materials = SiteMaterials(dataset: dataset, runs: runs, figures: TestSite.figures, names: names)
        try SiteBuilder(templates: TestSite.templates, output: output).build(materials) { _ in }
        return try String(contentsOf: output.appending(path: language.pagePath), encoding: .utf8)
    }

    @Test func thereMustBeAsManyNamesAsClasses() throws {
        let file = try file()
        let naming = DataNaming.given(try DataNames(contentsOf: file), classes: 9)
        #expect(
            throws: SiteError.malformed(
                file: file.path, line: nil, problem: "\"classes\" has 10 names instead of 9")
        ) { try Words(language: .english, templates: TestSite.templates, naming: naming) }
    }

    @Test func otherDataAreCalledByTheirNames() throws {
        let names = try DataNames(contentsOf: file())
        let english = try page(.english, Fixture.dataset, Fixture.runs(), names: names)
        #expect(english.contains("CNNs on Digits"))
        #expect(english.contains("not Fashion-MNIST, but Digits"))
        #expect(english.contains(">nine<"))
        #expect(english.contains("render --data FOLDER --allow-other-data --class-names FILE"))
        let japanese = try page(.japanese, Fixture.dataset, Fixture.runs(), names: names)
        #expect(japanese.contains("手書き数字で見るCNN") && japanese.contains(">ゼロ<"))
        for word in ["Zalando", "cloth", "shirt", "sleeve", "衣", "服", "シャツ", "バッグ"] {
            #expect(!english.contains(word) && !japanese.contains(word), "\(word)")
        }
    }

    @Test func dataWithoutNamesHaveNumbersForClasses() throws {
        let english = try page(.english, Fixture.dataset, Fixture.runs(), names: nil)
        #expect(english.contains("not Fashion-MNIST, but another data set"))
        #expect(english.contains("class 9") && !english.contains("ankle boot"))
        #expect(!english.contains("--class-names"))
        let japanese = try page(.japanese, Fixture.dataset, Fixture.runs(), names: nil)
        #expect(japanese.contains("クラス9") && !japanese.contains("アンクルブーツ"))
    }

    @Test func fashionMNISTHasTheTemplatesNames() throws {
        let english = try page(.english, Fixture.fashion, Fixture.fashionRuns(), names: nil)
        #expect(english.contains("CNNs on Fashion-MNIST") && english.contains("ankle boot"))
        #expect(english.contains("site-build render</code>") && !english.contains("--allow-other-data"))
    }

    @Test func shortNamesStandWhereThereIsLittleRoom() throws {
        let short = (0..<10).map { "{ \"ja\": \"\($0)\", \"en\": \"\($0)\" }" }.joined(separator: ", ")
        let text = DataNamesTests.digits.replacing("  ]\n}", with: "  ],\n\"short\": [\(short)]\n}")
        let naming = DataNaming.given(try DataNames(contentsOf: file(text)), classes: 10)
        let words = try Words(language: .english, templates: TestSite.templates, naming: naming)
        #expect(try words.className(7) == "seven" && words.shortClassName(7) == "7")
    }

    @Test(arguments: [
        ("[]", "not a JSON object of \"dataset\", \"classes\" and \"short\""),
        (digits.replacing("\"en\": \"Digits\"", with: "\"xx\": \"x\""), "\"dataset\" has no name in \"en\""),
        (digits.replacing("\"ja\": \"七\"", with: "\"ja\": \"\""), "class 7 has no name in \"ja\""),
        (digits.replacing("  ]\n}", with: "  ],\n\"short\": [{}]\n}"), "\"short\" has 1 names instead of 10"),
    ])
    func mistakesInTheFileAreTold(_ text: String, _ problem: String) throws {
        let file = try file(text)
        #expect(throws: SiteError.malformed(file: file.path, line: nil, problem: problem)) {
            try DataNames(contentsOf: file)
        }
    }

    @Test func aMissingFileIsNamed() throws {
        let file = folder.url.appending(path: "none.json")
        let error = #expect(throws: SiteError.self) { try DataNames(contentsOf: file) }
        #expect("\(try #require(error))".hasPrefix("\(file.path): cannot be read: "))
    }

    @Test func theNamesOfTheOptionAreRead() throws {
        let file = try file()
        let render = try #require(SiteBuild.parseAsRoot(["render", "--class-names", file.path]) as? Render)
        #expect(try render.names.load() == DataNames(contentsOf: file))
    }
}
