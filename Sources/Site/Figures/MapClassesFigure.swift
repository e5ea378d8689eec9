import Learn
import Render

/// The feature maps of one layer for one image of each class, all on one scale.
struct MapClassesFigure: FigureContent {
    let network: Network
    let layer: PlacedLayer

    var id: String { "classes-\(network.name)-\(layer.name)" }
    var format: Format { maps.format }

    private var maps: LayerMaps { LayerMaps(network: network, layer: layer) }

    /// How many classes have a row, and how many channels a column.
    private static let mostClasses = 12
    private static let mostChannels = 32

    func title(_ input: FigureInput, _ words: Words) throws -> String {
        try words("map-classes.title", maps.names(words))
    }

    func caption(_ input: FigureInput, _ words: Words) throws -> String {
        var sentences = [try words("map-classes.caption", maps.names(words))]
        if maps.isSigned { sentences.append(try words("maps.caption.signed")) }
        let (all, shown) = (labels(input), shown(input))
        if shown.count < all.count {
            sentences.append(
                try words(
                    "classes.spread", ["classes": words.count(all.count), "shown": words.count(shown.count)]))
        }
        if maps.channels > MapClassesFigure.mostChannels {
            sentences.append(
                try words(
                    "maps.someChannels",
                    ["channels": words.count(maps.channels), "shown": words.count(MapClassesFigure.mostChannels)]))
        }
        return words.paragraph(sentences)
    }

    func altText(_ input: FigureInput, _ words: Words) throws -> String {
        var values = try maps.names(words)
        values["names"] = try words.list(shown(input).map(words.className))
        values["range"] = try maps.range(input, words)
        return try words.paragraph(
            words("map-classes.alt", values), maps.deadSentence(input, words, "maps.alt"))
    }

    /// Classes of the shown images, and those that have a row.
    private func labels(_ input: FigureInput) -> [Int] { Set(input.run(of: network).samples.map(\.label)).sorted() }

    private func shown(_ input: FigureInput) -> [Int] {
        ClassRows.spread(labels(input), most: MapClassesFigure.mostClasses)
    }

    func body(_ input: FigureInput, _ words: Words, _ theme: Theme, _ format: Format) throws -> Column {
        let samples = input.run(of: network).samples
        let (scale, dead) = (scale(input), maps.dead(input))
        let colors = maps.isSigned ? theme.signed : theme.tone
        let range = min(scale.lowerBound, 0)...max(scale.upperBound, .leastNormalMagnitude)
        let rows = shown(input).compactMap { label in samples.first { $0.label == label } }.map { sample in
            let tiles = sample.output(of: layer.name).tiles(range: range, colors: colors)
            return tiles.prefix(MapClassesFigure.mostChannels).enumerated().map { channel, tile in
                var tile = dead.contains(channel) ? tile : tile.framed(theme.grid)
                tile.isCrossed = dead.contains(channel)
                return tile
            }
        }
        let grids = TileGrid.blocks(rows: rows, rowLabels: try shown(input).map(words.shortClassName), format)
        return Column(
            [try header(input, scale, colors, words, format)] + grids + (try maps.deadLegend(input, words, theme)))
    }

    /// From zero, or as far below as above it, where zero is in the middle of the colours.
    private func scale(_ input: FigureInput) -> ClosedRange<Float> {
        let statistics = maps.statistics(input)
        let reach = max(statistics.largest, -statistics.lowest)
        return maps.isSigned ? -reach...reach : 0...statistics.largest
    }

    private func header(
        _ input: FigureInput, _ scale: ClosedRange<Float>, _ colors: ColorMap, _ words: Words, _ format: Format
    ) throws -> any Component {
        let name = Column(
            spacing: 0,
            [
                TextBlock("\(layer.name)  \(try words(.shape(layer.output)))", .heading),
                TextBlock(try maps.range(input, words), .note),
            ])
        let bar = ColorBar(
            colors: colors, range: Double(scale.lowerBound)...Double(scale.upperBound),
            title: try maps.scaleTitle(words))
        return bar.beside(name, format)
    }

    func table(_ input: FigureInput) -> DataTable? { nil }
}
