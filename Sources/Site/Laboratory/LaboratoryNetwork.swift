import Learn

/// A network as the page's scripts compute it.
package struct LaboratoryNetwork: Encodable, Sendable {
    /// What the network takes.
    struct Input: Encodable {
        /// `[height, width, channels]`
        let shape: [Int]
        /// What an image's levels are divided by before the first layer.
        let levels: Int
    }

    /// How the training went, a number for each epoch.
    package struct Losses: Encodable, Sendable {
        /// Evaluated as the test loss is; null after epochs where it was not.
        let train: [Double?]
        let test: [Double]
        /// Of the test images.
        let accuracy: [Double]

        init(_ history: [EpochMetrics]) {
            train = history.map { $0.evaluatedTrain?.loss }
            test = history.map(\.testLoss)
            accuracy = history.map(\.testAccuracy)
        }
    }

    let name: String
    let input: Input
    let classes: Int
    /// Epochs from whose end there are weights, besides those of the last.
    let epochs: [Int]
    /// None of a network that came trained.
    let losses: Losses?
    /// All layers, the last of which leaves the logits.
    let layers: [LaboratoryLayer]

    /// - Parameters:
    ///   - weights: every parameter of the architecture.
    ///   - means: each filter's mean over all test images and places, `[filters]`, by layer.
    ///   - epochs: from whose end there are weights, besides these.
    ///   - losses: of its training.
    package init(
        _ network: Network, weights: [NamedTensor], means: [String: Tensor] = [:], epochs: [Int] = [],
        losses: Losses? = nil
    ) {
        let architecture = network.architecture
        let byName = Dictionary(weights.map { ($0.name, $0.tensor) }) { first, _ in first }
        name = network.name
        input = Input(shape: architecture.input.extents, levels: 255)
        classes = architecture.classes
        self.epochs = epochs
        self.losses = losses
        layers = architecture.placed.map { LaboratoryLayer($0, weights: byName, means: means[$0.name]) }
    }
}
