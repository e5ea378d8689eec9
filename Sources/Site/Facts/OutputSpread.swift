import Learn
import Render

/// How the outputs of a network's layers are distributed over the shown images, zeros left out.
struct OutputSpread: Sendable {
    struct Layer: Sendable {
        let name: String
        let statistics: MapStatistics
        /// Of all values that are not zero, over the range of all layers.
        let histogram: Histogram
        /// Quantiles of the positive values: see ``OutputSpread/shares``.
        let quantiles: [Double]
    }

    /// What the range holds of the values; the few beyond would squeeze the rest.
    static let drawnShare = 0.99
    /// Below which share of the positive values each quantile lies.
    static let shares = [0.25, 0.5, 0.75, 0.95]

    let range: ClosedRange<Double>
    /// Each layer but the last, whose probabilities say nothing about activity.
    let layers: [Layer]

    init(_ samples: [SampleActivations], _ measures: MapMeasures) {
        let values = measures.layers.map { layer in
            samples.flatMap { $0.output(of: layer.name).values.filter { $0 != 0 } }
        }
        let positive = values.map { $0.filter { $0 > 0 } }
        let negative = values.map { $0.filter { $0 < 0 } }
        let upper = positive.map(OutputSpread.reach).max() ?? 1
        let lower = negative.map { OutputSpread.reach(of: $0.map(-)) }.max() ?? 0
        // Of layers that are all silent, there is nothing to take a scale from.
        let range = 0 - lower...(upper > 0 || lower > 0 ? max(upper, 1e-6) : 1)
        self.range = range
        layers = measures.layers.indices.map { place in
            let (name, statistics) = measures.layers[place]
            let fine = Histogram(
                of: positive[place], in: 0...Double(max(statistics.largest, .leastNormalMagnitude)), bins: 10_000)
            return Layer(
                name: name, statistics: statistics, histogram: Histogram(of: values[place], in: range, bins: 60),
                quantiles: OutputSpread.shares.map(fine.quantile))
        }
    }

    /// Below which the drawn share of positive values lies; next to zero without any.
    private static func reach(of values: [Float]) -> Double {
        let largest = values.max() ?? .leastNormalMagnitude
        return Histogram(of: values, in: 0...Double(max(largest, .leastNormalMagnitude)), bins: 1000)
            .quantile(drawnShare)
    }
}
