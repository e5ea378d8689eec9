import Learn

/// Measures of a convolution's kernels that tell structure from noise.
struct KernelStatistics: Equatable {
    /// Smallest and largest weight.
    let range: ClosedRange<Float>
    /// Mean correlation between weights that touch in a kernel, from -1 to 1: near 0 for noise, high for
    /// edges and blobs. Moran's I over the four neighbours, averaged over all kernel slices.
    let smoothness: Double
    /// Largest Euclidean norm of a filter over the smallest.
    let normRatio: Double
    /// Pairs of filters whose absolute cosine exceeds ``likeness``.
    let alikePairs: Int

    /// From this absolute cosine on, two filters answer to nearly the same.
    static let likeness = 0.9

    /// - Parameter kernel: `[height, width, in, out]`.
    init(_ kernel: Tensor) {
        let (height, width) = (kernel.shape[0], kernel.shape[1])
        let (inputs, filters) = (kernel.shape[2], kernel.shape[3])
        func plane(_ input: Int, _ filter: Int) -> [Double] {
            (0..<height * width).map { Double(kernel.values[($0 * inputs + input) * filters + filter]) }
        }
        let vectors = (0..<filters).map { filter in (0..<inputs).flatMap { plane($0, filter) } }
        let norms = vectors.map { dot($0, $0).squareRoot() }
        var alike = 0
        for first in 0..<filters {
            for second in first + 1..<max(filters, first + 1) {
                let scale = norms[first] * norms[second]
                if abs(dot(vectors[first], vectors[second])) > KernelStatistics.likeness * scale { alike += 1 }
            }
        }
        let slices = (0..<filters).flatMap { filter in (0..<inputs).map { plane($0, filter) } }
        range = (kernel.values.min() ?? 0)...(kernel.values.max() ?? 0)
        smoothness = slices.map { moran($0, width: width) }.reduce(0, +) / Double(max(1, slices.count))
        normRatio = (norms.max() ?? 0) / max(norms.min() ?? 0, .leastNormalMagnitude)
        alikePairs = alike
    }
}

private func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).map(*).reduce(0, +) }

/// Moran's I of a plane with each cell's right and lower neighbour; 0 if all cells are equal.
///
/// Source: P. A. P. Moran, "Notes on Continuous Stochastic Phenomena", Biometrika 37, 1950.
private func moran(_ plane: [Double], width: Int) -> Double {
    let mean = plane.reduce(0, +) / Double(plane.count)
    let deviations = plane.map { $0 - mean }
    let variance = dot(deviations, deviations) / Double(plane.count)
    guard variance > 0 else { return 0 }
    var sum = 0.0
    var pairs = 0.0
    for index in plane.indices {
        if (index + 1) % width != 0 {
            sum += deviations[index] * deviations[index + 1]
            pairs += 1
        }
        if index + width < plane.count {
            sum += deviations[index] * deviations[index + width]
            pairs += 1
        }
    }
    return sum / (pairs * variance)
}
