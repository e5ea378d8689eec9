/// Dense arithmetic of a network: what a training owes that leaves out no zero.
package struct Arithmetic {
    /// Floating-point operations forward, a sample; a multiplication and its addition count as two.
    private(set) var forward = 0.0
    /// Those of the first convolution, whose input needs no gradient.
    private(set) var first = 0.0

    /// Operations of a training: forward, the gradient of the weights and the gradient at the inputs cost the same.
    ///
    /// - Parameters:
    ///   - epochs: each ends with the test images, forward.
    ///   - evaluations: epochs that end with the training images, too.
    package func training(epochs: Int, evaluations: Int, of dataset: Dataset) -> Double {
        let (train, test) = (Double(dataset.train.count), Double(dataset.test.count))
        return Double(epochs) * (train * (3 * forward - first) + test * forward) + Double(evaluations) * train * forward
    }

    package init(_ network: Network) {
        var (edge, channels) = (Split.edge, 1)
        for layer in network.layers {
            switch layer {
            case .convolution(let filters, let kernel, let padding):
                if padding == .valid { edge -= kernel - 1 }
                add(Double(2 * edge * edge * kernel * kernel * channels * filters))
                channels = filters
            case .averagePooling(let size), .maxPooling(let size):
                edge /= size
            case .flatten:
                (edge, channels) = (1, edge * edge * channels)
            case .dense(let outputs):
                add(Double(2 * channels * outputs))
                channels = outputs
            case .dropout:
                break
            }
        }
    }

    private mutating func add(_ operations: Double) {
        if first == 0 { first = operations }
        forward += operations
    }
}
