import Learn
import Render

/// Images made for each output of one layer, the filters of a convolution or the classes, below them those for a network
/// with random weights.
struct WishedForFigure: FigureContent {
    let network: Network
    let layer: PlacedLayer

    var id: String { "wished-for-\(network.name)-\(layer.name)" }

    /// How many outputs are shown, and with how many filters a phone has room for large images.
    private var mostOutputs: Int { isOfClasses ? 20 : 32 }
    private static let fewFilters = 16

    /// How many outputs stand in a row.
    private func columns(_ format: Format) -> Int {
        guard format == .narrow else { return isOfClasses ? 5 : 8 }
        return isOfClasses ? 3 : layer.output[2] <= WishedForFigure.fewFilters ? 4 : 6
    }

    private var isOfClasses: Bool { layer == network.architecture.placed.last }

    private func outputs(_ input: FigureInput) -> [Int] {
        isOfClasses
            ? ClassRows.spread(Array(0..<input.dataset.classCount), most: mostOutputs)
            : Array(0..<min(layer.output[2], mostOutputs))
    }

    /// Of the trained network and of random weights.
    private func sets(_ input: FigureInput) -> [WishedImages] {
        let wished = input.measured(network).inspection.wished
        return [wished.trained.of(layer.name), wished.random.of(layer.name)]
    }

    private func key(_ name: String) -> String { isOfClasses ? "wished-for.\(name)" : "wished-for.filters.\(name)" }

    private func values(_ words: Words) throws -> [String: String] {
        [
            "network": try words.phrase(for: network), "layer": layer.name,
            "steps": try words.count(WishedImages.steps),
        ]
    }

    func title(_ input: FigureInput, _ words: Words) throws -> String { try words(key("title"), values(words)) }

    func caption(_ input: FigureInput, _ words: Words) throws -> String {
        let caption = try words(key("caption"), values(words))
        let (all, shown) = (sets(input)[0].values.values.count, outputs(input).count)
        guard shown < all else { return caption }
        let rest =
            isOfClasses
            ? try words("classes.spread", ["classes": words.count(all), "shown": words.count(shown)])
            : try words("patches.caption.some", ["filters": words.count(all), "shown": words.count(shown)])
        return words.paragraph(caption, rest)
    }

    func altText(_ input: FigureInput, _ words: Words) throws -> String {
        let (trained, random) = (sets(input)[0].values.values, sets(input)[1].values.values)
        func reached(_ value: Float?) throws -> String { try words(.decimal(Double(value ?? 0), places: 1)) }
        var values = try values(words)
        values["lowest"] = try reached(trained.min())
        values["highest"] = try reached(trained.max())
        values["lowestRandom"] = try reached(random.min())
        values["highestRandom"] = try reached(random.max())
        let alt = try words(key("alt"), values)
        let subject = FactSubject.layer(layer.name, of: network.name)
        guard let factor = input.facts[fact: "\(subject.prefix).wished.factor"]?.quantity else { return alt }
        return try words.paragraph(alt, words("wished-for.filters.factor", ["factor": words(factor)]))
    }

    func body(_ input: FigureInput, _ words: Words, _ theme: Theme, _ format: Format) throws -> Column {
        let sets = sets(input)
        let labels = try ["trained", "random"].map { try words("wished-for.\($0)") }
        let outputs = outputs(input)
        let columns = columns(format)
        let width = isOfClasses ? columns : TileGrid.blockWidth(of: outputs.count, most: columns)
        return Column(
            try stride(from: 0, to: outputs.count, by: width).map { start in
                let shown = outputs[start..<min(start + width, outputs.count)]
                let rows = try sets.map { set in
                    try shown.map { output -> Tile? in
                        set.tile(
                            output, theme, caption: try words(.decimal(Double(set.values.values[output]), places: 1)))
                    }
                }
                let names = try shown.map { isOfClasses ? try words.shortClassName($0) : "\($0 + 1)" }
                // A last row that is not full has no larger images.
                let free = [Tile?](repeating: nil, count: width - shown.count)
                return TileGrid(rows: rows.map { $0 + free }).with { grid in
                    grid.rowLabels = labels
                    grid.columnLabels = names
                    if !isOfClasses { grid.largestTile = Theme.historyTile }
                }
            })
    }

    func table(_ input: FigureInput) -> DataTable? {
        let sets = sets(input)
        return DataTable(
            header: isOfClasses
                ? ["class", "logit_reached", "logit_reached_at_random_weights"]
                : ["filter_from_1", "output_reached", "output_reached_at_random_weights"],
            rows: sets[0].values.values.indices.map { output in
                ["\(isOfClasses ? output : output + 1)"] + sets.map { "\($0.values.values[output])" }
            })
    }
}

extension [WishedImages] {
    /// - Precondition: the layer is one of the run's convolutions, or the last one.
    func of(_ layer: String) -> WishedImages {
        guard let wished = first(where: { $0.layer == layer }) else {
            preconditionFailure("an inspection has no images for \(layer)")
        }
        return wished
    }
}

extension WishedImages {
    /// One of the images as a tile.
    func tile(_ output: Int, _ theme: Theme, caption: String? = nil) -> Tile {
        let size = images.shape.dropFirst().reduce(1, *)
        let levels = images.values[output * size..<(output + 1) * size].map { UInt8(($0 * 255).rounded()) }
        return images.shape[3] == 3
            ? Tile(colors: levels, width: images.shape[2], caption: caption)
            : Tile(levels: levels, width: images.shape[2], colors: theme.tone, caption: caption)
    }
}
