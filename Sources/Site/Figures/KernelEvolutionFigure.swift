import Learn
import Render

/// How the kernels of the first convolution changed from before the training to its end.
struct KernelEvolutionFigure: FigureContent {
    let network: Network

    var id: String { "kernels-\(network.name)-epochs" }

    /// Epochs shown, before training first; later ones further apart, as less happens between them.
    private func epochs(_ input: FigureInput) -> [Int] {
        let last = input.training(of: network).kernelHistory.shape[0] - 1
        let round = [0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].filter { $0 < last }
        return (round + [last]).suffix(8)
    }

    /// The kernel after an epoch, `[height, width, in, out]`.
    private func kernel(_ input: FigureInput, after epoch: Int) -> Tensor {
        let history = input.training(of: network).kernelHistory
        let shape = Array(history.shape.dropFirst())
        let size = shape.reduce(1, *)
        return Tensor(shape: shape, values: Array(history.values[epoch * size..<(epoch + 1) * size]))
    }

    func title(_ input: FigureInput, _ words: Words) throws -> String {
        try words("kernels-epochs.title", ["network": words.phrase(for: network)])
    }

    func caption(_ input: FigureInput, _ words: Words) throws -> String {
        let caption = try words(
            "kernels-epochs.caption",
            ["network": words.phrase(for: network), "last": words.count(epochs(input).last ?? 0)])
        let all = kernel(input, after: 0).shape[3]
        guard all > KernelEvolutionFigure.most else { return caption }
        return try words.paragraph(
            caption,
            words(
                "kernels-epochs.some", ["filters": words.count(all), "shown": words.count(KernelEvolutionFigure.most)]))
    }

    /// How many filters have a row.
    private static let most = 16

    /// The filters that are shown, from zero: all, or, of too many, those whose kernels have changed the most.
    private func filters(_ input: FigureInput) -> [Int] {
        let first = kernel(input, after: 0)
        let last = kernel(input, after: epochs(input).last ?? 0)
        let count = first.shape[3]
        guard count > KernelEvolutionFigure.most else { return Array(0..<count) }
        var changes = [Double](repeating: 0, count: count)
        for (index, (before, after)) in zip(first.values, last.values).enumerated() {
            changes[index % count] += (Double(after) - Double(before)) * (Double(after) - Double(before))
        }
        return changes.indices.sorted { (changes[$1], $0) < (changes[$0], $1) }.prefix(KernelEvolutionFigure.most)
            .sorted()
    }

    func altText(_ input: FigureInput, _ words: Words) throws -> String {
        let layer = FactSubject.layer("conv1", of: network.name)
        func fact(_ name: String) throws -> String { try words(input.facts.quantity(layer, name)) }
        return try words(
            "kernels-epochs.alt",
            [
                "network": words.phrase(for: network), "filters": fact("filters"),
                "last": words(input.facts.quantity(.network(network.name), "epochs").bare),
                "before": fact("startReach"), "after": fact("reach"), "similarity": fact("similarity"),
            ])
    }

    func body(_ input: FigureInput, _ words: Words, _ theme: Theme, _ format: Format) throws -> Column {
        let shown = epochs(input).map { kernel(input, after: $0) }
        let reach = max(shown.lazy.flatMap(\.values).map(abs).max() ?? 0, .leastNormalMagnitude)
        let columns = shown.map { $0.kernelTiles(range: -reach...reach, colors: theme.signed)[0] }
        let filters = filters(input)
        let grid = TileGrid(rows: filters.map { filter in columns.map { $0[filter] } }).with {
            $0.rowLabels = filters.map { String($0 + 1) }
            $0.columnLabels = epochs(input).map(String.init)
            $0.largestTile = filters.count > 6 ? Theme.smallHistoryTile : Theme.historyTile
            $0.isCentred = false
        }
        let bar = ColorBar(
            colors: theme.signed, range: -Double(reach)...Double(reach), title: try words("kernels.scale"))
        let note = TextBlock(try words("kernels-epochs.layout"), .note)
        return Column([bar.beside(note, format), grid])
    }

    func table(_ input: FigureInput) -> DataTable? {
        let history = input.training(of: network).kernelHistory
        let (width, filters) = (history.shape[2], history.shape[4])
        let size = history.shape.dropFirst().reduce(1, *)
        let rows = epochs(input).flatMap { epoch in
            (0..<size).map { index in
                let place = index / filters / history.shape[3]
                return [
                    "\(epoch)", "\(index % filters + 1)", "\(place / width + 1)", "\(place % width + 1)",
                    "\(history.values[epoch * size + index])",
                ]
            }
        }
        return DataTable(header: ["epoch", "filter_from_1", "row_from_1", "column_from_1", "weight"], rows: rows)
    }
}
