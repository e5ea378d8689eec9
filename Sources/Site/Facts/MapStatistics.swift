import Learn

/// Measures of one layer's feature maps over the test images that the article shows.
struct MapStatistics: Equatable {
    let channels: Int
    /// Channels that are zero everywhere for every shown image.
    let dead: Int
    /// Share of activations that are exactly zero.
    let zeroShare: Double
    let largest: Float

    /// - Precondition: every sample has an output of that name, `[height, width, channels]`.
    init(_ samples: [SampleActivations], layer: String) {
        let maps = samples.flatMap { $0.outputs.filter { $0.name == layer }.map(\.tensor) }
        channels = maps.first?.shape.last ?? 0
        var alive = [Bool](repeating: false, count: channels)
        var zeros = 0
        var count = 0
        var largest: Float = 0
        for map in maps {
            for (index, value) in map.values.enumerated() {
                if value == 0 { zeros += 1 } else { alive[index % channels] = true }
                largest = max(largest, value)
            }
            count += map.values.count
        }
        dead = alive.count { !$0 }
        zeroShare = count == 0 ? 0 : Double(zeros) / Double(count)
        self.largest = largest
    }
}

/// How much a layer's maps repeat each other.
struct MapRedundancy: Equatable {
    /// Mean absolute correlation between two maps of the same image.
    let mean: Double
    /// Pairs of channels whose maps correlate by more than ``likeness`` on average over the images.
    let alikePairs: Int

    /// From this correlation on, two maps show much the same.
    static let likeness = 0.7

    init(_ samples: [SampleActivations], layer: String) {
        let outputs = samples.flatMap { $0.outputs.filter { $0.name == layer }.map(\.tensor) }
        let channels = outputs.first?.shape.last ?? 0
        var correlations: [Double] = []
        for first in 0..<channels {
            for second in first + 1..<max(channels, first + 1) {
                let sum = outputs.map { correlation($0.channel(first), $0.channel(second)) }.reduce(0, +)
                correlations.append(sum / Double(outputs.count))
            }
        }
        mean = correlations.map(abs).reduce(0, +) / Double(max(1, correlations.count))
        alikePairs = correlations.count { $0 > MapRedundancy.likeness }
    }
}

extension Tensor {
    /// One channel of a tensor whose last dimension is the channels.
    func channel(_ index: Int) -> [Double] {
        stride(from: index, to: values.count, by: shape[shape.count - 1]).map { Double(values[$0]) }
    }
}
