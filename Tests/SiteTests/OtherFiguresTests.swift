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
                let drawing = try figure.draw(other.input, variant.words, variant.theme, variant.format)
                #expect(drawing.size.height < 1700, "\(figure.id) of \(name) is \(drawing.size.height) high")
                let problems = try LabelCheck(drawing, variant.theme).problems
                #expect(problems.isEmpty, "\(figure.id) of \(name), \(variant): \(problems.prefix(5))")
            }
        }
    }

    /// What is shown in part says so, in each language.
    @Test(arguments: [
        ("many-classes", "label-balance", "Of 47 classes, the 10 with the fewest", "47クラスのうち"),
        ("most-classes", "samples-strip", "Of 100 classes, 48 have a row", "100クラスのうち"),
        ("thirty-networks", "sample-image", "Of 30 networks, the 12 with the lowest", "30個のネットワークのうち"),
        ("thirty-networks", "class-scores", "Of 30 networks, the 12 with the lowest", "30個のネットワークのうち"),
        ("thirty-networks", "comparison", "Of 30 networks, the 12 with the lowest", "30個のネットワークのうち"),
        ("thirty-networks", "study-curves", "Of 30 networks, the 12 with the lowest", "30個のネットワークのうち"),
        ("thirty-networks", "study-accuracy", "Of 30 networks, the 12 with the lowest", "30個のネットワークのうち"),
        ("many-classes", "class-scores", "Of 47 classes, the 10 with the lowest", "47クラスのうち"),
        ("many-classes", "classes-small-conv1", "Of 47 classes, 12 have a row", "47クラスのうち"),
        ("many-classes", "confusion-small", "predictions, by number", "クラスの番号で"),
        ("odd-layers", "classes-grey-conv1", "Of 128 channels, the first 32", "128チャネルのうち"),
        ("odd-layers", "kernels-grey-epochs", "Of 128 filters, the 16", "128個のフィルタのうち"),
        ("colour-kernels", "kernels-single-conv2", "The 1 kernel of 3×3", "1個の3×3"),
        ("colour-kernels", "kernels-deep-conv2", "the 32 kernels of the largest norm", "大きい順に32枚"),
    ])
    func whatIsLeftOutIsTold(name: String, id: String, english: String, japanese: String) throws {
        #expect(try text(id, of: name).contains(english))
        #expect(try text(id, of: name, .japanese).contains(japanese))
        let usual = try #require(FigureCatalog.figures(for: Network.all).first { $0.id == "label-balance" })
        let input = FigureInput.usual
        #expect(try !usual.caption(input, FigureVariant.words[1]).contains("Of 10 classes"))
    }

    /// Maps are called what they are: before ReLU, after it, or pixels.
    @Test(arguments: [
        ("odd-layers", "grey-conv1", "Activation (after ReLU)"),
        ("odd-layers", "grey-pool1", "Activation (after ReLU)"),
        ("odd-layers", "grey-conv2", "Output (blue: negative, orange: positive)"),
        ("odd-layers", "pooled-pool1", "Pixel value (0 to 1), pooled"),
        ("odd-layers", "pooled-conv1", "Output (blue: negative, orange: positive)"),
        ("odd-layers", "pooled-pool2", "Output (blue: negative, orange: positive)"),
        ("odd-layers", "pooled-relu1", "Activation (after ReLU)"),
    ])
    func mapsAreCalledWhatTheyAre(name: String, id: String, scale: String) throws {
        let other = try other(name)
        let figure = try #require(other.figures.first { $0.id == "classes-\(id)" })
        let english = try #require(other.variants().first { $0.words.language == .english })
        let texts = try figure.draw(other.input, english.words, english.theme).texts.map(\.text)
        #expect(texts.contains(scale))
        let isSigned = scale.hasPrefix("Output")
        let told = try text("maps-\(id)", of: name)
        #expect(told.contains("Values may be negative here") == isSigned)
        #expect(told.contains("of it is negative") == isSigned)
        #expect(told.contains("Zero has the colour of the page") != isSigned)
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

    /// Names are left out in their middles where their beginnings would be the same.
    @Test func namesThatBeginAlikeAreToldApart() throws {
        let other = try other("thirty-networks")
        let english = try #require(other.variants().first { $0.words.language == .english })
        let shown = Set(other.input.shown(other.input.runs.map(\.network)).map(\.name))
        #expect(shown.count == NetworkRows.most)
        for id in ["sample-image", "class-scores", "comparison", "study-curves", "study-accuracy", "label-balance"] {
            let figure = try #require(other.figures.first { $0.id == id })
            let texts = Set(try figure.draw(other.input, english.words, english.theme).texts.map(\.text))
            let cut = texts.filter { $0.contains("…") && !$0.hasSuffix("…") }
            let isOfClasses = ["class-scores", "label-balance"].contains(id)
            for label in 0..<10 where isOfClasses {
                #expect(cut.contains { $0.hasPrefix("a class") && $0.hasSuffix(" \(label)") }, "\(id): \(label)")
            }
            for name in shown where id != "label-balance" {
                #expect(
                    texts.contains { $0.hasPrefix("One of") && $0.hasSuffix(" \(name.dropFirst())") }, "\(id): \(name)")
            }
        }
    }

    /// Those that are shown beside each other have looks of their own, wherever they stand among the others.
    @Test(arguments: Theme.all) func theNetworksThatAreShownLookDifferent(theme: Theme) throws {
        let input = try other("thirty-networks").input
        let looks = input.shown(input.runs.map(\.network)).map { theme.look(of: $0, among: input.runs) }
        for (place, look) in looks.enumerated() { #expect(!looks[..<place].contains(look)) }
    }

    /// The networks of the lowest loss are shown, and one whose loss is no number comes last.
    @Test func theBestNetworksAreShown() throws {
        var runs = try other("thirty-networks").input.runs
        for place in runs.indices {
            let last = runs[place].history.count - 1
            runs[place].history[last].testLoss = place < 15 ? .nan : Double(40 - place)
        }
        #expect(NetworkRows.shown(of: runs).map(\.configuration.network) == (19...30).map { "n\($0)" })
        #expect(Array(NetworkRows.order(of: runs).prefix(13)) == (19...30).map { "n\($0)" } + ["n1"])
    }

    /// However faint a layer answers to an image, its maps are drawn in all their colours.
    @Test func mapsHaveScalesOfTheirOwn() throws {
        let other = try other("odd-layers")
        let figure = try #require(other.figures.first { $0.id == "maps-grey-conv2" })
        let words = try #require(other.variants().first { $0.words.language == .english }).words
        func rasters(_ scale: Float) throws -> [Raster] {
            let input = FigureInput(
                dataset: other.input.dataset, runs: other.input.runs.map { $0.with(chosenSampleTimes: scale) })
            return try figure.draw(input, words, .light).elements.compactMap { element in
                if case .raster(let raster, _) = element { raster } else { nil }
            }
        }
        let usual = try rasters(1)
        #expect(try rasters(1 / 1024) == usual && !usual.isEmpty)
        #expect(try rasters(0) != usual)
    }

    /// Layers that are silent for every image have an axis like others.
    @Test func silentLayersHaveAnAxis() throws {
        let other = try other("odd-layers")
        let figure = try #require(other.figures.first { $0.id == "activations-grey" })
        let words = try #require(other.variants().first { $0.words.language == .english }).words
        let runs = other.input.runs.map { run in
            var run = run
            run.samples = run.samples.map { $0.times(0) }
            return run
        }
        let input = FigureInput(dataset: other.input.dataset, runs: runs)
        let texts = try figure.draw(input, words, .light).texts.map(\.text)
        #expect(texts.contains("1.0") && texts.allSatisfy { !$0.hasPrefix("0.000") })
    }

    /// After a single epoch there are no lines yet: each curve is a dot.
    @Test func curvesOfOneEpochAreSeen() throws {
        let other = try other("colour-kernels")
        let figure = try #require(other.figures.first { $0.id == "loss-few" })
        let words = try #require(other.variants().first { $0.words.language == .english }).words
        func dots(epochs: Int) throws -> Int {
            let runs = other.input.runs.map { run in
                var run = run
                run.history = Array(run.history.prefix(epochs))
                return run
            }
            let input = FigureInput(dataset: other.input.dataset, runs: runs)
            let elements = try figure.draw(input, words, .light).elements
            return elements.count { element in
                if case .shape(.circle, _, _) = element { true } else { false }
            }
        }
        // The test images in two plots; the training images and the lowest loss have dots in any case.
        #expect(try dots(epochs: 1) - dots(epochs: 2) == 2)
    }

    /// A loss of a few epochs has no ticks between them.
    @Test(arguments: 1...5) func epochsAreWholeNumbers(count: Int) throws {
        let plot = Plot(
            x: .epochs("e", count), y: .linear(domain: (0.5, 0.6)).with { $0.hasTickLabels = false }, height: 100,
            marks: [])
        let style = Style(theme: .light, measure: try Typeface.installed())
        let drawing = Drawing(id: "p", title: "", description: "", language: "en", content: plot, style: style)
        let ticks = drawing.texts.map(\.text).filter { $0 != "e" }
        #expect(!ticks.isEmpty && ticks.allSatisfy { Int($0) != nil }, "\(ticks)")
    }

    /// Colour, dash and form of dots together tell sixteen networks apart.
    @Test(arguments: Theme.all) func looksDifferAsLongAsTheyCan(theme: Theme) {
        let looks = (0..<16).map(theme.series)
        for (place, look) in looks.enumerated() { #expect(!looks[..<place].contains(look)) }
        #expect(looks[..<4].allSatisfy { $0.dash.isEmpty && $0.dot == .disc })
        #expect(theme.series(at: 16) == looks[0])
    }
}

extension Run {
    /// The run as if all layers had answered so many times as much to the image that is followed.
    fileprivate func with(chosenSampleTimes factor: Float) -> Run {
        var run = self
        guard let place = samples.firstIndex(where: { $0.label == samples.last?.label }) else { return run }
        run.samples[place] = samples[place].times(factor)
        return run
    }
}

extension SampleActivations {
    fileprivate func times(_ factor: Float) -> SampleActivations {
        let outputs = outputs.map { output in
            NamedTensor(
                output.name, Tensor(shape: output.tensor.shape, values: output.tensor.values.map { $0 * factor }))
        }
        return SampleActivations(index: index, label: label, outputs: outputs)
    }
}
