import Learn
import Render

/// What the first pooling of a network does to one map of the image that is followed: the map before and after, and the
/// numbers of a few windows about its largest value.
struct PoolingFigure: FigureContent {
    let network: Network
    /// The layer whose maps are pooled.
    let source: PlacedLayer
    let pooling: PlacedLayer
    /// Edge of a window, in cells.
    let window: Int

    var id: String { "pooling-\(network.name)" }

    /// Cells along an edge of the place that is looked at, before pooling, at most.
    private static let mostCells = 8

    /// Nil for a network without a pooling of square windows side by side that follows maps.
    init?(network: Network) {
        let layers = network.mapLayers
        for (source, pooling) in zip(layers, layers.dropFirst()) where pooling.input == source.output {
            guard let window = pooling.layer.squareWindow, window <= PoolingFigure.mostCells else { continue }
            (self.network, self.source, self.pooling, self.window) = (network, source, pooling, window)
            return
        }
        return nil
    }

    func title(_ input: FigureInput, _ words: Words) throws -> String {
        try words("pooling.title", values(input, words))
    }

    func caption(_ input: FigureInput, _ words: Words) throws -> String {
        try words("pooling.caption", values(input, words))
    }

    func altText(_ input: FigureInput, _ words: Words) throws -> String {
        try words("pooling.alt", values(input, words))
    }

    private func values(_ input: FigureInput, _ words: Words) throws -> [String: String] {
        let place = place(input)
        return try [
            "network": words.phrase(for: network), "source": source.name, "pooling": pooling.name,
            "kind": words.description(of: pooling.layer), "before": words(.shape(Array(source.output.prefix(2)))),
            "after": words(.shape(Array(pooling.output.prefix(2)))), "map": words.count((place?.channel ?? 0) + 1),
            "largest": words.reading(place?.largest ?? 0), "result": words.reading(place?.result ?? 0),
        ]
    }

    /// The largest value before pooling, and its window.
    private struct Place {
        let channel: Int
        let largest: Float
        /// Of the window, and of the first of the windows that are looked at.
        let row, column, top, left: Int
        /// What pooling makes of the window.
        let result: Float
        /// How many windows are looked at, down and across.
        let rows, columns: Int
    }

    private func place(_ input: FigureInput) -> Place? {
        guard let sample = input.run(of: network).chosenSample else { return nil }
        let (before, after) = (sample.output(of: source.name), sample.output(of: pooling.name))
        let channels = before.shape[2]
        // Where windows end before the map does, what is left over is not pooled.
        let (high, wide) = (after.shape[0], after.shape[1])
        let pooled = before.values.indices.filter {
            let cell = $0 / channels
            return cell / before.shape[1] < high * window && cell % before.shape[1] < wide * window
        }
        guard let best = pooled.max(by: { before.values[$0] < before.values[$1] }) else { return nil }
        let (cell, channel) = (best / channels, best % channels)
        let (row, column) = (cell / before.shape[1] / window, cell % before.shape[1] / window)
        let count = max(PoolingFigure.mostCells / window, 1)
        func start(_ window: Int, of all: Int) -> Int { max(min(window - count / 2, all - count), 0) }
        return Place(
            channel: channel, largest: before.values[best], row: row, column: column, top: start(row, of: high),
            left: start(column, of: wide), result: after.values[(row * wide + column) * channels + channel],
            rows: min(count, high), columns: min(count, wide))
    }

    func body(_ input: FigureInput, _ words: Words, _ theme: Theme, _ format: Format) throws -> Column {
        guard let place = place(input), let sample = input.run(of: network).chosenSample else { return Column([]) }
        let before = part(sample, source, place, step: window)
        let after = part(sample, pooling, place, step: 1)
        func map(_ layer: PlacedLayer, _ step: Int) -> MarkedMap {
            let plates = MapPlates(sample, layer, of: network)
            let marked = CellRange(
                rows: place.top * step..<(place.top + place.rows) * step,
                columns: place.left * step..<(place.left + place.columns) * step)
            return MarkedMap(tile: plates.tile(place.channel, theme), marked: marked)
        }
        func head(_ layer: PlacedLayer) throws -> TextBlock {
            TextBlock("\(layer.name)  \(try words(.shape(Array(layer.output.prefix(2)))))", .heading)
        }
        let parts = [(source, window, before), (pooling, 1, after)]
        if format == .narrow {
            return Column(
                try parts.map { layer, step, cells in
                    Column(
                        spacing: Theme.tightSpacing, [try head(layer), Row([(0.32, map(layer, step)), (0.68, cells)])])
                })
        }
        return Column([
            Row(
                spacing: 2 * Theme.spacing,
                try parts.map { layer, step, cells in
                    let map = Row([(0.5, map(layer, step)), (0.5, Empty())])
                    return (1, Column([try head(layer), map, cells]))
                })
        ])
    }

    /// The windows that are looked at, in one of both layers.
    ///
    /// - Parameter step: cells along an edge of a window.
    private func part(_ sample: SampleActivations, _ layer: PlacedLayer, _ place: Place, step: Int) -> NumberedCells {
        let map = sample.output(of: layer.name)
        let rows = (place.top * step..<(place.top + place.rows) * step).map { row in
            (place.left * step..<(place.left + place.columns) * step).map { column in
                map.values[(row * map.shape[1] + column) * map.shape[2] + place.channel]
            }
        }
        return NumberedCells(
            values: rows, reach: place.largest, isSigned: network.output(of: layer) == .signed, block: step,
            marked: (row: place.row - place.top, column: place.column - place.left))
    }

    /// All values of the map before pooling and after it.
    func table(_ input: FigureInput) -> DataTable? {
        guard let place = place(input), let sample = input.run(of: network).chosenSample else { return nil }
        let rows = [source, pooling].flatMap { layer -> [[String]] in
            let map = sample.output(of: layer.name)
            return (0..<map.shape[0] * map.shape[1]).map { cell in
                [
                    layer.name, "\(place.channel + 1)", "\(cell / map.shape[1] + 1)", "\(cell % map.shape[1] + 1)",
                    "\(map.values[cell * map.shape[2] + place.channel])",
                ]
            }
        }
        return DataTable(header: ["layer", "map_from_1", "row_from_1", "column_from_1", "value"], rows: rows)
    }
}

extension Layer {
    /// Edge of the windows of a pooling whose windows are squares side by side.
    fileprivate var squareWindow: Int? {
        switch self {
        case .maxPooling(let window, let stride), .averagePooling(let window, let stride):
            window == stride && window.height == window.width ? window.height : nil
        default: nil
        }
    }
}
