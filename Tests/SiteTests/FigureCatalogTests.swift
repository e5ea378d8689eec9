import Foundation
import Learn
import Render
import TestSupport
import Testing

@testable import Site

@Suite struct FigureCatalogTests {
    private static let figures = FigureCatalog.figures(for: Network.all)

    @Test func idsAreUniqueAndFitForLinks() {
        let ids = FigureCatalogTests.figures.map(\.id)
        #expect(Set(ids).count == ids.count)
        #expect(ids.allSatisfy { $0.wholeMatch(of: /[a-z0-9]+(-[a-z0-9]+)*/) != nil })
    }

    @Test func everyNetworkHasTheSameFigures() {
        func kinds(_ network: Network) -> [String] {
            FigureCatalogTests.figures.map(\.id).filter { $0.split(separator: "-").contains(network.name[...]) }
                .map { $0.replacing(network.name, with: "*") }
                // Beside the network that it comes after, which not each one has.
                .filter { $0 != "pooled-*" }
        }
        #expect(kinds(.lenet5).count == 28)
        for network in Network.all { #expect(kinds(network) == kinds(.lenet5), "\(network.name)") }
    }

    @Test(arguments: Theme.all) func everyNetworkHasAColourOfItsOwn(theme: Theme) {
        #expect(Set(Network.all.map { theme.look(of: $0, among: Fixture.runs()).color.hex }).count == Network.all.count)
    }

    @Test func figuresThatCompareNeedTwo() throws {
        let alone = FigureCatalog.figures(for: [.maxpool]).map(\.id)
        #expect(["comparison", "parameters", "confusion-difference"].allSatisfy { !alone.contains($0) })
        #expect(alone.contains("class-scores") && alone.contains("loss-maxpool"))
        let input = FigureInput(dataset: Fixture.dataset, runs: [Fixture.run(.maxpool)])
        for figure in FigureCatalog.figures(for: [.maxpool]) {
            _ = try figure.draw(input, FigureVariant.words[0], .light, measure: PlainMeasure())
        }
    }

    @Test func withoutNetworksTheDataRemain() {
        #expect(FigureCatalog.figures(for: []).map(\.id) == ["samples-grid", "label-balance", "samples-strip"])
    }

    @Test(arguments: Fixture.stories.map(\.name)) func everyStoryHasItsWords(name: String) throws {
        let story = try #require(Fixture.stories.first { $0.name == name })
        let input = story.input
        for figure in FigureCatalog.figures(
            for: Network.all, hasStudy: story.study != nil, hasFactors: story.factorial != nil)
        {
            for words in FigureVariant.words {
                let texts = try [
                    figure.title(input, words), figure.caption(input, words), figure.altText(input, words),
                ]
                let end = words.language == .japanese ? "。" : "."
                for text in texts { #expect(!text.isEmpty && !text.contains("{") && !text.contains("nan")) }
                #expect(texts[1].hasSuffix(end), "\(figure.id): \(texts[1])")
                #expect(texts[2].hasSuffix(end), "\(figure.id): \(texts[2])")
            }
        }
    }

    @Test(arguments: ["figures", "study", "factors"]) func languagesHaveTheSameFigureStrings(name: String) throws {
        let files = try Language.allCases.map { language in
            let file = TestSite.templates.appending(path: "strings/\(language.code)/\(name).json")
            return try JSONDecoder().decode([String: String].self, from: Data(contentsOf: file))
        }
        for file in files.dropFirst() { #expect(Set(file.keys) == Set(files[0].keys)) }
        for text in files.joined() { #expect(!text.value.isEmpty, "\(text.key)") }
    }

    @Test func tablesHoldTheData() throws {
        let input = FigureInput.usual
        func table(_ id: String) throws -> DataTable {
            try #require(try FigureCatalogTests.figures.first { $0.id == id }?.table(input))
        }
        #expect(try table("loss-wide").rows.count == 8)
        #expect(try table("loss-wide").rows[0][5] == "\(input.runs[2].history[0].trainLoss)")
        #expect(try table("loss-wide").rows.map { $0[1].isEmpty } == (1...8).map { $0 != 5 && $0 != 8 })
        #expect(try table("loss-wide").rows[7][1] == "\(try #require(input.runs[2].history[7].evaluatedTrain).loss)")
        #expect(try table("confusion-lenet5").rows.count == 100)
        #expect(try table("kernels-lenet5-conv1").rows.count == 150)
        #expect(try table("maps-wide-pool2").rows.count == 5 * 5 * 32)
        #expect(try table("comparison").rows.count == 8 * Network.all.count)
        let kernel = try #require(input.runs[0].weight("conv2.kernel"))
        let row = try #require(try table("kernels-lenet5-conv2").rows.first { $0.prefix(4) == ["3", "2", "2", "5"] })
        // Second row, fifth column, second input channel, third filter, each counted from 1.
        let place = (1 * 5 + 4) * 6 * 16 + 1 * 16 + 2
        #expect(row[4] == String(kernel.values[place]))
    }

    /// As on the pages: the image that a table names first, and its class beside it.
    @Test func imagesAreCountedFromOne() throws {
        let dataset = Fixture.dataset
        let input = FigureInput(dataset: dataset, runs: Fixture.runs())
        for (id, number, label, labels) in [
            ("errors-lenet5", 0, 1, dataset.test.labels), ("confused-pairs-lenet5", 3, 0, dataset.test.labels),
            ("patches-lenet5-conv2", 2, 3, dataset.test.labels), ("occlusion-lenet5", 0, 1, dataset.test.labels),
            ("samples-strip", 1, 0, dataset.train.labels), ("samples-grid", 0, 1, dataset.train.labels),
        ] {
            let figure = try #require(FigureCatalogTests.figures.first { $0.id == id })
            let table = try #require(try figure.table(input), "\(id)")
            #expect(table.header[number].hasSuffix("_image_from_1") && !table.rows.isEmpty)
            for row in table.rows {
                let image = try #require(Int(row[number]))
                #expect(image > 0 && "\(labels[image - 1])" == row[label], "\(id): \(row)")
            }
        }
    }

    @Test func fieldsWithCommasAreQuoted() {
        let table = DataTable(header: ["a", "b"], rows: [["1,2", "say \"hi\""], ["x", "two\nlines"]])
        #expect(table.csv == "a,b\r\n\"1,2\",\"say \"\"hi\"\"\"\r\nx,\"two\nlines\"\r\n")
    }
}
