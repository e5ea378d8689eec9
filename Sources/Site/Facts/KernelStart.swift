import Learn

/// The first convolution's kernels before the training, and how far the first epoch took them.
struct KernelStart: Sendable, Equatable {
    let kernels: KernelStatistics
    /// Euclidean distance of the kernels from their initial values after the first epoch, as a share of that distance in
    /// the end; 0 if they never moved. How long the way was that they went is another matter.
    let firstEpochShare: Double
    /// Cosine of the angle between initial and trained kernels, all weights taken as one vector; 0 if one is zero.
    let similarity: Double

    /// - Parameter training: of one epoch at least; nil for a network without a convolution, which keeps no kernels of
    ///   its epochs.
    init?(_ training: TrainingRecord) {
        let history = training.kernelHistory
        let shape = Array(history.shape.dropFirst())
        guard shape.count == 4 else { return nil }
        let size = shape.reduce(1, *)
        func kernel(afterEpoch epoch: Int) -> ArraySlice<Float> { history.values[epoch * size..<(epoch + 1) * size] }
        let start = kernel(afterEpoch: 0)
        func distance(afterEpoch epoch: Int) -> Double {
            zip(kernel(afterEpoch: epoch), start).map { Double($0) - Double($1) }.map { $0 * $0 }.reduce(0, +)
                .squareRoot()
        }
        func dot(_ a: Int, _ b: Int) -> Double {
            zip(kernel(afterEpoch: a), kernel(afterEpoch: b)).reduce(0) { $0 + Double($1.0) * Double($1.1) }
        }
        let last = training.history.count
        let norms = (dot(0, 0) * dot(last, last)).squareRoot()
        similarity = norms > 0 ? dot(0, last) / norms : 0
        let whole = distance(afterEpoch: last)
        kernels = KernelStatistics(Tensor(shape: shape, values: Array(start)))
        firstEpochShare = whole > 0 ? distance(afterEpoch: 1) / whole : 0
    }
}
