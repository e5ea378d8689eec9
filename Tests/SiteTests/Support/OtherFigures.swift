import Foundation
import Learn
import Render

@testable import Site

/// The figures of an experiment that is not Fashion-MNIST's, drawn from made-up data and runs.
struct OtherFigures: Sendable {
    let name: String
    let experiment: Experiment
    let input: FigureInput
    let figures: [Figure]

    /// - Parameters:
    ///   - networks: as an experiment's file has them.
    ///   - classNames: nil for classes without names.
    private init(
        _ name: String, _ networks: String, classes: Int = 10, shape: ImageShape, classNames: [String]? = nil,
        hasStudy: Bool = false
    ) {
        self.name = name
        let list = classNames.map { "classes: [\($0.joined(separator: ", "))]\n" } ?? ""
        experiment = try! Experiment(
            Array("data: {idx: data}\n\(list)networks:\n\(networks)".utf8), file: "e.yml", folder: URL(filePath: "/"))
        let dataset = Fixture.dataset(of: shape, classes: classes)
        let networks = try! experiment.networks(input: shape, classes: classes)
        let runs = networks.map { Fixture.run($0, on: dataset) }
        let results = runs.flatMap { run in
            (0..<SeedStudy.fewestRuns).map { seed in
                var result = RunResult(configuration: run.configuration, history: run.history)
                result.configuration.seed = UInt64(seed)
                for epoch in result.history.indices { result.history[epoch].testLoss *= 1 + 0.02 * Double(seed) }
                return result
            }
        }
        let study =
            hasStudy
            ? SeedStudy(
                around: runs.map(\.configuration), results: results, images: dataset.test.count,
                relations: experiment.relations) : nil
        input = FigureInput(dataset: dataset, runs: runs, experiment: experiment, study: study)
        figures = FigureCatalog.figures(for: networks, relations: experiment.relations, hasStudy: hasStudy)
    }

    /// In every language and theme.
    func variants() throws -> [FigureVariant] {
        try Language.allCases.flatMap { language in
            let words = try Words(
                language: language, templates: TestSite.templates,
                names: SiteNames(experiment, classCount: input.dataset.classCount))
            return Theme.all.map { FigureVariant(words: words, theme: $0) }
        }
    }

    /// What each of them has of its own.
    static let all = [
        // More classes than have room for names and numbers.
        OtherFigures(
            "many-classes", pair(classes: 47), classes: 47, shape: ImageShape(height: 12, width: 16, channels: 3),
            classNames: (0..<47).map { "kind \($0) of thing" }),
        OtherFigures(
            "most-classes", pair(classes: 100), classes: 100, shape: ImageShape(height: 8, width: 8, channels: 1),
            classNames: (0..<100).map { "a kind of thing with a long name, number \($0)".inQuotes }),
        OtherFigures(
            "some-classes", pair(classes: 20), classes: 20, shape: ImageShape(height: 8, width: 8, channels: 1)),
        // More networks than colours.
        OtherFigures(
            "six-networks",
            (1...6).map { "  n\($0): {layers: [conv 2@3x3, flatten, dense 10], epochs: 8}\n" }.joined(),
            shape: ImageShape(height: 8, width: 8, channels: 1), hasStudy: true),
        // More networks than can be told apart, with names that begin alike, and classes whose names do.
        OtherFigures(
            "thirty-networks",
            (1...30).map {
                "  n\($0): {name: \("One of a family of similar networks, number \($0)".inQuotes), "
                    + "layers: [conv 2@3x3, flatten, dense 10], epochs: 8}\n"
            }.joined(), shape: ImageShape(height: 8, width: 8, channels: 1),
            classNames: (0..<10).map { "a class of many that begin alike, number \($0)".inQuotes }, hasStudy: true),
        // Layers without ReLU, kernels of one weight, of many, and very many of them.
        OtherFigures(
            "odd-layers",
            """
              grey: {layers: [conv 128@7x7 same, maxpool 2, conv 4@1x1 linear, flatten, dense 10], epochs: 8}
              pooled: {layers: [avgpool 2, conv 3@3x3 linear, maxpool 2, relu, flatten, dense 8 linear, dense 10], epochs: 8}

            """, shape: ImageShape(height: 12, width: 12, channels: 1)),
        OtherFigures(
            "colour-kernels",
            """
              deep: {layers: [conv 24@1x1, conv 64@3x3, conv 40@1x1, flatten, dense 10], epochs: 8}
              few: {layers: [conv 4@7x7 linear, globalavgpool, dense 10], epochs: 8}
              single: {layers: [conv 1@1x1, conv 1@3x3, globalavgpool, dense 10], epochs: 8}
              flat: {layers: [conv 257@3x3, conv 18@3x3, globalavgpool, dense 10], epochs: 8}

            """, shape: ImageShape(height: 9, width: 9, channels: 3)),
    ]

    private static func pair(classes: Int) -> String {
        """
          small: {layers: [conv 8@3x3 same, maxpool 2, flatten, dense \(classes)], epochs: 8}
          deep:
            after: small
            layers: [conv 8@3x3 same, maxpool 2, conv 6@3x3, flatten, dense \(classes)]
            epochs: 8

        """
    }

    /// Those whose looks are recorded, each with the name of its experiment.
    static let recorded =
        [
            "samples-strip", "label-balance", "sample-image", "class-scores", "confusion-small", "difference-deep",
            "pooled-deep",
        ].map {
            "many-classes/\($0)"
        } + [
            "many-classes/maps-small-conv1", "many-classes/classes-small-conv1", "some-classes/confusion-small",
            "most-classes/samples-strip",
        ]
        + ["comparison", "class-scores", "sample-image"].map { "thirty-networks/\($0)" }
        + ["sample-image", "class-scores", "comparison", "loss-n5", "loss-n6", "study-curves", "study-accuracy"].map {
            "six-networks/\($0)"
        }
        + [
            "maps-grey-conv2", "maps-pooled-pool1", "maps-pooled-conv1", "maps-pooled-pool2", "maps-pooled-relu1",
            "classes-grey-conv1", "pooling-grey", "activations-pooled", "kernels-grey-conv1", "kernels-grey-epochs",
            "maps-grey-conv1",
        ].map { "odd-layers/\($0)" }
        + [
            "kernels-deep-conv1", "kernels-deep-conv2", "kernels-deep-conv3", "kernels-few-conv1", "maps-few-conv1",
            "kernels-flat-conv1", "hero",
        ].map {
            "colour-kernels/\($0)"
        }
}

extension Fixture {
    /// Made-up images of any form: a lighter disc for each class, of its own size and place.
    static func dataset(of shape: ImageShape, classes: Int) -> Dataset {
        func split(_ count: Int) -> Split {
            var pixels: [UInt8] = []
            for index in 0..<count {
                let label = index % classes
                for y in 0..<shape.height {
                    for x in 0..<shape.width {
                        let (down, right) = (y - label % shape.height, x - label / shape.height % shape.width)
                        let inside = down * down + right * right < 4 + label % 9
                        for channel in 0..<shape.channels {
                            pixels.append(inside ? UInt8(255 - (index * 7 + channel * label * 31) % 200) : 0)
                        }
                    }
                }
            }
            return Split(pixels: pixels, labels: (0..<count).map { UInt8($0 % classes) }, shape: shape)
        }
        return Dataset(
            train: split(6 * classes + classes / 2), test: split(3 * classes), classCount: classes,
            digests: Fixture.dataset.digests)
    }
}
