import Learn
import Render

/// A row of training images for each class.
struct SamplesStripFigure: FigureContent {
    let id = "samples-strip"
    private let perClass = 10

    /// The first training images of each class.
    private func shown(_ input: FigureInput) -> [[Int]] {
        let labels = input.dataset.train.labels
        return (0..<input.dataset.classCount).map { label in
            Array(labels.indices.lazy.filter { Int(labels[$0]) == label }.prefix(perClass))
        }
    }

    func title(_ input: FigureInput, _ words: Words) throws -> String { try words("samples-strip.title") }

    func caption(_ input: FigureInput, _ words: Words) throws -> String {
        try words("samples-strip.caption", ["count": words.count(perClass)])
    }

    func altText(_ input: FigureInput, _ words: Words) throws -> String {
        try words(
            "samples-strip.alt",
            [
                "classes": words.count(input.dataset.classCount), "count": words.count(perClass),
                "names": words.list((0..<input.dataset.classCount).map(words.className)),
            ])
    }

    func body(_ input: FigureInput, _ words: Words, _ theme: Theme) throws -> Column {
        let train = input.dataset.train
        let rows = shown(input).map { images in
            images.map { train.tile($0, theme) }
        }
        let names = try (0..<input.dataset.classCount).map(words.shortClassName)
        return Column([
            TileGrid(rows: rows).with {
                $0.rowLabels = names
                $0.gap = Theme.denseTileGap
            }
        ])
    }

    func table(_ input: FigureInput) -> DataTable? {
        DataTable(
            header: ["class", "train_image_from_1"],
            rows: shown(input).enumerated().flatMap { label, images in images.map { ["\(label)", "\($0 + 1)"] } })
    }
}
