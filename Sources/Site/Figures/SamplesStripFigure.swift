import Learn
import Render

/// A row of training images for each class.
struct SamplesStripFigure: FigureContent {
    let id = "samples-strip"
    let format = Format.column

    /// How many images of each class: as many as have room in a row on a phone.
    private static let perClass = 8
    private static let largestTile = 58.0

    private func isInColumns(_ input: FigureInput) -> Bool { input.dataset.classCount > ClassRows.most }

    /// The classes that have a row: all, or, of more than fill two columns, some at equal distances.
    private func classes(_ input: FigureInput) -> [Int] {
        ClassRows.spread(Array(0..<input.dataset.classCount), most: 2 * ClassRows.most)
    }

    /// The first training images of each of these classes.
    private func shown(_ input: FigureInput) -> [[Int]] {
        let labels = input.dataset.train.labels
        return classes(input).map { label in
            Array(labels.indices.lazy.filter { Int(labels[$0]) == label }.prefix(SamplesStripFigure.perClass))
        }
    }

    func title(_ input: FigureInput, _ words: Words) throws -> String { try words("samples-strip.title") }

    func caption(_ input: FigureInput, _ words: Words) throws -> String {
        let caption = try words("samples-strip.caption", ["count": words.count(SamplesStripFigure.perClass)])
        let (all, shown) = (input.dataset.classCount, classes(input).count)
        guard shown < all else { return caption }
        return try words.paragraph(
            caption, words("classes.spread", ["classes": words.count(all), "shown": words.count(shown)]))
    }

    func altText(_ input: FigureInput, _ words: Words) throws -> String {
        try words(
            isInColumns(input) ? "samples-strip.alt.columns" : "samples-strip.alt",
            [
                "classes": words.count(classes(input).count), "count": words.count(SamplesStripFigure.perClass),
                "names": words.list(classes(input).map(words.className)),
            ])
    }

    func body(_ input: FigureInput, _ words: Words, _ theme: Theme, _ format: Format) throws -> Column {
        let train = input.dataset.train
        let rows = shown(input).map { images in
            images.map { train.tile($0, theme) }
        }
        let names = try classes(input).map(words.shortClassName)
        func grid(_ labels: Range<Int>) -> TileGrid {
            TileGrid(rows: labels.map { rows[$0].map(Optional.some) }).with {
                $0.rowLabels = labels.map { names[$0] }
                $0.gap = Theme.denseTileGap
                $0.largestTile = isInColumns(input) ? Theme.smallTile : SamplesStripFigure.largestTile
            }
        }
        guard isInColumns(input), format != .narrow else { return Column([grid(0..<names.count)]) }
        let half = (names.count + 1) / 2
        return Column([Row([(0.5, grid(0..<half)), (0.5, grid(half..<names.count))])])
    }

    func table(_ input: FigureInput) -> DataTable? {
        DataTable(
            header: ["class", "train_image_from_1"],
            rows: zip(classes(input), shown(input)).flatMap { label, images in
                images.map { ["\(label)", "\($0 + 1)"] }
            })
    }
}
