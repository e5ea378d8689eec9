import Foundation
import Learn
import TestSupport
import Testing

@testable import Site

@Suite("What an experiment names") struct SiteNamesTests {
    private let folder = try! TemporaryFolder()

    private static let digits = [
        "{ja: ゼロ, en: zero, short: 0}", "{ja: 一, en: one}", "{ja: 二, en: two}", "{ja: 三, en: three}",
        "{ja: 四, en: four}", "{ja: 五, en: five}", "{ja: 六, en: six}", "{ja: 七, en: seven}", "{ja: 八, en: eight}",
        "{ja: 九, en: nine}",
    ]

    private static func experiment() throws -> Experiment {
        try TestSite.experiment(named: "{ja: 手書き数字, en: Digits}", classes: digits)
    }

    /// Text of the pages of a site that tell of its story and of its classes.
    private func page(
        _ language: Language, _ dataset: Dataset, _ runs: [Run], _ experiment: Experiment
    ) throws -> String {
        let output = folder.url.appending(path: "output")
        let materials = SiteMaterials(
            FigureInput(dataset: dataset, runs: runs, experiment: experiment), figures: TestSite.figures,
            experiment: experiment)
        try SiteBuilder(templates: TestSite.templates, output: output).build(materials) { _ in }
        return try [SitePage.Kind.article, .networks, .reproduction].map { kind in
            let path = SitePage(kind: kind, language: language).path
            return try String(contentsOf: output.appending(path: path), encoding: .utf8)
        }.joined()
    }

    @Test func isCalledSo() throws {
        let experiment = try SiteNamesTests.experiment()
        let english = try page(.english, Fixture.dataset, Fixture.runs(), experiment)
        #expect(english.contains("CNNs on Digits"))
        #expect(english.contains("not Fashion-MNIST, but Digits"))
        #expect(english.contains(">nine<"))
        #expect(english.contains("render --experiment e.yml"))
        let japanese = try page(.japanese, Fixture.dataset, Fixture.runs(), experiment)
        #expect(japanese.contains("手書き数字で見るCNN") && japanese.contains(">ゼロ<"))
        for word in ["Zalando", "cloth", "shirt", "sleeve", "衣", "服", "シャツ", "バッグ"] {
            #expect(!english.contains(word) && !japanese.contains(word), "\(word)")
        }
    }

    @Test func classesWithoutNamesHaveNumbers() throws {
        let english = try page(.english, Fixture.dataset, Fixture.runs(), TestSite.unnamed)
        #expect(english.contains("not Fashion-MNIST, but another data set"))
        #expect(english.contains("class 9") && !english.contains("ankle boot"))
        let japanese = try page(.japanese, Fixture.dataset, Fixture.runs(), TestSite.unnamed)
        #expect(japanese.contains("クラス9") && !japanese.contains("アンクルブーツ"))
    }

    @Test func classesHaveTheNamesThatTheDataGiveThem() throws {
        let names = SiteNames(TestSite.unnamed, classCount: 3, classNames: ["cat", "a\u{7}", "dog"])
        let words = try Words(language: .japanese, templates: TestSite.templates, names: names)
        #expect(try (0..<3).map(words.className) == ["cat", "クラス1", "dog"])
        #expect(try words.shortClassName(2) == "dog")
    }

    @Test func fashionMNISTHasTheNamesOfThePackage() throws {
        let english = try page(.english, Fixture.fashion, Fixture.fashionRuns(), TestSite.experiment)
        #expect(english.contains("CNNs on Fashion-MNIST") && english.contains("ankle boot"))
        #expect(english.contains("site-build render</code>") && !english.contains("--experiment"))
    }

    @Test func shortNamesStandWhereThereIsLittleRoom() throws {
        let names = SiteNames(try SiteNamesTests.experiment(), classCount: 10)
        let words = try Words(language: .english, templates: TestSite.templates, names: names)
        #expect(try words.className(0) == "zero" && words.shortClassName(0) == "0")
        #expect(try words.className(7) == "seven" && words.shortClassName(7) == "seven")
        #expect(try words.phrase(for: .wide) == "the wide network" && words.name(of: .wide) == "Wide")
    }
}
