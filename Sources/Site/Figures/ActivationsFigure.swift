import Learn
import Render

/// How many of each layer's outputs are zero, and how the others are distributed.
struct ActivationsFigure: FigureContent {
    let network: Network

    var id: String { "activations-\(network.name)" }

    /// Share of the positive values that is drawn; the few above would squeeze the rest.
    private static let drawnShare = 0.99

    private struct Layer {
        let name: String
        let zeroShare: Double
        /// Channels or units that are zero for every shown image.
        let dead: Int
        let units: Int
        let positive: [Float]
        /// Magnitudes of the values below zero, of a layer without ReLU.
        let negative: [Float]
        let largest: Float
    }

    private func layers(_ input: FigureInput) -> [Layer] {
        let samples = input.run(of: network).samples
        // The last one's probabilities say nothing about activity.
        return input.measured(network).maps.layers.map { name, statistics in
            let values = samples.flatMap { $0.output(of: name).values }
            return Layer(
                name: name, zeroShare: statistics.zeroShare, dead: statistics.dead, units: statistics.channels,
                positive: values.filter { $0 > 0 }, negative: values.filter { $0 < 0 }.map { -$0 },
                largest: statistics.largest)
        }
    }

    func title(_ input: FigureInput, _ words: Words) throws -> String {
        try words("activations.title", ["network": words.phrase(for: network)])
    }

    func caption(_ input: FigureInput, _ words: Words) throws -> String {
        var sentences = [
            try words(
                "activations.caption",
                [
                    "network": words.phrase(for: network), "images": words.count(input.run(of: network).samples.count),
                ])
        ]
        if case .convolution(_, _, _, _, .relu) = network.architecture.layers.first {
            sentences.append(try words("activations.caption.blank"))
        }
        sentences.append(
            try words(
                isSigned ? "activations.caption.signed" : "activations.caption.drawn",
                ["share": words.percentage(1 - ActivationsFigure.drawnShare, places: 0)]))
        return words.paragraph(sentences)
    }

    /// Whether a layer but the last leaves values below zero.
    private var isSigned: Bool {
        network.architecture.observed.dropLast().contains { network.output(of: $0) == .signed }
    }

    func altText(_ input: FigureInput, _ words: Words) throws -> String {
        let layers = layers(input)
        let shares = try layers.map { layer in
            try words(
                "activations.layer", ["layer": layer.name, "zeros": words.percentage(layer.zeroShare, places: 0)])
        }
        let alt = try words(
            "activations.alt", ["network": words.phrase(for: network), "shares": words.list(shares)])
        let dead = try layers.filter { $0.dead > 0 }.map { layer in
            try words(
                "activations.deadLayer",
                ["layer": layer.name, "dead": words.count(layer.dead), "units": words.count(layer.units)])
        }
        return try words.paragraph(
            alt, dead.isEmpty ? words("activations.alive") : words("activations.dead", ["layers": words.list(dead)]))
    }

    func body(_ input: FigureInput, _ words: Words, _ theme: Theme) throws -> Column {
        let layers = layers(input)
        let color = theme.look(of: network, among: input.runs).color
        let bars = try layers.enumerated().map { index, layer in
            Bars.Bar(
                category: index, value: layer.zeroShare, color: color,
                label: try words.percentage(layer.zeroShare, places: 0))
        }
        let zeros = Plot(
            // Room for the labels at the bars' ends.
            x: .linear(domain: (0, 1.3)).with {
                $0.hasTickLabels = false
                $0.hasGrid = false
            },
            y: .band(layers.map(\.name), try words("activations.zeros"), padding: 0.35),
            height: Theme.hillRow * Double(layers.count),
            marks: [Bars(bars)])
        let upper = layers.map { reach(of: $0.positive) }.max() ?? 1
        let lower = layers.map { reach(of: $0.negative) }.max() ?? 0
        let range = 0 - lower...max(upper, 1e-6)
        let ridges = layers.enumerated().map { index, layer in
            Ridges.Ridge(
                category: index,
                histogram: Histogram(of: layer.negative.map(-) + layer.positive, in: range, bins: 60),
                color: color)
        }
        let values = Plot(
            x: .linear(domain: (range.lowerBound, range.upperBound), ticks: 4),
            y: .band(
                layers.map(\.name), try words(isSigned ? "activations.values.signed" : "activations.values"),
                padding: 0.15),
            height: Theme.hillRow * Double(layers.count),
            marks: [Ridges(ridges)] + (isSigned ? [Rule(x: 0, color: theme.ink)] : []))
        return Column([AlignedPlots(.sideways, [zeros, values])])
    }

    /// Below which the drawn share of the values lies; zero without any.
    private func reach(of values: [Float]) -> Double {
        let largest = values.max() ?? .leastNormalMagnitude
        return Histogram(of: values, in: 0...Double(max(largest, .leastNormalMagnitude)), bins: 1000)
            .quantile(ActivationsFigure.drawnShare)
    }

    func table(_ input: FigureInput) -> DataTable? {
        let rows = layers(input).map { layer in
            let histogram = Histogram(
                of: layer.positive, in: 0...Double(max(layer.largest, .leastNormalMagnitude)), bins: 10_000)
            return [layer.name, "\(layer.units)", "\(layer.dead)", "\(layer.zeroShare)"]
                + [0.25, 0.5, 0.75, 0.95].map { "\(histogram.quantile($0))" } + ["\(layer.largest)"]
        }
        return DataTable(
            header: [
                "layer", "channels", "dead_channels", "share_of_zeros", "positive_quantile_25", "positive_median",
                "positive_quantile_75", "positive_quantile_95", "largest",
            ], rows: rows)
    }
}
