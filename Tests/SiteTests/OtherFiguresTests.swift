import Foundation
import Learn
import Render
import TestSupport
import Testing

@testable import Site

/// Figures of experiments with other numbers of classes, networks and filters, and with other layers, than the default.
@Suite struct OtherFiguresTests {
    private func other(_ name: String) throws -> OtherFigures {
        try #require(OtherFigures.all.first { $0.name == name })
    }

    /// A figure's caption and alternative text.
    private func text(_ id: String, of name: String, _ language: Language = .english) throws -> String {
        let other = try other(name)
        let figure = try #require(other.figures.first { $0.id == id })
        let words = try #require(other.variants().first { $0.words.language == language }).words
        return try figure.caption(other.input, words) + " " + figure.altText(other.input, words)
    }

    @Test(arguments: OtherFigures.all.map(\.name))
    func everyLabelCanBeReadAndNoFigureIsEndless(name: String) throws {
        let other = try other(name)
        for variant in try other.variants() {
            for figure in other.figures {
                let drawing = try figure.draw(other.input, variant.words, variant.theme)
                #expect(drawing.size.height < 2000, "\(figure.id) of \(name) is \(drawing.size.height) high")
                let problems = try LabelCheck(drawing, variant.theme).problems
                #expect(problems.isEmpty, "\(figure.id) of \(name), \(variant): \(problems.prefix(5))")
            }
        }
    }

    /// What is shown in part says so, in each language.
    @Test(arguments: [
        ("many-classes", "label-balance", "Of 47 classes, the 10 with the fewest", "47クラスのうち"),
        ("many-classes", "class-scores", "Of 47 classes, the 10 with the lowest", "47クラスのうち"),
        ("many-classes", "sample-image", "Of 47 classes, the 20 with the highest", "47クラスのうち"),
        ("many-classes", "maps-small-conv1", "Of 47 classes, 12 have a row", "47クラスのうち"),
        ("many-classes", "confusion-small", "predictions, by number", "クラスの番号で"),
        ("odd-layers", "maps-grey-conv1", "Of 128 channels, the first 32", "128チャネルのうち"),
        ("odd-layers", "kernels-grey-epochs", "Of 128 filters, the 16", "128個のフィルタのうち"),
        ("colour-kernels", "kernels-deep-conv2", "the 32 kernels of the largest norm", "大きい順に32枚"),
    ])
    func whatIsLeftOutIsTold(name: String, id: String, english: String, japanese: String) throws {
        #expect(try text(id, of: name).contains(english))
        #expect(try text(id, of: name, .japanese).contains(japanese))
        let usual = try #require(FigureCatalog.figures(for: Network.all).first { $0.id == "label-balance" })
        let input = FigureInput(dataset: Fixture.dataset, runs: Fixture.runs())
        #expect(try !usual.caption(input, FigureVariant.words[1]).contains("Of 10 classes"))
    }

    /// Maps are called what they are: before ReLU, after it, or pixels.
    @Test(arguments: [
        ("odd-layers", "maps-grey-conv1", "Activation (after ReLU)"),
        ("odd-layers", "maps-grey-pool1", "Activation (after ReLU)"),
        ("odd-layers", "maps-grey-conv2", "Output (blue: negative, orange: positive)"),
        ("odd-layers", "maps-pooled-pool1", "Pixel value (0 to 1), pooled"),
        ("odd-layers", "maps-pooled-conv1", "Output (blue: negative, orange: positive)"),
        ("odd-layers", "maps-pooled-pool2", "Output (blue: negative, orange: positive)"),
        ("odd-layers", "maps-pooled-relu1", "Activation (after ReLU)"),
    ])
    func mapsAreCalledWhatTheyAre(name: String, id: String, scale: String) throws {
        let other = try other(name)
        let figure = try #require(other.figures.first { $0.id == id })
        let english = try #require(other.variants().first { $0.words.language == .english })
        let texts = try figure.draw(other.input, english.words, english.theme).texts.map(\.text)
        #expect(texts.contains(scale))
        let isSigned = scale.hasPrefix("Output")
        let told = try text(id, of: name)
        #expect(told.contains("No ReLU follows") == isSigned && told.contains("of it is negative") == isSigned)
        #expect(told.contains("values from 0 to") == !isSigned)
        // The middle of a scale with two sides.
        if isSigned { #expect(texts.contains { ["0", "0.0", "0.00"].contains($0) }) }
    }

    @Test func batchNormalisationHasBothSigns() throws {
        let architecture = try Architecture(
            input: ImageShape(height: 8, width: 8, channels: 1), classes: 3,
            notation: ["conv 2@3x3", "batchnorm", "maxpool 2", "relu", "flatten", "dense 3"])
        let network = Network(name: "n", architecture: architecture, defaultEpochs: 1)
        #expect(
            architecture.placed.map(network.output) == [.rectified, .signed, .signed, .rectified, .rectified, .signed])
    }

    /// Colour, dash and form of dots together tell sixteen networks apart.
    @Test(arguments: Theme.all) func looksDifferAsLongAsTheyCan(theme: Theme) {
        let looks = (0..<16).map(theme.series)
        for (place, look) in looks.enumerated() { #expect(!looks[..<place].contains(look)) }
        #expect(looks[..<4].allSatisfy { $0.dash.isEmpty && $0.dot == .disc })
        #expect(theme.series(at: 16) == looks[0])
    }
}
