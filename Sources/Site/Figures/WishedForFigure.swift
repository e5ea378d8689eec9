import Learn
import Render

/// Images made for each class of one network, below them those for a network with random weights.
struct WishedForFigure: FigureContent {
    let network: Network

    var id: String { "wished-for-\(network.name)" }

    /// How many classes stand in a row, and how many are shown.
    private static let columns = 5
    private static let mostClasses = 20

    private func classes(_ input: FigureInput) -> [Int] {
        ClassRows.spread(Array(0..<input.dataset.classCount), most: WishedForFigure.mostClasses)
    }

    private var layer: String { network.architecture.placed[network.architecture.placed.count - 1].name }

    func title(_ input: FigureInput, _ words: Words) throws -> String {
        try words("wished-for.title", ["network": words.phrase(for: network)])
    }

    func caption(_ input: FigureInput, _ words: Words) throws -> String {
        let caption = try words(
            "wished-for.caption", ["network": words.phrase(for: network), "steps": words.count(WishedImages.steps)])
        let (all, shown) = (input.dataset.classCount, classes(input).count)
        guard shown < all else { return caption }
        return try words.paragraph(
            caption, words("classes.spread", ["classes": words.count(all), "shown": words.count(shown)]))
    }

    func altText(_ input: FigureInput, _ words: Words) throws -> String {
        let wished = input.measured(network).inspection.wished
        let (values, random) = (wished.trained.of(layer).values.values, wished.random.of(layer).values.values)
        func logit(_ value: Float?) throws -> String { try words(.decimal(Double(value ?? 0), places: 1)) }
        return try words(
            "wished-for.alt",
            [
                "network": words.phrase(for: network), "lowest": logit(values.min()), "highest": logit(values.max()),
                "lowestRandom": logit(random.min()), "highestRandom": logit(random.max()),
            ])
    }

    func body(_ input: FigureInput, _ words: Words, _ theme: Theme) throws -> Column {
        let wished = input.measured(network).inspection.wished
        let sets = [wished.trained.of(layer), wished.random.of(layer)]
        let labels = try ["trained", "random"].map { try words("wished-for.\($0)") }
        let classes = classes(input)
        return Column(
            try stride(from: 0, to: classes.count, by: WishedForFigure.columns).map { start in
                let shown = classes[start..<min(start + WishedForFigure.columns, classes.count)]
                let names = try shown.map { try words.shortClassName($0) }
                let rows = try sets.map { set in
                    try shown.map { label -> Tile? in
                        set.tile(
                            label, theme, caption: try words(.decimal(Double(set.values.values[label]), places: 1)))
                    }
                }
                return TileGrid(rows: rows).with { grid in
                    grid.rowLabels = labels
                    grid.columnLabels = names
                }
            })
    }

    func table(_ input: FigureInput) -> DataTable? {
        let wished = input.measured(network).inspection.wished
        let sets = [wished.trained.of(layer), wished.random.of(layer)]
        return DataTable(
            header: ["class", "logit_reached", "logit_reached_at_random_weights"],
            rows: (0..<input.dataset.classCount).map { label in ["\(label)"] + sets.map { "\($0.values.values[label])" }
            })
    }
}
