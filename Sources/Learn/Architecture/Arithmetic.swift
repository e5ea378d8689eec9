/// Dense arithmetic of a network: what a training owes that leaves out no zero.
package struct Arithmetic {
    /// Floating-point operations forward, a sample; a multiplication and its addition count as two.
    private let forward: Double
    /// Those of the first layer that multiplies, whose input needs no gradient.
    private let first: Double

    package init(_ architecture: Architecture) {
        forward = Double(2 * architecture.multiplyAdds)
        first = Double(2 * (architecture.placed.lazy.map(\.multiplyAdds).first { $0 > 0 } ?? 0))
    }

    /// Operations of a training: forward, the gradient of the weights and the gradient at the inputs cost the same.
    ///
    /// - Parameters:
    ///   - epochs: each ends with the test images, forward.
    ///   - evaluations: epochs that end with the training images, too.
    package func training(epochs: Int, evaluations: Int, of dataset: Dataset) -> Double {
        let (train, test) = (Double(dataset.train.count), Double(dataset.test.count))
        return Double(epochs) * (train * (3 * forward - first) + test * forward) + Double(evaluations) * train * forward
    }
}
