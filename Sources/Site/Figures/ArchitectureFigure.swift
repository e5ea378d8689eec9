import Learn
import Render

/// The layers of one network along the way of an image, with shapes, parameters and arithmetic.
struct ArchitectureFigure: FigureContent {
    let network: Network

    var id: String { "architecture-\(network.name)" }
    var format: Format { .wide }

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

    func body(_ input: FigureInput, _ words: Words, _ theme: Theme, _ format: Format) throws -> Column {
        Column([format == .narrow ? try list(input, words, theme) : try flow(input, words, theme)])
    }

    /// From left to right, the image that is followed at the start.
    private func flow(_ input: FigureInput, _ words: Words, _ theme: Theme) throws -> FlowDiagram {
        let shape = network.architecture.input
        let image = input.run(of: network).chosenSample.map { input.dataset.test.tile($0.index, theme) }
        var stages = [
            FlowDiagram.Stage(
                form: image.map { .image($0) }
                    ?? .planes(count: shape.channels, height: shape.height, width: shape.width),
                color: theme.shades[2], name: try words("architecture.input"),
                notes: [try words(.shape(shape.extents))], costs: [nil, nil])
        ]
        for layer in network.architecture.placed {
            let description = try words.description(of: layer.layer)
            if isMinor(layer) {
                stages[stages.count - 1].notes.append("→ \(description)")
                continue
            }
            let subject = FactSubject.layer(layer.name, of: network.name)
            stages.append(
                FlowDiagram.Stage(
                    form: layer.output.count == 3
                        ? .planes(count: layer.output[2], height: layer.output[0], width: layer.output[1])
                        : .units(layer.output[0]),
                    color: theme.shade(of: layer.layer), name: layer.name,
                    // Units are told by the description already.
                    notes: [description]
                        + (layer.output.count == 3 ? [try words(input.facts.quantity(subject, "output"))] : []),
                    costs: [
                        try cost(layer, "parameters", most: "heaviest", input.facts, words),
                        try cost(layer, "multiplyAdds", most: "busiest", input.facts, words),
                    ]))
        }
        let titles = try ["parameters", "multiplyAdds"].map { name in
            try words(
                "architecture.all.\(name)", ["n": words(input.facts.quantity(.network(network.name), name))])
        }
        return FlowDiagram(costTitles: titles, stages: stages)
    }

    /// What a layer has or takes of something; nil for nothing.
    ///
    /// - Parameter most: the fact that names the layer with the most of it.
    private func cost(
        _ layer: PlacedLayer, _ name: String, most: String, _ facts: Facts, _ words: Words
    ) throws -> FlowDiagram.Cost? {
        let subject = FactSubject.layer(layer.name, of: network.name)
        let value = try facts.value(subject, name)
        guard value > 0 else { return nil }
        let isMost = try facts.quantity(.network(network.name), most) == .name(layer.name)
        return FlowDiagram.Cost(
            value, label: try words(facts.quantity(subject, name)),
            emphasis: isMost ? try words(facts.quantity(.network(network.name), "\(most)Share")) : nil)
    }

    /// From top to bottom.
    private func list(_ input: FigureInput, _ words: Words, _ theme: Theme) throws -> BlockDiagram {
        let shape = network.architecture.input
        let image = BlockDiagram.Stage(
            form: .planes(count: shape.channels, edge: shape.height), color: theme.shades[2],
            name: try words("architecture.input"), output: try words(.shape(shape.extents)),
            detail: try words.kind(of: shape), cells: [""])
        let stages = try network.architecture.placed.map { layer in
            let costs = layer.parameters > 0
            let subject = FactSubject.layer(layer.name, of: network.name)
            return BlockDiagram.Stage(
                form: form(of: layer), color: theme.shade(of: layer.layer), name: isMinor(layer) ? "" : layer.name,
                output: keepsShape(layer) ? "" : try words(input.facts.quantity(subject, "output")),
                detail: try words.description(of: layer.layer),
                cells: [costs ? try words(input.facts.quantity(subject, "parameters")) : ""],
                share: costs ? try input.facts.value(subject, "workShare") : nil,
                shareLabel: costs ? try words(input.facts.quantity(subject, "workShare")) : "")
        }
        let total = BlockDiagram.Stage(
            form: .none, color: theme.ink, name: "", detail: try words("architecture.total"),
            cells: [try words(input.facts.quantity(.network(network.name), "parameters"))])
        return BlockDiagram(
            header: [try words("architecture.parameters")], shareTitle: try words("architecture.work"),
            stages: [image] + stages + [total])
    }

    /// Whether the layer has nothing of its own that could be drawn.
    private func isMinor(_ layer: PlacedLayer) -> Bool { keepsShape(layer) || layer.layer == .flatten }

    private func keepsShape(_ layer: PlacedLayer) -> Bool {
        switch layer.layer {
        case .dropout, .activation: true
        default: false
        }
    }

    private func form(of layer: PlacedLayer) -> BlockDiagram.Stage.Form {
        if isMinor(layer) { return .none }
        return layer.output.count == 3
            ? .planes(count: layer.output[2], edge: layer.output[0]) : .units(layer.output[0])
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
