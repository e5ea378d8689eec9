import Foundation
import Learn
import TestSupport
import Testing

@testable import Site

/// Sites of experiments without a story, whatever their networks are.
@Suite struct PlainSiteTests {
    private static let text = """
        name: "Discs {{x}} & <b>"
        data: {idx: data}
        networks:
          flat: {layers: [flatten, dense 10], epochs: 8}
          strided: {layers: [conv 4@2x2 stride 2 same linear, avgpool 3 stride 2, globalavgpool, dense 10], epochs: 8}
          deep-er: {layers: [flatten, dense 10], epochs: 8}
          deep_er:
            name: {en: "Deeper {{y}} `z", ja: 深いもの}
            layers: [conv 3@3x3, conv 4@3x3 same, maxpool 2, dropout 0.5, flatten, dense 12, dense 10]
            epochs: 8

        """
    private static let experiment = Result {
        try Experiment(Array(text.utf8), file: "e.yml", folder: URL(filePath: "/"))
    }

    private func networks() throws -> [Network] {
        try PlainSiteTests.experiment.get().networks(
            input: Fixture.dataset.shape, classes: Fixture.dataset.classCount)
    }

    @Test func everyFigureOfEveryNetworkIsThere() throws {
        let (folder, networks) = (try TemporaryFolder(), try networks())
        let materials = SiteMaterials(
            dataset: Fixture.dataset, runs: networks.map { Fixture.run($0) },
            experiment: try PlainSiteTests.experiment.get())
        try SiteBuilder(templates: TestSite.templates, output: folder.url.appending(path: "site"))
            .build(materials) { _ in }
        let files = try folder.contents(of: "site")
        for language in Language.allCases {
            func page(_ kind: SitePage.Kind) throws -> String {
                String(
                    decoding: try #require(files[SitePage(kind: kind, language: language).path]), as: UTF8.self)
            }
            let home = try page(.article)
            let pages = try [home] + networks.map { try page(.network($0.name)) }
            let all = pages.joined()
            let relations = try PlainSiteTests.experiment.get().relations
            for figure in FigureCatalog.figures(for: networks, relations: relations, hasStudy: false) {
                #expect(all.components(separatedBy: "id=\"figure-\(figure.id)\"").count == 2, "\(figure.id)")
            }
            for page in pages {
                #expect(page.contains("Discs {{x}} &amp; &lt;b&gt;"))
                #expect(!page.contains("data-widget") && !page.contains("widgets.js"))
                #expect(page.contains(language == .english ? "Deeper {{y}} `z" : "深いもの"))
            }
            let words = try #require(FigureVariant.words.first { $0.language == language })
            // What a network cannot have is told on its page: in two of them.
            #expect(try pages.count { $0.contains(try words("atlas.noKernels")) } == 2)
            #expect(try pages.count { $0.contains(try words("atlas.noMaps")) } == 2)
            let links = Set(HTMLTag.tags(in: home).compactMap { $0.attributes["href"] })
            for network in networks {
                #expect(links.contains("networks/\(network.name)/index.html"), "\(network.name)")
            }
            // The home page is the overview.
            #expect(files[SitePage(kind: .networks, language: language).path] == nil)
        }
        // A sign of the definitions' own in a name: they show it, and end no code with it.
        let numbers = String(
            decoding: try #require(files["en/numbers/index.html"]), as: UTF8.self)
        #expect(numbers.contains(" Deeper {{y}} `z "))
        for network in networks { #expect(files["models/\(network.name).onnx"] != nil) }
    }

    /// A model that came with its weights has everything but what is told of a training, beside one that was trained.
    @Test func aModelThatWasNotTrainedHereHasAPage() throws {
        let (folder, networks) = (try TemporaryFolder(), try networks())
        let experiment = try PlainSiteTests.experiment.get()
        let trained = Fixture.run(networks[3])
        let given = try ["strided", "deep-er"].map { name in
            let network = try #require(networks.first { $0.name == name })
            return try Model(network.architecture, weights: Fixture.run(network).weights)
                .run(named: name, on: Fixture.dataset)
        }
        for run in given {
            #expect(run.training == nil && !run.network.isTrained)
            let test = Fixture.dataset.test
            let right = zip(run.predictions.likeliestClasses, test.labels).count { $0 == $1 }
            #expect(run.evaluation?.accuracy == Double(right) / Double(test.count))
        }
        for (runs, expected) in [(given, 0), (given + [trained], 1)] {
            let output = folder.url.appending(path: "site-\(runs.count)")
            let materials = SiteMaterials(dataset: Fixture.dataset, runs: runs, experiment: experiment)
            try SiteBuilder(templates: TestSite.templates, output: output).build(materials) { _ in }
            let files = try folder.contents(of: "site-\(runs.count)")
            for words in FigureVariant.words {
                let kinds = [.article] + runs.map { SitePage.Kind.network($0.name) }
                let pages = try kinds.map { kind in
                    let path = SitePage(kind: kind, language: words.language).path
                    return String(decoding: try #require(files[path]), as: UTF8.self)
                }
                #expect(try pages.count { $0.contains(try words("atlas.noTraining")) } == 2)
                #expect(pages.count { $0.contains("id=\"figure-loss-") } == expected)
                #expect(pages[1].contains("id=\"figure-confusion-strided\""))
                #expect(!pages.joined().contains("figure-comparison"))
                #expect(pages[0].contains("id=\"table-settings\"") == (expected > 0))
                #expect(pages[0].contains("<span>\(try words("column.epochs"))</span>") == (expected > 0))
            }
            let record = try JSONValue(try #require(files["data/strided.json"]))
            #expect(record["configuration"] == nil && record["history"] == .array([]))
            #expect(materials.facts[fact: "strided.testAccuracy"]?.source == .answers)
            #expect(materials.facts[fact: "strided.epochs"] == nil)
        }
    }

    /// A story tells of layers by name, and of nothing else than there is.
    @Test func aStoryOfOtherNetworksIsRefused() throws {
        let builder = SiteBuilder(templates: TestSite.templates, output: URL(filePath: "/nowhere"))
        try builder.checkStory(of: TestSite.experiment, networks: Network.all)
        try builder.checkStory(of: try PlainSiteTests.experiment.get(), networks: networks())
        let told = try Experiment(
            Array((PlainSiteTests.text + "story: fashion-mnist\n").utf8), file: "e.yml", folder: URL(filePath: "/"))
        let error = #expect(throws: SiteError.self) { try builder.checkStory(of: told, networks: networks()) }
        #expect(
            error?.description.contains("the networks of e.yml give no figure \"architecture-lenet5\"") == true)
        // A network more than the story tells of has its page, as all have.
        try builder.checkStory(of: TestSite.experiment, networks: Network.all + networks())
    }
}
