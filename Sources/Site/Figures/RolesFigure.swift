import Learn
import Render

/// How the maps of the first convolution's filters agree with plain patterns of the images: patterns by filters.
struct RolesFigure: FigureContent {
    let network: Network
    let layer: PlacedLayer

    var id: String { "roles-\(network.name)" }

    /// Filters whose cells have room for a number.
    private static let mostNumbers = 12
    /// Filters whose cells have room for a dot.
    private static let mostDots = 32
    /// Filters that can be numbered along the axis.
    private static let mostLabels = 12

    private func roles(_ input: FigureInput) -> LayerRoles? {
        input.measured(network).roles.first { $0.layer == layer.name }
    }

    private func values(_ input: FigureInput, _ words: Words) throws -> [String: String] {
        func fact(_ name: String) throws -> String {
            try words(input.facts.quantity(.layer(layer.name, of: network.name), "roles.\(name)"))
        }
        return try [
            "network": words.phrase(for: network), "layer": layer.name, "edges": fact("edges"),
            "stripes": fact("stripes"), "brightness": fact("brightness"), "outlines": fact("outlines"),
            "none": fact("none"), "filters": words.count(layer.output[2]),
            "images": words(input.facts.quantity(.rules, "roleImages")),
            "patterns": words.count(PlainPattern.allCases.count),
            "threshold": words(input.facts.quantity(.maps, "role")),
            "margin": words(input.facts.quantity(.maps, "roleMargin")),
        ]
    }

    func title(_ input: FigureInput, _ words: Words) throws -> String {
        try words("roles.title", values(input, words))
    }

    func caption(_ input: FigureInput, _ words: Words) throws -> String {
        try words("roles.caption", values(input, words))
    }

    func altText(_ input: FigureInput, _ words: Words) throws -> String {
        try words("roles.alt", values(input, words))
    }

    func body(_ input: FigureInput, _ words: Words, _ theme: Theme, _ format: Format) throws -> Column {
        guard let roles = roles(input) else { return Column([Empty()]) }
        let count = roles.roles.count
        let (isNumbered, hasDots) = (count <= RolesFigure.mostNumbers, count <= RolesFigure.mostDots)
        var cells: [Cells.Cell] = []
        for (filter, (correlations, role)) in zip(roles.correlations, roles.roles).enumerated() {
            for (place, (pattern, value)) in zip(PlainPattern.allCases, correlations).enumerated() {
                let isRole = role.kind != nil && role.pattern == pattern
                let text = isNumbered ? words.digits(value * 100, places: 0) : hasDots ? "•" : ""
                cells.append(
                    .init(
                        row: place, column: filter, color: theme.signed((value + 1) / 2), text: isRole ? text : "",
                        isStrong: isRole))
            }
        }
        let step = (count + RolesFigure.mostLabels - 1) / RolesFigure.mostLabels
        let plot = Plot(
            x: .band(roles.roles.indices.map { String($0 + 1) }, try words("roles.filter"), padding: 0.04)
                .with { $0.labelStep = step },
            y: .band(try PlainPattern.allCases.map { try words("pattern.\($0.rawValue)") }, padding: 0.04),
            height: Theme.barRow * Double(PlainPattern.allCases.count), marks: [Cells(cells)])
        let bar = ColorBar(colors: theme.signed, range: -1...1, title: try words("roles.scale"))
        return Column([plot, Row([(0.45, Empty()), (0.55, bar)])])
    }

    /// Of all layers with maps.
    func table(_ input: FigureInput) -> DataTable? {
        DataTable(
            header: ["layer", "filter_from_1", "role"] + PlainPattern.allCases.map(\.rawValue),
            rows: input.measured(network).roles.flatMap { layer in
                zip(layer.correlations, layer.roles).enumerated().map { filter, measured in
                    let (correlations, role) = measured
                    return [layer.layer, "\(filter + 1)", role.kind?.rawValue ?? ""] + correlations.map { "\($0)" }
                }
            })
    }
}
