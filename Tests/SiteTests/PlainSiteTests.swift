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
            name: {en: "Deeper {{y}}", ja: 深いもの}
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
            let page = String(decoding: try #require(files[language.home.path]), as: UTF8.self)
            let relations = try PlainSiteTests.experiment.get().relations
            for figure in FigureCatalog.figures(for: networks, relations: relations, hasStudy: false) {
                #expect(page.contains("id=\"figure-\(figure.id)\""), "\(figure.id)")
            }
            #expect(page.contains("Discs {{x}} &amp; &lt;b&gt;"))
            #expect(page.contains(language == .english ? "Deeper {{y}}" : "深いもの"))
            #expect(!page.contains("data-widget"))
            let words = try #require(FigureVariant.words.first { $0.language == language })
            // What a network cannot have is told where it is missed: in three of them.
            #expect(page.components(separatedBy: try words("plain.noKernels")).count == 3)
            #expect(page.components(separatedBy: try words("plain.noMaps")).count == 3)
            let sections = HTMLTag.tags(in: page).filter { $0.name == "section" }.compactMap { $0.attributes["id"] }
            #expect(sections.filter { $0.hasPrefix("network-") } == networks.map { "network-\($0.name)" })
        }
        for network in networks { #expect(files["models/\(network.name).onnx"] != nil) }
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
        let fourth = #expect(throws: ExperimentError.self) {
            try builder.checkStory(of: TestSite.experiment, networks: Network.all + networks())
        }
        let problem = fourth?.problem ?? ""
        for network in try networks() {
            for kind in ["architecture", "confusion", "loss"] {
                #expect(problem.contains("::figure \(kind)-\(network.name)"), "\(problem)")
            }
        }
    }
}
