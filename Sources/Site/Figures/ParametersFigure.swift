import Learn
import Render

/// In which layers the parameters of each network sit, all networks on one scale.
struct ParametersFigure: FigureContent {
    let networks: [Network]
    /// The last network and the one with which its comparisons begin; nil where none is compared.
    let pair: Relations.Pair?
    let id = "parameters"

    /// The layer that gains most from the one of the pair to the other, with its share of what all gain.
    private struct Growth {
        let network, other: Network
        let layer, share: String
    }

    private func growth(_ input: FigureInput, _ words: Words) throws -> Growth? {
        guard let pair, let network = networks.first(where: { $0.name == pair.network }),
            let other = networks.first(where: { $0.name == pair.other }),
            let layer = try input.facts.known(.pair(pair), "grown")
        else { return nil }
        return Growth(
            network: network, other: other, layer: try words(layer),
            share: try words(input.facts.quantity(.pair(pair), "grownShare")))
    }

    private func values(_ growth: Growth, _ words: Words) throws -> [String: String] {
        [
            "network": try words.phrase(for: growth.network), "other": try words.phrase(for: growth.other),
            "layer": growth.layer, "share": growth.share,
        ]
    }

    func title(_ input: FigureInput, _ words: Words) throws -> String { try words("parameters.title") }

    func caption(_ input: FigureInput, _ words: Words) throws -> String {
        let growth = try growth(input, words).map { try words("parameters.caption.grown", values($0, words)) }
        return try input.caption(
            words.paragraph([words("parameters.caption")] + (growth.map { [$0] } ?? [])), ofSome: networks, words)
    }

    func altText(_ input: FigureInput, _ words: Words) throws -> String {
        let counts = try input.shown(networks).map { network in
            try words(
                "parameters.network",
                [
                    "network": words.phrase(for: network),
                    "parameters": words(input.facts.quantity(.network(network.name), "parameters")),
                    "layer": words(input.facts.quantity(.network(network.name), "heaviest")),
                    "share": words(input.facts.quantity(.network(network.name), "heaviestShare")),
                ])
        }
        let all = try words("parameters.alt", ["networks": counts.joined(separator: words("list.pause"))])
        guard let growth = try growth(input, words) else { return all }
        return try words.paragraph(all, words("parameters.alt.grown", values(growth, words)))
    }

    func body(_ input: FigureInput, _ words: Words, _ theme: Theme, _ format: Format) throws -> Column {
        let growth = try growth(input, words)
        let bars = try input.shown(networks).map { network in
            let parts = try network.architecture.placed.filter { $0.parameters > 0 }.map { layer in
                let grown = growth.flatMap { $0.network.name == network.name && $0.layer == layer.name ? $0 : nil }
                return StackedBars.Part(
                    Double(layer.parameters), color: grown == nil ? theme.shade(of: layer.layer) : theme.alert,
                    label: try grown.map { try words("parameters.grown", ["layer": $0.layer, "share": $0.share]) }
                        ?? layer.name, isStrong: grown != nil)
            }
            return StackedBars.Bar(
                name: try words.name(of: network), nameColor: theme.look(of: network, among: input.runs).color,
                total: try words(input.facts.quantity(.network(network.name), "parameters")), parts: parts)
        }
        return Column([StackedBars(bars)])
    }

    func table(_ input: FigureInput) -> DataTable? {
        DataTable(
            header: ["network", "layer", "parameters"],
            rows: networks.flatMap { network in
                network.architecture.placed.map { [network.name, $0.name, "\($0.parameters)"] }
            })
    }
}
