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
