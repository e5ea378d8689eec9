import Learn
import Render

/// Where the last dense layer finds the test images, class by class, in the first two principal components.
struct SpaceFigure: FigureContent {
    let network: Network

    var id: String { "space-\(network.name)" }

    /// Cells along either component.
    private static let cells = 36

    private func values(_ input: FigureInput, _ words: Words) throws -> [String: String] {
        func fact(_ name: String) throws -> String {
            try words(input.facts.quantity(.network(network.name), "space.\(name)"))
        }
        return try ["network": words.phrase(for: network), "first": fact("first"), "second": fact("second")]
    }

    func title(_ input: FigureInput, _ words: Words) throws -> String {
        try words("space.title", values(input, words))
    }

    func caption(_ input: FigureInput, _ words: Words) throws -> String {
        let caption = try words("space.caption", values(input, words))
        let (all, shown) = (input.dataset.classCount, classes(input).count)
        guard shown < all else { return caption }
        return try words.paragraph(
            caption, words("classes.spread", ["classes": words.count(all), "shown": words.count(shown)]))
    }

    func altText(_ input: FigureInput, _ words: Words) throws -> String {
        try words("space.alt", values(input, words))
    }

    /// All, or some at equal distances.
    private func classes(_ input: FigureInput) -> [Int] {
        ClassRows.spread(Array(0..<input.dataset.classCount), most: 2 * ClassRows.most)
    }

    /// The cell of each test image: along the first component to the right, along the second upwards.
    private func places(_ input: FigureInput) -> [Int] {
        let coordinates = input.measured(network).inspection.space.coordinates.values
        let axes = (0..<2).map { axis in
            stride(from: axis, to: coordinates.count, by: 2).map { Double(coordinates[$0]) }
        }
        let cells = axes.map { values in
            let (low, high) = (values.min() ?? 0, values.max() ?? 0)
            let scale = high > low ? Double(SpaceFigure.cells) / (high - low) : 0
            return values.map { min(Int(saturating: ($0 - low) * scale), SpaceFigure.cells - 1) }
        }
        return zip(cells[0], cells[1]).map { x, y in (SpaceFigure.cells - 1 - y) * SpaceFigure.cells + x }
    }

    func body(_ input: FigureInput, _ words: Words, _ theme: Theme) throws -> Column {
        let (places, labels) = (places(input), input.dataset.test.labels)
        let area = SpaceFigure.cells * SpaceFigure.cells
        var counts = [[Int]](repeating: [Int](repeating: 0, count: area), count: input.dataset.classCount)
        for (place, label) in zip(places, labels) { counts[Int(label)][place] += 1 }
        let occupied = Set(places)
        let tiles = try classes(input).map { label in
            let most = Double(max(1, counts[label].max() ?? 1))
            let colors = counts[label].enumerated().flatMap { place, count -> [UInt8] in
                // By the root, for a crowd in one cell would hide who stands apart.
                let color =
                    count > 0
                    ? theme.share(0.25 + 0.75 * (Double(count) / most).squareRoot())
                    : occupied.contains(place) ? theme.grid : theme.background
                return [16, 8, 0].map { UInt8(truncatingIfNeeded: color.rgb >> $0) }
            }
            var tile = Tile(colors: colors, width: SpaceFigure.cells, caption: try words.shortClassName(label))
            tile.frame = theme.grid
            return tile
        }
        return Column([TileGrid(tiles, columns: tiles.count <= 12 ? 4 : 8).with { $0.gap = Theme.looseTileGap }])
    }

    func table(_ input: FigureInput) -> DataTable? {
        let coordinates = input.measured(network).inspection.space.coordinates.values
        return DataTable(
            header: ["test_image_from_1", "class", "first_component", "second_component"],
            rows: input.dataset.test.labels.enumerated().map { image, label in
                ["\(image + 1)", "\(label)", "\(coordinates[2 * image])", "\(coordinates[2 * image + 1])"]
            })
    }
}
