import Foundation
import Learn

/// Measures of a convolution's kernels that tell structure from noise.
struct KernelStatistics: Equatable {
    /// Smallest and largest weight.
    let range: ClosedRange<Float>
    /// Share of weights that are above zero.
    let positiveShare: Double
    /// For each filter, the mean correlation between weights that touch in one of its kernels, from -1 to 1: near
    /// ``noise`` for noise, high for edges and blobs. Moran's I over the four neighbours.
    let smoothnesses: [Double]
    /// Mean of Moran's I where weights are drawn at random: by a hair below zero, for a weight that lies above the mean
    /// of them all leaves the others below it on average.
    let noise: Double
    /// Euclidean norm of each filter.
    let norms: [Double]
    /// Angle in degrees between each two filters' directions or, where that is less, to the opposite direction.
    let angles: [Double]

    /// Below this angle, two filters answer to nearly the same, or to the opposite.
    static let likeness = 25.0
    /// A filter is strong or weak beside the others if its norm is more than so many times their median, or less than
    /// that part of it.
    static let outlier = 2.0

    /// - Parameter kernel: `[height, width, in, out]`.
    init(_ kernel: Tensor) {
        let (height, width) = (kernel.shape[0], kernel.shape[1])
        let (inputs, filters) = (kernel.shape[2], kernel.shape[3])
        func plane(_ input: Int, _ filter: Int) -> [Double] {
            (0..<height * width).map { Double(kernel.values[($0 * inputs + input) * filters + filter]) }
        }
        let planes = (0..<filters).map { filter in (0..<inputs).map { plane($0, filter) } }
        let vectors = planes.map { Array($0.joined()) }
        let norms = vectors.map { dot($0, $0).squareRoot() }
        range = (kernel.values.min() ?? 0)...(kernel.values.max() ?? 0)
        positiveShare = Double(kernel.values.count { $0 > 0 }) / Double(max(1, kernel.values.count))
        smoothnesses = planes.map { slices in
            slices.map { moran($0, width: width) }.reduce(0, +) / Double(max(1, slices.count))
        }
        noise = -1 / Double(max(1, height * width - 1))
        self.norms = norms
        angles = vectors.indices.flatMap { first in
            vectors.indices.dropFirst(first + 1).map { second in
                let scale = norms[first] * norms[second]
                // A filter of nothing but zeros has no direction, and so none that is near another's.
                guard scale > 0 else { return 90 }
                return acos(min(1, abs(dot(vectors[first], vectors[second])) / scale)) * 180 / .pi
            }
        }
    }

    /// Largest magnitude of a weight.
    var reach: Double { Double(max(abs(range.lowerBound), abs(range.upperBound))) }

    var smoothness: Double { smoothnesses.reduce(0, +) / Double(max(1, smoothnesses.count)) }

    /// Pairs of filters that point in nearly the same or nearly the opposite direction.
    func alikePairs(below angle: Double = likeness) -> Int { angles.count { $0 < angle } }

    var medianNorm: Double {
        let sorted = norms.sorted()
        return sorted.isEmpty ? 0 : (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
    }

    /// Filters, by position, that are strong beside the others.
    func strong(_ factor: Double = outlier) -> [Int] { norms.indices.filter { norms[$0] > medianNorm * factor } }

    /// Filters, by position, that are weak beside the others.
    func weak(_ factor: Double = outlier) -> [Int] { norms.indices.filter { norms[$0] < medianNorm / factor } }
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
