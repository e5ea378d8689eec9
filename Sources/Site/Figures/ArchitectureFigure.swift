import Learn
import Render

/// The layers of one network as blocks, with shapes, parameters and share of the arithmetic.
struct ArchitectureFigure: FigureContent {
    let network: Network

    var id: String { "architecture-\(network.name)" }

    func title(_ input: FigureInput, _ words: Words) throws -> String {
        try words("architecture.title", ["network": words.phrase(for: network)])
    }

    func caption(_ input: FigureInput, _ words: Words) throws -> String {
        try words("architecture.caption", ["network": words.phrase(for: network)])
    }

    func altText(_ input: FigureInput, _ words: Words) throws -> String {
        func fact(_ name: String) throws -> String { try words(input.facts.quantity(.network(network.name), name)) }
        return try words(
            "architecture.alt",
            [
                "network": words.phrase(for: network), "layers": words.list(network.architecture.placed.map(\.name)),
                "parameters": fact("parameters"), "heaviest": fact("heaviest"),
                "heaviestShare": fact("heaviestShare"), "multiplyAdds": fact("multiplyAdds"),
                "busiest": fact("busiest"), "busiestShare": fact("busiestShare"),
            ])
    }

    func body(_ input: FigureInput, _ words: Words, _ theme: Theme) throws -> Column {
        let shape = network.architecture.input
        let image = BlockDiagram.Stage(
            form: .planes(count: shape.channels, edge: shape.height), color: theme.mutedInk,
            name: try words("architecture.input"),
            detail: try words.kind(of: shape), cells: [try words(.shape(shape.extents)), ""])
        let stages = try network.architecture.placed.map { layer in
            let costs = layer.parameters > 0
            let subject = FactSubject.layer(layer.name, of: network.name)
            return BlockDiagram.Stage(
                form: form(of: layer), color: color(of: layer, theme), name: isMinor(layer) ? "" : layer.name,
                detail: try words.description(of: layer.layer),
                cells: [
                    layer.layer.isDropout ? "" : try words(input.facts.quantity(subject, "output")),
                    costs ? try words(input.facts.quantity(subject, "parameters")) : "",
                ],
                share: costs ? try input.facts.value(subject, "workShare") : nil,
                shareLabel: costs ? try words(input.facts.quantity(subject, "workShare")) : "")
        }
        let total = BlockDiagram.Stage(
            form: .none, color: theme.ink, name: "", detail: try words("architecture.total"),
            cells: ["", try words(input.facts.quantity(.network(network.name), "parameters"))])
        return Column([
            BlockDiagram(
                header: [try words("architecture.output"), try words("architecture.parameters")],
                shareTitle: try words("architecture.work"), stages: [image] + stages + [total])
        ])
    }

    private func isMinor(_ layer: PlacedLayer) -> Bool { layer.layer.isDropout || layer.layer == .flatten }

    private func form(of layer: PlacedLayer) -> BlockDiagram.Stage.Form {
        if isMinor(layer) { return .none }
        return layer.output.count == 3
            ? .planes(count: layer.output[2], edge: layer.output[0]) : .units(layer.output[0])
    }

    private func color(of layer: PlacedLayer, _ theme: Theme) -> Color {
        switch layer.layer {
        case .convolution: theme.series[0]
        case .averagePooling, .maxPooling, .globalAveragePooling: theme.series[1]
        case .batchNormalization, .activation, .dropout, .flatten: theme.mutedInk
        case .dense: theme.series[2]
        }
    }

    func table(_ input: FigureInput) -> DataTable? {
        DataTable(
            header: ["layer", "output", "parameters", "multiply_adds"],
            rows: network.architecture.placed.map { layer in
                [
                    layer.name, layer.output.map(String.init).joined(separator: "x"), "\(layer.parameters)",
                    "\(layer.multiplyAdds)",
                ]
            })
    }
}

extension Layer {
    fileprivate var isDropout: Bool {
        if case .dropout = self { true } else { false }
    }
}
