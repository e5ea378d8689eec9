import Learn
import Render

/// What the filters of one convolution answer to, one a row: the kernel, the map of the image that is followed, and the
/// patches of the test images to which the filter answers most.
struct PatchesFigure: FigureContent {
    let network: Network
    let layer: PlacedLayer

    var id: String { "patches-\(network.name)-\(layer.name)" }

    /// How many filters have a row.
    private static let mostFilters = 32
    /// From one filter's row to the next, and where there are many.
    private static let rowPitch = 42.0
    private static let narrowPitch = 30.0
    /// How many places a filter has on a phone, where its map is left out.
    private static let mostNarrow = 5
    private static let manyFilters = 16
    /// How many planes of a kernel can be made out in a tile.
    private static let mostPlanes = 36

    private var filters: Range<Int> { 0..<min(layer.output[2], PatchesFigure.mostFilters) }
    private var rowPitch: Double {
        filters.count > PatchesFigure.manyFilters ? PatchesFigure.narrowPitch : PatchesFigure.rowPitch
    }

    func title(_ input: FigureInput, _ words: Words) throws -> String { try words("patches.title", values(words)) }

    func caption(_ input: FigureInput, _ words: Words) throws -> String {
        var sentences = [try words("patches.caption", values(words))]
        if showsKernels || followed(input) != nil { sentences.append(try words("patches.caption.scales")) }
        if layer.input[2] > 1, showsKernels { sentences.append(try words("patches.caption.planes")) }
        sentences.append(try words("patches.caption.values"))
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
        return try words("patches.alt", values)
    }

    private func values(_ words: Words) throws -> [String: String] {
        [
            "network": try words.phrase(for: network), "layer": layer.name,
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

    private var showsKernels: Bool { layer.input[2] <= PatchesFigure.mostPlanes }

    func body(_ input: FigureInput, _ words: Words, _ theme: Theme, _ format: Format) throws -> Column {
        let (kernels, maps) = (kernels(input, theme), format == .narrow ? nil : maps(input, theme))
        let count = format == .narrow ? PatchesFigure.mostNarrow : StrongestPatches.count
        let parts = [
            kernels == nil ? nil : "patches.column.kernel", maps == nil ? nil : "patches.column.map",
            "patches.column.answers", "patches.column.values",
        ]
        let names = try parts.compactMap { try $0.map { try words($0) } }
        let head = TextBlock(
            try words("patches.columns", ["columns": names.joined(separator: words("patches.columns.separator"))]),
            .note)
        return Column([head, try rows(kernels, maps, count, input, words, theme)])
    }

    /// The filters' rows: grids side by side, one a kind of tile.
    private func rows(
        _ kernels: [Tile]?, _ maps: [Tile]?, _ count: Int, _ input: FigureInput, _ words: Words, _ theme: Theme
    ) throws -> TightRow {
        let patches = patches(input)
        let seen = filters.map { filter -> [Tile?] in
            let tiles: [Tile?] = patches.answers(of: filter).prefix(count).map { tile($0, input, theme) }
            return tiles + [Tile?](repeating: nil, count: count - tiles.count)
        }
        let columns: [[[Tile?]]] = [kernels, maps].compactMap { tiles in tiles.map { all in filters.map { [all[$0]] } }
        }
        let ranges = try filters.map { filter -> String in
            let values = patches.answers(of: filter).prefix(count).map(\.value)
            guard let highest = values.first, let lowest = values.last else { return "" }
            return try words(
                "patches.range",
                [
                    "highest": words(.decimal(Double(highest), places: 1)),
                    "lowest": words(.decimal(Double(lowest), places: 1)),
                ])
        }
        let grids = (columns + [seen]).enumerated().map { place, rows in
            TileGrid(rows: rows).with {
                $0.gap = Theme.denseTileGap
                $0.rowPitch = rowPitch
                $0.isCentred = false
                if place == 0 { $0.rowLabels = filters.map { "\($0 + 1)" } }
                if place == columns.count { $0.endLabels = ranges }
            }
        }
        return TightRow(spacing: Theme.looseTileGap, grids)
    }

    /// Each filter's kernel, if its planes can be made out.
    private func kernels(_ input: FigureInput, _ theme: Theme) -> [Tile]? {
        guard showsKernels, let kernel = input.run(of: network).weight("\(layer.name).kernel") else { return nil }
        return (0..<layer.output[2]).map { kernel.filterTile($0, theme) }
    }

    /// The layer's output for the image that is followed, `[height, width, filters]`.
    private func followed(_ input: FigureInput) -> Tensor? {
        input.run(of: network).chosenSample?.outputs.first { $0.name == layer.name }?.tensor
    }

    /// Each filter's map of the image that is followed, on a scale of its own.
    private func maps(_ input: FigureInput, _ theme: Theme) -> [Tile]? {
        guard let map = followed(input) else { return nil }
        let isSigned = network.output(of: layer) == .signed
        return (0..<layer.output[2]).map { channel in
            var tile = map.ownScaleTile(channel, colors: isSigned ? theme.signed : theme.tone, isSigned: isSigned)
            tile.frame = theme.grid
            return tile
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
        let (patches, labels) = (patches(input), input.dataset.test.labels)
        let rows = (0..<patches.filters).flatMap { filter in
            patches.answers(of: filter).enumerated().map { rank, place in
                [
                    "\(filter + 1)", "\(rank + 1)", "\(place.image + 1)", "\(labels[place.image])", "\(place.row + 1)",
                    "\(place.column + 1)", "\(place.value)",
                ]
            }
        }
        return DataTable(
            header: [
                "filter_from_1", "rank", "test_image_from_1", "class", "row_from_1", "column_from_1", "output",
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
