import Learn
import Render

/// What the filters of one convolution look for: an image made for each, the patches of the test images to which it
/// answers most, and what the same filter of a network with random weights would have wished for.
struct PatchesFigure: FigureContent {
    let network: Network
    let layer: PlacedLayer

    var id: String { "patches-\(network.name)-\(layer.name)" }

    /// How many filters have a row; of more than fit one below the other, each half of them has its own column, with
    /// fewer patches.
    private static let mostFilters = 32
    private static let mostRows = 16
    private static let fewPatches = 4

    private var filters: Range<Int> { 0..<min(layer.output[2], PatchesFigure.mostFilters) }
    private var isInColumns: Bool { filters.count > PatchesFigure.mostRows }
    private var patchCount: Int { isInColumns ? PatchesFigure.fewPatches : StrongestPatches.count }

    func title(_ input: FigureInput, _ words: Words) throws -> String { try words("patches.title", values(words)) }

    func caption(_ input: FigureInput, _ words: Words) throws -> String {
        var sentences = [try words("patches.caption", values(words))]
        if seesPart(input) { sentences.append(try words("patches.caption.padding")) }
        let silent = patches(input).silent
        if !silent.isEmpty {
            sentences.append(try words("patches.caption.silent", ["silent": words.count(silent.count)]))
        }
        if layer.output[2] > filters.count {
            sentences.append(
                try words(
                    "patches.caption.some",
                    ["filters": words.count(layer.output[2]), "shown": words.count(filters.count)]))
        }
        return words.paragraph(sentences)
    }

    func altText(_ input: FigureInput, _ words: Words) throws -> String {
        let subject = FactSubject.layer(layer.name, of: network.name)
        func fact(_ name: String) throws -> String { try words(input.facts.quantity(subject, name)) }
        var values = try values(words)
        values["filters"] = try fact("filters")
        values["pure"] = try fact("patches.pure")
        values["silent"] = try fact("patches.silent")
        var sentences = [try words("patches.alt", values)]
        if input.facts[fact: "\(subject.prefix).wished.factor"]?.quantity != nil {
            values["factor"] = try fact("wished.factor")
            sentences.append(try words("patches.alt.wished", values))
        }
        return words.paragraph(sentences)
    }

    private func values(_ words: Words) throws -> [String: String] {
        [
            "network": try words.phrase(for: network), "layer": layer.name, "count": try words.count(patchCount),
            "steps": try words.count(WishedImages.steps),
        ]
    }

    private func patches(_ input: FigureInput) -> StrongestPatches {
        input.measured(network).inspection.patches.of(layer.name)
    }

    /// Whether a filter sees a part of the image, and not all of it and more.
    private func seesPart(_ input: FigureInput) -> Bool {
        layer.receptiveField?.extent == size(input).extent
    }

    private func size(_ input: FigureInput) -> ImageShape { layer.wishedShape(input.dataset.shape) }

    func body(_ input: FigureInput, _ words: Words, _ theme: Theme) throws -> Column {
        let columns = try ["wished", "answers", "random"].map { try words("patches.column.\($0)") }
        let head = TextBlock(
            try words("patches.columns", ["wished": columns[0], "answers": columns[1], "random": columns[2]]), .note)
        guard isInColumns else { return Column([head, grid(filters, input, theme)]) }
        let half = (filters.count + 1) / 2
        return Column([
            head, Row([(0.5, grid(0..<half, input, theme)), (0.5, grid(half..<filters.count, input, theme))]),
        ])
    }

    private func grid(_ filters: Range<Int>, _ input: FigureInput, _ theme: Theme) -> TileGrid {
        let (inspection, patches) = (input.measured(network).inspection, patches(input))
        let (trained, random) = (inspection.wished.trained.of(layer.name), inspection.wished.random.of(layer.name))
        let rows = filters.map { filter -> [Tile?] in
            let seen: [Tile?] = patches.answers(of: filter).prefix(patchCount).map { tile($0, input, theme) }
            let free = [Tile?](repeating: nil, count: patchCount - seen.count)
            return [trained.tile(filter, theme), nil] + seen + free + [nil, random.tile(filter, theme)]
        }
        return TileGrid(rows: rows).with {
            $0.rowLabels = filters.map { "\($0 + 1)" }
            $0.gap = Theme.denseTileGap
            $0.largestTile = Theme.smallHistoryTile
        }
    }

    /// What a filter sees of an image where it answers, framed, since the ground of images is that of the page; all of
    /// the image if it sees more. The zeros around an image have a colour of their own.
    private func tile(_ place: StrongestPatches.Place, _ input: FigureInput, _ theme: Theme) -> Tile {
        let image = input.dataset.test.tile(place.image, theme)
        guard seesPart(input), let field = layer.receptiveField else { return image }
        let seen = field.seen(row: place.row, column: place.column)
        var tile = image.window(rows: seen.rows, columns: seen.columns, outside: theme.grid)
        tile.frame = theme.grid
        return tile
    }

    func table(_ input: FigureInput) -> DataTable? {
        let inspection = input.measured(network).inspection
        let (patches, labels) = (patches(input), input.dataset.test.labels)
        let wished = [inspection.wished.trained, inspection.wished.random].map { $0.of(layer.name).values.values }
        let rows = (0..<patches.filters).flatMap { filter in
            patches.answers(of: filter).enumerated().map { rank, place in
                [
                    "\(filter + 1)", "\(rank + 1)", "\(place.image + 1)", "\(labels[place.image])", "\(place.row + 1)",
                    "\(place.column + 1)", "\(place.value)", "\(wished[0][filter])", "\(wished[1][filter])",
                ]
            }
        }
        return DataTable(
            header: [
                "filter_from_1", "rank", "test_image_from_1", "class", "row_from_1", "column_from_1", "output",
                "output_wished", "output_wished_of_random_weights",
            ], rows: rows)
    }
}

extension ImageShape {
    fileprivate var extent: Extent { Extent(height, width) }
}

extension [StrongestPatches] {
    /// - Precondition: the layer is one of the run's convolutions.
    fileprivate func of(_ layer: String) -> StrongestPatches {
        guard let patches = first(where: { $0.layer == layer }) else {
            preconditionFailure("an inspection has no patches of \(layer)")
        }
        return patches
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
            : Tile(levels: levels, width: images.shape[2], colors: theme.gray, caption: caption)
    }
}
