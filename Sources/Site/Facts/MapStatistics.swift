import Learn

/// Measures of one layer's feature maps over some of the test images that the article shows.
struct MapStatistics: Equatable {
    let channels: Int
    /// Channels, from 0 and in order, that are zero everywhere for every one of the images.
    let deadChannels: [Int]
    /// Share of activations that are exactly zero.
    let zeroShare: Double
    let largest: Float
    /// Below zero only where no ReLU follows; never above.
    let lowest: Float
    /// Share of outputs that are below zero.
    let negativeShare: Double

    var dead: Int { deadChannels.count }

    /// - Precondition: every sample has an output of that name, `[height, width, channels]`.
    init(_ samples: [SampleActivations], layer: String) {
        let maps = samples.flatMap { $0.outputs.filter { $0.name == layer }.map(\.tensor) }
        channels = maps.first?.shape.last ?? 0
        var alive = [Bool](repeating: false, count: channels)
        var zeros = 0
        var count = 0
        var (lowest, largest): (Float, Float) = (0, 0)
        var negatives = 0
        for map in maps {
            for (index, value) in map.values.enumerated() {
                if value == 0 { zeros += 1 } else { alive[index % channels] = true }
                if value < 0 { negatives += 1 }
                (lowest, largest) = (min(lowest, value), max(largest, value))
            }
            count += map.values.count
        }
        deadChannels = alive.indices.filter { !alive[$0] }
        zeroShare = count == 0 ? 0 : Double(zeros) / Double(count)
        negativeShare = count == 0 ? 0 : Double(negatives) / Double(count)
        (self.lowest, self.largest) = (lowest, largest)
    }
}

/// How much a layer's maps repeat each other.
struct MapRedundancy: Equatable {
    /// Correlation of the maps of each two channels, averaged over the images.
    let correlations: [Double]

    /// From this correlation on, two maps show much the same.
    static let likeness = 0.7

    /// - Parameter correlations: of each two channels, image by image; see ``correlations(_:layer:)``.
    init(_ correlations: [[Double]]) { self.correlations = means(correlations) }

    /// Mean correlation of two channels, signs aside: that of each two without its sign.
    var mean: Double { meanSize(correlations) }

    /// Pairs of channels whose maps correlate by more than a threshold.
    func alikePairs(above threshold: Double = MapRedundancy.likeness) -> Int { correlations.count { $0 > threshold } }

    /// How the maps of each two channels correlate, image by image; 0 where one of them is constant.
    static func correlations(_ samples: [SampleActivations], layer: String) -> [[Double]] {
        samples.flatMap { $0.outputs.filter { $0.name == layer }.map(\.tensor) }.map { output in
            let maps = (0..<(output.shape.last ?? 0)).map(output.channel)
            return maps.indices.flatMap { first in
                maps.indices.dropFirst(first + 1).map { correlation(maps[first], maps[$0]) }
            }
        }
    }
}

extension Tensor {
    /// One channel of a tensor whose last dimension is the channels.
    func channel(_ index: Int) -> [Double] {
        stride(from: index, to: values.count, by: shape[shape.count - 1]).map { Double(values[$0]) }
    }
}

/// The mean of each column; empty without rows.
func means(_ rows: [[Double]]) -> [Double] {
    guard let columns = rows.first?.indices else { return [] }
    return columns.map { column in mean(rows.map { $0[column] }) }
}

/// Mean of the numbers without their signs; 0 of none.
func meanSize(_ numbers: [Double]) -> Double { mean(numbers.map(abs)) }

/// The numbers' mean; 0 of none.
func mean(_ numbers: [Double]) -> Double { numbers.reduce(0, +) / Double(max(1, numbers.count)) }
