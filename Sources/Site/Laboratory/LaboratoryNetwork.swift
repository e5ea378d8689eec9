import Learn

/// A network as the page's scripts compute it.
package struct LaboratoryNetwork: Encodable {
    /// What the network takes.
    struct Input: Encodable {
        /// `[height, width, channels]`
        let shape: [Int]
        /// What an image's levels are divided by before the first layer.
        let levels: Int
    }

    let name: String
    let input: Input
    let classes: Int
    /// Epochs from whose end there are weights, besides those of the last.
    let epochs: [Int]
    /// All layers, the last of which leaves the logits.
    let layers: [LaboratoryLayer]

    /// - Parameters:
    ///   - weights: every parameter of the architecture.
    ///   - means: each filter's mean over all test images and places, `[filters]`, by layer.
    ///   - epochs: from whose end there are weights, besides these.
    package init(
        _ network: Network, weights: [NamedTensor], means: [String: Tensor] = [:], epochs: [Int] = []
    ) {
        let architecture = network.architecture
        let byName = Dictionary(weights.map { ($0.name, $0.tensor) }) { first, _ in first }
        name = network.name
        input = Input(shape: architecture.input.extents, levels: 255)
        classes = architecture.classes
        self.epochs = epochs
        layers = architecture.placed.map { LaboratoryLayer($0, weights: byName, means: means[$0.name]) }
    }
}
