import Learn
import Render

/// The kernels of one convolution: each over the map that it makes if there is one input channel, else as a matrix of
/// input channel x filter.
struct KernelsFigure: FigureContent {
    let network: Network
    let layer: PlacedLayer

    var id: String { "kernels-\(network.name)-\(layer.name)" }
    var format: Format { form == .row && layer.output[2] >= 6 ? .wide : .column }

    func title(_ input: FigureInput, _ words: Words) throws -> String {
        try words("kernels.title", values(input, words))
    }

    func caption(_ input: FigureInput, _ words: Words) throws -> String {
        let form =
            switch form {
            case .row: hasMaps ? "row.maps" : "row"
            case .matrix: "matrix"
            case .overview: isPointwise ? "weights" : "norms"
            }
        return try words("kernels.caption.\(form)", values(input, words))
    }

    func altText(_ input: FigureInput, _ words: Words) throws -> String {
        try words(form == .row ? "kernels.alt.row" : "kernels.alt.matrix", values(input, words))
    }

    private enum Form {
        /// One kernel a filter.
        case row
        /// Input channels by filters, each kernel as a tile.
        case matrix
        /// The same as an image of one pixel a kernel, and the strongest kernels as tiles.
        case overview
    }

    /// How many kernels can be looked at one by one, and how many rows of them.
    private static let mostTiles = 512
    private static let mostRows = 32
    /// How many of more than that are.
    private static let strongest = 32
    /// How many filters have room for their maps, too.
    private static let mostWithMaps = 32

    private var form: Form {
        let (inputs, filters) = (layer.input[2], layer.output[2])
        let isMany = inputs * filters > KernelsFigure.mostTiles || inputs > KernelsFigure.mostRows
        return isMany ? .overview : inputs == 1 ? .row : .matrix
    }

    /// Whether a kernel is a single weight.
    private var isPointwise: Bool {
        if case .convolution(_, let kernel, _, _, _) = layer.layer { kernel == 1 } else { false }
    }

    private func values(_ input: FigureInput, _ words: Words) throws -> [String: String] {
        let kernel = kernel(input)
        let subject = FactSubject.layer(layer.name, of: network.name)
        func fact(_ name: String) throws -> String { try words(input.facts.quantity(subject, name)) }
        return [
            "network": try words.phrase(for: network), "layer": layer.name,
            "size": try fact("kernel"),
            "shown": try words.count(KernelsFigure.strongest),
            "inputs": try words.count(kernel.shape[2]), "filters": try fact("filters"),
            "lowest": try fact("lowestWeight"), "highest": try fact("highestWeight"),
            "positive": try fact("positiveShare"),
        ]
    }

    /// `[height, width, in, out]`.
    private func kernel(_ input: FigureInput) -> Tensor {
        guard let kernel = input.run(of: network).weight("\(layer.name).kernel") else {
            preconditionFailure("a run keeps no kernel of \(layer.name)")
        }
        return kernel
    }

    func body(_ input: FigureInput, _ words: Words, _ theme: Theme, _ format: Format) throws -> Column {
        let kernel = kernel(input)
        if form == .row { return try rows(kernel, input, words, theme, format) }
        let reach = max(kernel.values.lazy.map(abs).max() ?? 0, .leastNormalMagnitude)
        let planes = kernel.kernelTiles(range: -reach...reach, colors: theme.signed)
        let shape = try words(.shape([kernel.shape[0], kernel.shape[1], kernel.shape[2], kernel.shape[3]]))
        let name = Column(
            spacing: 0,
            [TextBlock("\(layer.name)  \(shape)", .heading), TextBlock(try words("kernels.matrix"), .note)])
        let bar = ColorBar(
            colors: theme.signed, range: -Double(reach)...Double(reach), title: try words("kernels.scale"))
        let header = bar.beside(name, format)
        let numbers = planes.indices.map { String($0 + 1) }
        return form == .matrix
            ? Column([header] + TileGrid.blocks(rows: planes, rowLabels: numbers, format))
            : Column([header] + (try overview(kernel, planes, reach, words, theme)))
    }

    /// All kernels as an image, by norm or, where each is a single weight, by that; then the strongest as tiles.
    private func overview(
        _ kernel: Tensor, _ planes: [[Tile]], _ reach: Float, _ words: Words, _ theme: Theme
    ) throws -> [any Component] {
        let (inputs, filters) = (planes.count, planes[0].count)
        let norms = kernel.planeNorms
        let largest = max(norms.max() ?? 0, .leastNormalMagnitude)
        let whole =
            isPointwise
            ? image(kernel.values, inputs, filters, -reach...reach, theme.signed)
            : image(norms, inputs, filters, 0...largest, theme.tone)
        if isPointwise { return [whole] }
        let bar = ColorBar(
            colors: theme.tone, range: 0...Double(largest), title: try words("kernels.norm"))
        let strongest = norms.indices.sorted { (norms[$1], $0) < (norms[$0], $1) }.prefix(KernelsFigure.strongest)
        let tiles = strongest.map { place in
            var tile = planes[place / filters][place % filters]
            tile.caption = "\(place / filters + 1)→\(place % filters + 1)"
            return tile
        }
        return [
            Row([(0.5, Empty()), (0.5, bar)]), whole, TextBlock(try words("kernels.strongest"), .note),
            TileGrid(tiles, columns: 8).with { $0.gap = Theme.looseTileGap },
        ]
    }

