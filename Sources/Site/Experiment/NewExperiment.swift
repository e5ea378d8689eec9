import Foundation
import Learn

/// The first draft of an experiment's file for some data: two small networks, and comments that say what to change.
public struct NewExperiment: Sendable {
    /// What was found where the data are.
    public struct Found: Sendable {
        /// Where the images come from; a path as it is to be written.
        public let source: Source
        public let image: ImageShape
        /// Names of the classes, in the order of their labels; nil where the data have but numbers.
        public let classNames: [String]?
        public let classCount: Int
        /// Images to train with.
        public let trainCount: Int

        public enum Source: Sendable, Equatable { case idx(String), images(String), npz(String) }

        public init(
            source: Source, image: ImageShape, classNames: [String]?, classCount: Int, trainCount: Int
        ) {
            self.source = source
            self.image = image
            self.classNames = classNames
            self.classCount = classCount
            self.trainCount = trainCount
        }
    }

    let name: String
    let found: Found

    /// - Parameter name: what the data set is to be called.
    public init(name: String, found: Found) {
        self.name = name
        self.found = found
    }

    /// The file's text. It reads back as an ``Experiment`` that fits the data.
    public var text: String {
        """
        # An experiment for site-build, with what was found in the data: \(found.image) pixels and channels,
        # \(found.classCount) classes, \(found.trainCount) images to train with. Change what you like, then:
        #     site-build --experiment FILE

        # What the data set is called: one name for all languages, or {en: Digits, ja: 数字}.
        name: \(YAMLText.scalar(name))
        data: \(data)

        # In the order of the labels. A name for all languages, or {en: coat, ja: コート, short: {en: c, ja: コ}}.
        classes:
        \(classNames.map { "  - \(YAMLText.scalar($0))" }.joined(separator: "\n"))

        # Classes that are alike: what is mistaken for what within them is told apart.
        # families:
        #   alike: [\(classNames.prefix(2).map(YAMLText.scalar).joined(separator: ", "))]

        # Layers: conv 8@3x3 (8 filters of 3x3 pixels; add same to pad with zeros, stride 2 to skip places), maxpool 2,
        # avgpool 2, globalavgpool, dropout 0.2, flatten, dense 64. ReLU follows conv and dense; add linear to leave it
        # out. The last is dense, with a unit a class.
        networks:
          small:
            layers: [\(layers(dropsOut: false).joined(separator: ", "))]
            epochs: \(NewExperiment.epochs)
          dropout:
            after: small    # what it is compared with
            layers: [\(layers(dropsOut: true).joined(separator: ", "))]
            epochs: \(NewExperiment.epochs)

        training: {optimizer: \(ExperimentTraining.standard.optimizer.name), rate: 1.0, batch: \(batchSize), seed: 0}

        """
    }

    private static let epochs = 30

    private var data: String {
        switch found.source {
        case .idx(let path): "{idx: \(YAMLText.scalar(path))}"
        case .npz(let path): "{npz: \(YAMLText.scalar(path))}"
        case .images(let path):
            "{images: {folder: \(YAMLText.scalar(path)), size: \(size)}}"
        }
    }

    /// As rows and columns, though images that all have it already would need none.
    private var size: String { "\(found.image.height)x\(found.image.width)" }

    /// The names that the data have, unless an experiment could not have them; else numbers.
    private var classNames: [String] {
        let numbers = (0..<found.classCount).map(String.init)
        guard let names = found.classNames, names.count == found.classCount, Set(names).count == names.count,
            names.allSatisfy({ $0.defectAsName == nil })
        else { return numbers }
        return names
    }

    /// Two convolutions, with pooling as long as something is left to be pooled.
    private func layers(dropsOut: Bool) -> [String] {
        var layers: [String] = []
        var edge = min(found.image.height, found.image.width)
        for filters in [8, 16] {
            layers.append("conv \(filters)@3x3 same")
            guard edge >= 4 else { continue }
            layers.append("maxpool 2")
            edge /= 2
            if dropsOut { layers.append("dropout 0.2") }
        }
        layers += ["flatten", "dense 64"]
        if dropsOut { layers.append("dropout 0.3") }
        return layers + ["dense \(found.classCount)"]
    }

    /// Some 60 steps an epoch, as the networks of Fashion-MNIST have, in round numbers.
    private var batchSize: Int {
        [1000, 500, 200, 100, 50, 20, 10].first { $0 * 60 <= found.trainCount } ?? 10
    }
}
