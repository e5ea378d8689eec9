import Learn
import Render

/// The last maps that a network makes of the image that is followed, beside those of the network that it comes after.
struct PooledFigure: FigureContent {
    let network: Network
    let other: Network

    var id: String { "pooled-\(network.name)" }
    let format = Format.wide

    /// How many maps are shown, and with how many there is room for their largest values.
    private static let mostMaps = 32
    private static let mostWithValues = 16

    func title(_ input: FigureInput, _ words: Words) throws -> String { try words("pooled.title", names(words)) }

    func caption(_ input: FigureInput, _ words: Words) throws -> String {
        let caption = try words("pooled.caption", names(words))
        let most = both.compactMap { $0.mapLayers.last?.output[2] }.max() ?? 0
        guard most > PooledFigure.mostMaps else { return caption }
        return try words.paragraph(
            caption,
            words(
                "maps.someChannels", ["channels": words.count(most), "shown": words.count(PooledFigure.mostMaps)]))
    }

    func altText(_ input: FigureInput, _ words: Words) throws -> String {
        let parts = try both.compactMap { network -> String? in
            guard let layer = network.mapLayers.last, let maps = maps(of: network, input) else { return nil }
            return try words(
                "pooled.alt.network",
                [
                    "network": words.phrase(for: network), "layer": layer.name, "shape": words(.shape(layer.output)),
                    "largest": words.reading(maps.largest.max() ?? 0),
                    "silent": words.count(maps.largest.count { $0 == 0 }),
                ])
        }
        return try words.paragraph([words("pooled.alt", names(words))] + parts)
    }

    private var both: [Network] { [other, network] }

    private func names(_ words: Words) throws -> [String: String] {
        ["network": try words.phrase(for: network), "other": try words.phrase(for: other)]
    }

    private func maps(of network: Network, _ input: FigureInput) -> MapPlates? {
        guard let layer = network.mapLayers.last, let sample = input.run(of: network).chosenSample else { return nil }
        return MapPlates(sample, layer, of: network)
    }

    func body(_ input: FigureInput, _ words: Words, _ theme: Theme, _ format: Format) throws -> Column {
        let parts = try both.compactMap { network -> Column? in
            guard let layer = network.mapLayers.last, let maps = maps(of: network, input) else { return nil }
            let hasValues = maps.channels <= PooledFigure.mostWithValues
            let plates = try maps.plates(PooledFigure.mostMaps, hasValues: hasValues, words, theme)
            let grid = PlateGrid(plates, columns: hasValues ? min(4, plates.count) : 8).with {
                $0.isCentred = false
                if !hasValues { $0.gap = Theme.looseTileGap }
            }
            let heading = "\(try words.name(of: network))  \(layer.name)  \(try words(.shape(layer.output)))"
            return Column(spacing: Theme.looseTileGap, [TextBlock(heading, .heading), grid])
        }
        guard format != .narrow else { return Column(parts) }
        return Column([Row(spacing: 2 * Theme.spacing, parts.map { (1, $0) })])
    }

    func table(_ input: FigureInput) -> DataTable? { nil }
}
