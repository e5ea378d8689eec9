import Learn
import Render

/// The feature maps of one layer: for the chosen test image, and for one image of each class.
struct MapsFigure: FigureContent {
    let network: Network
    let layer: PlacedLayer

    var id: String { "maps-\(network.name)-\(layer.name)" }

    func title(_ input: FigureInput, _ words: Words) throws -> String { try words("maps.title", names(words)) }

    func caption(_ input: FigureInput, _ words: Words) throws -> String {
        var values = try names(words)
        values["shape"] = try words(.shape(layer.output))
        var sentences = [try words(ownScale(input) == nil ? "maps.caption" : "maps.caption.apart", values)]
        if isSigned { sentences.append(try words("maps.caption.signed")) }
        sentences.append(try deadSentence(input, words, "maps.caption"))
        if isNamed {
            let roles = try input.facts.quantity(.layer(layer.name, of: network.name), "roles.named")
            sentences.append(try words("maps.caption.roles", ["roles": words(roles)]))
        }
        let (all, shown) = (labels(input), ClassRows.spread(labels(input), most: MapsFigure.mostClasses))
        if shown.count < all.count {
            sentences.append(
                try words(
                    "classes.spread", ["classes": words.count(all.count), "shown": words.count(shown.count)]))
        }
        if layer.output[2] > MapsFigure.mostChannels {
            sentences.append(
                try words(
                    "maps.someChannels",
                    [
                        "channels": words.count(layer.output[2]), "shown": words.count(MapsFigure.mostChannels),
                        "followed": words.count(min(layer.output[2], MapsFigure.mostFollowed)),
                    ]))
        }
        return words.paragraph(sentences)
    }

    func altText(_ input: FigureInput, _ words: Words) throws -> String {
        let subject = FactSubject.layer(layer.name, of: network.name)
        func fact(_ name: String) throws -> String { try words(input.facts.quantity(subject, name)) }
        var values = try names(words)
        values["shape"] = try words(.shape(layer.output))
        values["lowest"] = try fact("lowest")
        values["largest"] = try fact("largest")
        values["zeros"] = try fact("zeroShare")
        values["negative"] = try fact("negativeShare")
        values["images"] = try words(input.facts.quantity(.data, "shown").bare)
        return try words.paragraph(
            words(isSigned ? "maps.alt.signed" : "maps.alt", values), deadSentence(input, words, "maps.alt"))
    }

    private var output: LayerOutput { network.output(of: layer) }
    private var isSigned: Bool { output == .signed }

    /// How many classes have a row of maps, and how many channels a column there.
    private static let mostClasses = 12
    private static let mostChannels = 32
    /// How many channels of the image that is followed are shown.
    private static let mostFollowed = 128

    /// Whether each filter's role is told.
    private var isNamed: Bool {
        guard case .convolution = layer.layer else { return false }
        return layer.output[2] <= LayerRoles.mostNamed
    }

    /// Classes of the shown images.
    private func labels(_ input: FigureInput) -> [Int] { Set(input.run(of: network).samples.map(\.label)).sorted() }

    private func names(_ words: Words) throws -> [String: String] {
        ["network": try words.phrase(for: network), "layer": layer.name]
    }

    private func statistics(_ input: FigureInput) -> MapStatistics {
        input.measured(network).maps(of: layer.name)
    }

    private func deadSentence(_ input: FigureInput, _ words: Words, _ key: String) throws -> String {
        let dead = statistics(input).deadChannels
        return try words(
            dead.isEmpty ? "\(key).alive" : dead.count == 1 ? "\(key).dead.one" : "\(key).dead",
            [
                "count": words.count(dead.count), "maps": words.list(dead.map { String($0 + 1) }),
                "images": words(input.facts.quantity(.data, "shown").bare),
            ])
    }

