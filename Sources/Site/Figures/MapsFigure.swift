import Learn
import Render

/// The feature maps that one layer makes of the image that is followed, each on a scale of its own, and of the image on
/// which the networks differ most.
struct MapsFigure: FigureContent {
    let network: Network
    let layer: PlacedLayer

    var id: String { "maps-\(network.name)-\(layer.name)" }
    var format: Format { maps.format }

    private var maps: LayerMaps { LayerMaps(network: network, layer: layer) }

    /// How many channels are shown; with how many there is room for a second image, and for the maps' largest values.
    private static let mostChannels = 128
    private static let mostForTwo = 16
    private static let mostWithValues = 32

    func title(_ input: FigureInput, _ words: Words) throws -> String { try words("maps.title", maps.names(words)) }

    func caption(_ input: FigureInput, _ words: Words) throws -> String {
        let hasTwo = samples(input).count > 1
        var values = try maps.names(words)
        values["second"] = try input.nameOfDisputed(words)
        var sentences = [try words(hasTwo ? "maps.caption.two" : "maps.caption", values)]
        sentences.append(try words(maps.isSigned ? "maps.caption.signed" : "maps.caption.tone"))
        if maps.channels > MapsFigure.mostChannels {
            sentences.append(
                try words(
                    "maps.someChannels",
                    ["channels": words.count(maps.channels), "shown": words.count(MapsFigure.mostChannels)]))
        }
        if !maps.dead(input).isEmpty { sentences.append(try maps.deadSentence(input, words, "maps.caption")) }
        return words.paragraph(sentences)
    }

    func altText(_ input: FigureInput, _ words: Words) throws -> String {
        let subject = FactSubject.layer(layer.name, of: network.name)
        func fact(_ name: String) throws -> String { try words(input.facts.quantity(subject, name)) }
        var values = try maps.names(words)
        values["lowest"] = try fact("lowest")
        values["largest"] = try fact("largest")
        values["zeros"] = try fact("zeroShare")
        values["negative"] = try fact("negativeShare")
        values["images"] = try words(input.facts.quantity(.data, "shown").bare)
        var sentences = [
            try words(maps.isSigned ? "maps.alt.signed" : "maps.alt", values),
            try maps.deadSentence(input, words, "maps.alt"),
        ]
        if try maps.roles(input, words) != nil {
            sentences.append(try words("maps.alt.roles", ["roles": fact("roles.named")]))
        }
        return words.paragraph(sentences)
    }

    private func samples(_ input: FigureInput) -> [SampleActivations] {
        let all = input.followedSamples(of: network)
        return Array(all.prefix(maps.channels <= MapsFigure.mostForTwo ? 2 : 1))
    }

    func body(_ input: FigureInput, _ words: Words, _ theme: Theme, _ format: Format) throws -> Column {
        let head = Column(
            spacing: 0,
            [
                TextBlock("\(layer.name)  \(try words(.shape(layer.output)))", .heading),
                TextBlock(try words(maps.isSigned ? "maps.bars.signed" : "maps.bars"), .note),
            ])
        let grids = try samples(input).enumerated().map { place, sample in
            grid(try plates(sample, input, words, theme), isFirst: place == 0, format)
        }
        return Column([head] + grids + (try maps.deadLegend(input, words, theme)))
    }

    /// The image, then its maps.
    private func plates(
        _ sample: SampleActivations, _ input: FigureInput, _ words: Words, _ theme: Theme
    ) throws -> [Plate] {
        let image = Plate(
            input.dataset.test.tile(sample.index, theme), label: try words.shortClassName(sample.label))
        let plates = try MapPlates(sample, layer, of: network, dead: maps.dead(input)).plates(
            MapsFigure.mostChannels, hasValues: maps.channels <= MapsFigure.mostWithValues, words, theme)
        let roles = try maps.roles(input, words)
        return [image]
            + plates.enumerated().map { channel, plate in
                var plate = plate
                plate.note = roles?[channel] ?? ""
                return plate
            }
    }

    /// The image at the head of the first row; on a phone, in a row of its own, the first image and its maps larger.
    private func grid(_ plates: [Plate], isFirst: Bool, _ format: Format) -> PlateGrid {
        let count = plates.count - 1
        let gap = count > MapsFigure.mostWithValues ? Theme.tileGap : Theme.spacing
        guard format != .narrow else {
            let columns = count <= 6 && isFirst ? 2 : count <= MapsFigure.mostWithValues ? 4 : 8
            var grid = PlateGrid(Array(plates.dropFirst()), columns: columns)
            grid.rows.insert([plates[0]] + [Plate?](repeating: nil, count: columns - 1), at: 0)
            return grid.with {
                $0.gap = gap
                $0.largest = format.width
            }
        }
        let columns = min(count, TileGrid.mosaicWidth(of: count))
        let rows = stride(from: 0, to: count, by: columns).map { start -> [Plate?] in
            let image: Plate? = start == 0 ? plates[0] : nil
            let shown: [Plate?] = plates[(start + 1)..<(min(start + columns, count) + 1)].map { $0 }
            return [image] + shown
        }
        return PlateGrid(rows: rows).with { $0.gap = gap }
    }

    func table(_ input: FigureInput) -> DataTable? {
        let run = input.run(of: network)
        guard let sample = run.chosenSample else { return nil }
        let map = sample.output(of: layer.name)
        let channels = layer.output[2]
        let rows = map.values.indices.map { index in
            let place = index / channels
            return [
                "\(index % channels + 1)", "\(place / layer.output[1] + 1)", "\(place % layer.output[1] + 1)",
                "\(map.values[index])",
            ]
        }
        return DataTable(header: ["map_from_1", "row_from_1", "column_from_1", "value"], rows: rows)
    }
}
