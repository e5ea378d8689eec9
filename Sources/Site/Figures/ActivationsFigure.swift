import Learn
import Render

/// How many of each layer's outputs are zero, and how the others are distributed.
struct ActivationsFigure: FigureContent {
    let network: Network

    var id: String { "activations-\(network.name)" }

    private func spread(_ input: FigureInput) -> OutputSpread {
        input.measured(network).spread(input.run(of: network))
    }

    func title(_ input: FigureInput, _ words: Words) throws -> String {
        try words("activations.title", ["network": words.phrase(for: network)])
    }

    func caption(_ input: FigureInput, _ words: Words) throws -> String {
        var sentences = [
            try words(
                "activations.caption",
                [
                    "network": words.phrase(for: network), "images": words(input.facts.quantity(.data, "shown").bare),
                ])
        ]
        if case .convolution(_, _, _, _, .relu) = network.architecture.layers.first {
            sentences.append(try words("activations.caption.blank"))
        }
        sentences.append(
            try words(
                isSigned ? "activations.caption.signed" : "activations.caption.drawn",
                ["share": words.percentage(1 - OutputSpread.drawnShare, places: 0)]))
        return words.paragraph(sentences)
    }

    /// Whether a layer but the last leaves values below zero.
    private var isSigned: Bool {
        network.architecture.observed.dropLast().contains { network.output(of: $0) == .signed }
    }

    func altText(_ input: FigureInput, _ words: Words) throws -> String {
        let layers = input.measured(network).maps.layers
        func fact(_ layer: String, _ name: String) throws -> String {
            try words(input.facts.quantity(.layer(layer, of: network.name), name))
        }
        let shares = try layers.map { layer in
            try words("activations.layer", ["layer": layer.name, "zeros": fact(layer.name, "zeroShare")])
        }
        let alt = try words(
            "activations.alt", ["network": words.phrase(for: network), "shares": words.list(shares)])
        let dead = try layers.filter { $0.statistics.dead > 0 }.map { layer in
            try words(
                "activations.deadLayer",
                [
                    "layer": layer.name, "dead": fact(layer.name, "dead"), "units": fact(layer.name, "channels"),
                ])
        }
        return try words.paragraph(
            alt, dead.isEmpty ? words("activations.alive") : words("activations.dead", ["layers": words.list(dead)]))
    }

    func body(_ input: FigureInput, _ words: Words, _ theme: Theme, _ format: Format) throws -> Column {
        let (range, layers) = (spread(input).range, spread(input).layers)
        let color = theme.look(of: network, among: input.runs).color
        let bars = try layers.enumerated().map { index, layer in
            Bars.Bar(
                category: index, value: layer.statistics.zeroShare, color: color,
                label: try words(input.facts.quantity(.layer(layer.name, of: network.name), "zeroShare")))
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
        let ridges = layers.enumerated().map { index, layer in
            Ridges.Ridge(category: index, histogram: layer.histogram, color: color)
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

    func table(_ input: FigureInput) -> DataTable? {
        let rows = spread(input).layers.map { layer in
            let statistics = layer.statistics
            return [layer.name, "\(statistics.channels)", "\(statistics.dead)", "\(statistics.zeroShare)"]
                + layer.quantiles.map { "\($0)" } + ["\(statistics.largest)"]
        }
        return DataTable(
            header: [
                "layer", "channels", "dead_channels", "share_of_zeros", "positive_quantile_25", "positive_median",
                "positive_quantile_75", "positive_quantile_95", "largest",
            ], rows: rows)
    }
}
