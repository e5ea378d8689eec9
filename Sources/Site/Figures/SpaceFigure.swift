import Learn
import Render

/// Where the last dense layer finds the test images in the first two principal components: some of them as they are, and
/// then all of them, class by class.
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

    /// Squares along either component, one thumbnail in each: fewer of large images.
    private func squares(_ input: FigureInput) -> Int { min(max(1100 / max(input.dataset.shape.width, 1), 6), 16) }

    /// Where each test image lies along the first component to the right and the second one upwards, 0...1 from the
    /// left and from the top.
    private func places(_ input: FigureInput) -> [(x: Double, y: Double)] {
        let coordinates = input.measured(network).inspection.space.coordinates.values
        let axes = (0..<2).map { axis -> [Double] in
            let values = stride(from: axis, to: coordinates.count, by: 2).map { Double(coordinates[$0]) }
            let (low, high) = (values.min() ?? 0, values.max() ?? 0)
            return values.map { high > low ? ($0 - low) / (high - low) : 0 }
        }
        return zip(axes[0], axes[1]).map { ($0, 1 - $1) }
    }

    /// Of a grid of so many cells along either side that in which a place lies.
    private func cell(_ place: (x: Double, y: Double), of cells: Int) -> Int {
        let (x, y) = (Int(saturating: place.x * Double(cells)), Int(saturating: place.y * Double(cells)))
        return min(y, cells - 1) * cells + min(x, cells - 1)
    }

    func body(_ input: FigureInput, _ words: Words, _ theme: Theme, _ format: Format) throws -> Column {
        let wrong = Set(input.measured(network).mistakes.map(\.image))
        return Column([
            TextBlock(try words("space.thumbnails"), .note), thumbnails(input, wrong, theme),
            Legend([(.frame(theme.alert), try words("space.wrong"))]),
            TextBlock(try words("space.densities"), .note), try densities(input, wrong, words, theme),
        ])
    }

    /// In each square the test image that lies closest to its middle, the first of equals; row by row.
    func nearest(_ input: FigureInput) -> [Int?] {
        let (places, count) = (places(input), squares(input))
        var nearest = [(image: Int, distance: Double)?](repeating: nil, count: count * count)
        for (image, place) in places.enumerated() {
            let cell = cell(place, of: count)
            let x = place.x * Double(count) - Double(cell % count) - 0.5
            let y = place.y * Double(count) - Double(cell / count) - 0.5
            let distance = x * x + y * y
            if distance < nearest[cell]?.distance ?? .infinity { nearest[cell] = (image, distance) }
        }
        return nearest.map { $0?.image }
    }

    private func thumbnails(_ input: FigureInput, _ wrong: Set<Int>, _ theme: Theme) -> TileGrid {
        let (nearest, count) = (nearest(input), squares(input))
        let tiles = nearest.map { image -> Tile? in
            guard let image else { return nil }
            var tile = input.dataset.test.tile(image, theme)
            if wrong.contains(image) { tile.frame = theme.alert }
            return tile
        }
        let rows = stride(from: 0, to: tiles.count, by: count).map { Array(tiles[$0..<$0 + count]) }
        return TileGrid(rows: rows).with { $0.gap = Theme.denseTileGap }
    }

    /// How many images of each class lie where, and then how many of those that are answered wrongly.
    private func densities(
        _ input: FigureInput, _ wrong: Set<Int>, _ words: Words, _ theme: Theme
    ) throws -> TileGrid {
        let cells = places(input).map { cell($0, of: SpaceFigure.cells) }
        let labels = input.dataset.test.labels
        var counts = [[Int]](
            repeating: [Int](repeating: 0, count: SpaceFigure.cells * SpaceFigure.cells),
            count: input.dataset.classCount + 1)
        for (image, cell) in cells.enumerated() {
            counts[Int(labels[image])][cell] += 1
            if wrong.contains(image) { counts[input.dataset.classCount][cell] += 1 }
        }
        let occupied = Set(cells)
        func tile(_ counts: [Int], _ caption: String, _ colors: ColorMap) -> Tile {
            let most = Double(max(1, counts.max() ?? 1))
            let pixels = counts.enumerated().flatMap { place, count -> [UInt8] in
                // By the root, for a crowd in one cell would hide who stands apart.
                let color =
                    count > 0
                    ? colors(0.25 + 0.75 * (Double(count) / most).squareRoot())
                    : occupied.contains(place) ? theme.grid : theme.background
                return [16, 8, 0].map { UInt8(truncatingIfNeeded: color.rgb >> $0) }
            }
            var tile = Tile(colors: pixels, width: SpaceFigure.cells, caption: caption)
            tile.frame = theme.grid
            return tile
        }
        let tiles =
            try classes(input).map { tile(counts[$0], try words.shortClassName($0), theme.share) }
            + [
                tile(
                    counts[input.dataset.classCount], try words("space.errors"),
                    ColorMap([theme.background, theme.alert]))
            ]
        return TileGrid(tiles, columns: tiles.count <= 12 ? 6 : 8).with { $0.gap = Theme.looseTileGap }
    }

    func table(_ input: FigureInput) -> DataTable? {
        let coordinates = input.measured(network).inspection.space.coordinates.values
        let answers = input.run(of: network).predictions.likeliestClasses
        return DataTable(
            header: ["test_image_from_1", "class", "answered", "first_component", "second_component"],
            rows: input.dataset.test.labels.enumerated().map { image, label in
                [
                    "\(image + 1)", "\(label)", "\(answers[image])", "\(coordinates[2 * image])",
                    "\(coordinates[2 * image + 1])",
                ]
            })
    }
}