    /// A value for each kernel, `[in, out]`, as a pixel; many filters of few channels in strips, for a single one would
    /// be too flat to be seen.
    private func image(
        _ values: [Float], _ inputs: Int, _ filters: Int, _ range: ClosedRange<Float>, _ colors: ColorMap
    ) -> TileGrid {
        let width = filters > 16 * inputs ? TileGrid.blockWidth(of: filters, most: 64) : filters
        let starts = Array(stride(from: 0, to: filters, by: width))
        let strips = starts.map { start in
            // Where the strips are not all full, the last one ends with zeros.
            let strip = (0..<inputs).flatMap { input in
                (start..<start + width).map { $0 < filters ? values[input * filters + $0] : 0 }
            }
            return [Optional(Tile(values: strip, width: width, height: inputs, range: range, colors: colors))]
        }
        return TileGrid(rows: strips).with {
            $0.largestTile = min(Theme.matrixHeight, Theme.matrixHeight * Double(width) / Double(inputs))
            if starts.count > 1 { $0.rowLabels = starts.map { "\($0 + 1)–\(min($0 + width, filters))" } }
        }
    }

    private var hasMaps: Bool { layer.output[2] <= KernelsFigure.mostWithMaps }

    /// Kernels side by side, each on a scale of its own over its norm, and below it the map that it makes of the image
    /// that is followed.
    private func rows(
        _ kernel: Tensor, _ input: FigureInput, _ words: Words, _ theme: Theme, _ format: Format
    ) throws -> Column {
        let norms = kernel.planeNorms
        let largest = max(norms.max() ?? 0, .leastNormalMagnitude)
        let kernels = norms.enumerated().map { filter, norm in
            var plate = Plate(kernel.filterTile(filter, theme), label: "\(filter + 1)")
            plate.share = Double(norm) / Double(largest)
            if hasMaps { plate.value = words.reading(norm) }
            return plate
        }
        let sample = hasMaps ? input.run(of: network).chosenSample : nil
        let answer = sample.map { MapPlates($0, layer, of: network) }
        let maps = answer.map { answer in kernels.indices.map { Plate(answer.tile($0, theme)) } }
        let columns = columns(format)
        let rows = stride(from: 0, to: kernels.count, by: columns).flatMap { start -> [[Plate?]] in
            let shown = start..<min(start + columns, kernels.count)
            return [Array(kernels[shown])] + (maps.map { [Array($0[shown])] } ?? [])
        }
        let shape = try words(.shape(kernel.shape))
        let note = try words(hasMaps ? "kernels.row.maps" : "kernels.row")
        let head = Column(spacing: 0, [TextBlock("\(layer.name)  \(shape)", .heading), TextBlock(note, .note)])
        return Column([head, PlateGrid(rows: rows).with { if !hasMaps { $0.gap = Theme.looseTileGap } }])
    }

    /// Filters side by side.
    private func columns(_ format: Format) -> Int {
        let filters = layer.output[2]
        guard format == .narrow else { return min(filters, TileGrid.mosaicWidth(of: filters)) }
        return min(filters, filters <= 12 ? 3 : hasMaps ? 4 : 8)
    }

    func table(_ input: FigureInput) -> DataTable? {
        let kernel = kernel(input)
        let (width, inputs, filters) = (kernel.shape[1], kernel.shape[2], kernel.shape[3])
        let rows = kernel.values.indices.map { index in
            let place = index / filters / inputs
            return [
                "\(index % filters + 1)", "\(index / filters % inputs + 1)", "\(place / width + 1)",
                "\(place % width + 1)",
                "\(kernel.values[index])",
            ]
        }
        return DataTable(
            header: ["filter_from_1", "input_channel_from_1", "row_from_1", "column_from_1", "weight"], rows: rows)
    }
}

extension Tensor {
    /// The Euclidean norm of each plane of a kernel, `[in, out]`.
    ///
    /// - Precondition: the shape is `[height, width, in, out]`.
    fileprivate var planeNorms: [Float] {
        let planes = shape[2] * shape[3]
        var squares = [Double](repeating: 0, count: planes)
        for (index, value) in values.enumerated() { squares[index % planes] += Double(value) * Double(value) }
        return squares.map { Float($0.squareRoot()) }
    }

    /// The planes of a kernel as tiles, `[in][out]`.
    ///
    /// - Precondition: the shape is `[height, width, in, out]`.
    func kernelTiles(range: ClosedRange<Float>, colors: ColorMap) -> [[Tile]] {
        (0..<shape[2]).map { input in
            (0..<shape[3]).map { kernelTile(input, $0, range: range, colors: colors) }
        }
    }

    /// One filter's planes beside each other, on a scale of its own with zero in the middle.
    ///
    /// - Precondition: the shape is `[height, width, in, out]`.
    func filterTile(_ filter: Int, _ theme: Theme) -> Tile {
        let (inputs, filters) = (shape[2], shape[3])
        let reach = stride(from: filter, to: values.count, by: filters).reduce(Float.leastNormalMagnitude) {
            max($0, abs(values[$1]))
        }
        let planes = (0..<inputs).map { kernelTile($0, filter, range: -reach...reach, colors: theme.signed) }
        return .mosaic(planes, columns: Tensor.mosaicColumns(of: inputs), between: theme.background)
    }

    /// In how many columns so many planes stand: about as wide as high, rather wider.
    static func mosaicColumns(of planes: Int) -> Int {
        planes <= 2 ? 1 : Int(Double(planes).squareRoot().rounded(.up))
    }

    private func kernelTile(_ input: Int, _ filter: Int, range: ClosedRange<Float>, colors: ColorMap) -> Tile {
        let (inputs, filters) = (shape[2], shape[3])
        return Tile(
            values: values, offset: input * filters + filter, stride: inputs * filters, width: shape[1],
            height: shape[0], range: range, colors: colors)
    }
}
