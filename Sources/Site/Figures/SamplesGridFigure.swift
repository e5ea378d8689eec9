import Learn
import Render

/// The first training images, small. Of data that stand in the order of their classes, as folders give
/// them, the first would all be of one: there it is images at equal distances.
struct SamplesGridFigure: FigureContent {
    let id = "samples-grid"
    let format = Format.narrow
    private let edge = 6
    private let tile = 45.0

    private func shown(_ input: FigureInput) -> [Int] {
        let labels = input.dataset.train.labels
        let count = min(edge * edge, labels.count)
        return (0..<count).map { isSorted(input) ? $0 * labels.count / count : $0 }
    }

    private func isSorted(_ input: FigureInput) -> Bool {
        let labels = input.dataset.train.labels
        return zip(labels, labels.dropFirst()).allSatisfy { $0 <= $1 }
    }

    private func key(_ name: String, _ input: FigureInput) -> String {
        "samples-grid.\(name)" + (isSorted(input) ? ".sorted" : "")
    }

    func title(_ input: FigureInput, _ words: Words) throws -> String { try words("samples-grid.title") }

    func caption(_ input: FigureInput, _ words: Words) throws -> String {
        try words(
            key("caption", input),
            [
                "count": words.count(shown(input).count), "kind": words.kind(of: input.dataset.shape),
                "size": words(.shape([input.dataset.shape.height, input.dataset.shape.width])),
            ])
    }

    func altText(_ input: FigureInput, _ words: Words) throws -> String {
        let labels = shown(input).map { Int(input.dataset.train.labels[$0]) }
        let counts = (0..<input.dataset.classCount).map { label in labels.count { $0 == label } }
        let most = counts.max() ?? 0
        let names = try counts.indices.filter { counts[$0] == most }.map(words.className)
        return try words(
            key("alt", input),
            [
                "count": words.count(labels.count), "classes": words.count(counts.count { $0 > 0 }),
                "most": words.list(names), "times": words.count(most),
            ])
    }

    func body(_ input: FigureInput, _ words: Words, _ theme: Theme, _ format: Format) throws -> Column {
        let train = input.dataset.train
        let tiles = shown(input).map { train.tile($0, theme) }
        return Column([TileGrid(tiles, columns: edge).with { $0.largestTile = tile }])
    }

    func table(_ input: FigureInput) -> DataTable? {
        DataTable(
            header: ["train_image_from_1", "class"],
            rows: shown(input).map { [String($0 + 1), String(input.dataset.train.labels[$0])] })
    }
}
