import Learn
import Render

/// How well a linear rule tells the classes by what each layer makes of the images, network beside network.
struct ProbesFigure: FigureContent {
    let networks: [Network]
    let id = "probes"

    func title(_ input: FigureInput, _ words: Words) throws -> String { try words("probes.title") }

    func caption(_ input: FigureInput, _ words: Words) throws -> String {
        try input.caption(
            words("probes.caption", ["images": words.count(Probes.mostImages)]), ofSome: networks, words)
    }

    func altText(_ input: FigureInput, _ words: Words) throws -> String {
        let findings = try input.shown(networks).map { network in
            let layers = network.architecture.observed
            let best = layers.indices.max {
                (accuracies(input, network)[$0 + 1], $1) < (accuracies(input, network)[$1 + 1], $0)
            }
            let subject = FactSubject.layer(layers[best ?? 0].name, of: network.name)
            return try words(
                "probes.finding",
                [
                    "network": words.phrase(for: network),
                    "pixels": words(input.facts.quantity(.network(network.name), "probe.pixels")),
                    "layer": layers[best ?? 0].name, "accuracy": words(input.facts.quantity(subject, "probe")),
                ])
        }
        return try words("probes.alt", ["findings": findings.joined(separator: words("list.pause"))])
    }

    private func accuracies(_ input: FigureInput, _ network: Network) -> [Double] {
        input.measured(network).inspection.probes.accuracy.values.map(Double.init)
    }

    /// Names of layers, each once, as far from the image as in the network where it comes latest.
    private func layers(_ networks: [Network]) -> [String] {
        var names: [String] = []
        for network in networks {
            var place = 0
            for layer in network.architecture.observed.map(\.name) {
                if let known = names.firstIndex(of: layer) {
                    place = max(place, known + 1)
                } else {
                    names.insert(layer, at: place)
                    place += 1
                }
            }
        }
        return names
    }

    func body(_ input: FigureInput, _ words: Words, _ theme: Theme, _ format: Format) throws -> Column {
        let networks = input.shown(networks)
        let layers = layers(networks)
        let row = max(Theme.barRow, Double(networks.count + 2) * Theme.dotShift)
        let marks = networks.map { network in
            let names = network.architecture.observed.map(\.name)
            let points = zip([0] + names.map { (layers.firstIndex(of: $0) ?? 0) + 1 }, accuracies(input, network))
                .map { Point($1, Double($0)) }
            return input.dots(points, of: network, among: networks, theme)
        }
        let plot = Plot(
            x: .linear(try words("probes.accuracy"), ticks: 6).with { $0.notation = .percent },
            y: .band([try words("probes.pixels")] + layers).with { $0.hasGrid = true },
            height: row * Double(layers.count + 1), marks: marks)
        return Column([try input.legend(networks, words, theme), plot])
    }

    func table(_ input: FigureInput) -> DataTable? {
        DataTable(
            header: ["network", "layer", "probe_accuracy"],
            rows: networks.flatMap { network in
                zip(["pixels"] + network.architecture.observed.map(\.name), accuracies(input, network))
                    .map { [network.name, $0, "\($1)"] }
            })
    }
}