    func body(_ input: FigureInput, _ words: Words, _ theme: Theme) throws -> Column {
        let run = input.run(of: network)
        let maps = statistics(input)
        let scale = scale(of: maps)
        let ownScale = ownScale(input)
        let colors = isSigned ? theme.signed : theme.magnitude
        let dead = Set(maps.deadChannels)
        let tiles = { (sample: SampleActivations, scale: ClosedRange<Float>) in
            marked(
                sample.output(of: layer.name).tiles(
                    range: min(scale.lowerBound, 0)...max(scale.upperBound, .leastNormalMagnitude), colors: colors),
                dead)
        }
        let chosen = run.chosenSample.map {
            mosaic(Array(tiles($0, ownScale ?? scale).prefix(MapsFigure.mostFollowed)))
        }
        let classes = try classGrids(run.samples, words) { Array(tiles($0, scale).prefix(MapsFigure.mostChannels)) }
        var parts: [any Component] = [try header(input, scale, colors, words)]
        let chosenHead = try chosenHead(ownScale.map { try bar($0, colors, words) }, words)
        let chosenPart = Column(spacing: Theme.tightSpacing, chosenHead + (chosen.map { [$0] } ?? []))
        let classPart = Column(spacing: Theme.tightSpacing, [TextBlock(try words("maps.classes"), .note)] + classes)
        parts += isSideBySide ? [Row([(0.36, chosenPart), (0.64, classPart)])] : [chosenPart, classPart]
        if !dead.isEmpty { parts.append(Legend([(.cross(theme.alert), try words("maps.deadSign"))])) }
        return Column(parts)
    }

    private var isSideBySide: Bool { layer.output[2] <= 6 }

    /// From zero, or as far below as above it, where zero is in the middle of the colours.
    private func scale(of maps: MapStatistics) -> ClosedRange<Float> {
        let reach = max(maps.largest, -maps.lowest)
        return isSigned ? -reach...reach : 0...maps.largest
    }

    /// The scale of the image that is followed, where on that of all images it would be hard to make out.
    private func ownScale(_ input: FigureInput) -> ClosedRange<Float>? {
        guard let sample = input.run(of: network).chosenSample else { return nil }
        let followed = scale(of: MapStatistics([sample], layer: layer.name))
        let all = scale(of: statistics(input))
        return followed.upperBound > 0 && followed.upperBound < MapsFigure.fewestColors * all.upperBound
            ? followed : nil
    }

    /// What part of a scale's colours an image needs to be made out.
    private static let fewestColors: Float = 0.5

    /// What stands above the maps of the image that is followed, with the colours of a scale of its own.
    private func chosenHead(_ bar: ColorBar?, _ words: Words) throws -> [any Component] {
        let note = TextBlock(try words("maps.chosen"), .note)
        guard let bar else { return [note] }
        return isSideBySide ? [note, bar] : [Row([(0.5, note), (0.5, bar)])]
    }

    private func bar(_ scale: ClosedRange<Float>, _ colors: ColorMap, _ words: Words) throws -> ColorBar {
        let title =
            switch output {
            case .rectified: "maps.scale"
            case .signed: "maps.scale.signed"
            case .pixels: "maps.scale.pixels"
            }
        return ColorBar(
            colors: colors, range: Double(scale.lowerBound)...Double(scale.upperBound), title: try words(title))
    }

    private func header(
        _ input: FigureInput, _ scale: ClosedRange<Float>, _ colors: ColorMap, _ words: Words
    ) throws -> any Component {
        let subject = FactSubject.layer(layer.name, of: network.name)
        let range = try words(
            isSigned ? "maps.range.signed" : "maps.range",
            [
                "lowest": words(input.facts.quantity(subject, "lowest")),
                "largest": words(input.facts.quantity(subject, "largest")),
            ])
        return Row([
            (
                0.5,
                Column(
                    spacing: 0,
                    [
                        TextBlock("\(layer.name)  \(try words(.shape(layer.output)))", .heading),
                        TextBlock(range, .note),
                    ])
            ),
            (0.5, try bar(scale, colors, words)),
        ])
    }

    private func marked(_ tiles: [Tile], _ dead: Set<Int>) -> [Tile] {
        tiles.enumerated().map { channel, tile in
            var tile = tile
            tile.isCrossed = dead.contains(channel)
            return tile
        }
    }

    private func mosaic(_ tiles: [Tile]) -> TileGrid {
        let numbered = tiles.enumerated().map { channel, tile in
            var tile = tile
            tile.caption = String(channel + 1)
            return tile
        }
        return TileGrid(numbered, columns: isSideBySide ? 2 : TileGrid.mosaicWidth(of: tiles.count))
    }

    /// Classes from top to bottom, channels from left to right, in several grids if there are many.
    private func classGrids(
        _ samples: [SampleActivations], _ words: Words, _ tiles: (SampleActivations) -> [Tile]
    ) throws -> [TileGrid] {
        let labels = ClassRows.spread(Set(samples.map(\.label)).sorted(), most: MapsFigure.mostClasses)
        let first = labels.compactMap { label in samples.first { $0.label == label } }
        let names = try first.map { try words.shortClassName($0.label) }
        return TileGrid.blocks(rows: first.map(tiles), rowLabels: names)
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
