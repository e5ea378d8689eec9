import Learn
import Render

/// The kernels of one convolution: in a row if there is one input channel, else as a matrix of input channel x filter.
struct KernelsFigure: FigureContent {
    let network: Network
    let layer: PlacedLayer

    var id: String { "kernels-\(network.name)-\(layer.name)" }

    func title(_ input: FigureInput, _ words: Words) throws -> String {
        try words("kernels.title", values(input, words))
    }

    func caption(_ input: FigureInput, _ words: Words) throws -> String {
        try words(inputs(input) == 1 ? "kernels.caption.row" : "kernels.caption.matrix", values(input, words))
    }

    func altText(_ input: FigureInput, _ words: Words) throws -> String {
        try words(inputs(input) == 1 ? "kernels.alt.row" : "kernels.alt.matrix", values(input, words))
    }

    private func values(_ input: FigureInput, _ words: Words) throws -> [String: String] {
        let kernel = kernel(input)
        let statistics = KernelStatistics(kernel)
        let positive = Double(kernel.values.count { $0 > 0 }) / Double(kernel.values.count)
        return [
            "network": try words.phrase(for: network), "layer": layer.name,
            "size": try words(.shape([kernel.shape[0], kernel.shape[1]])),
            "inputs": try words.count(kernel.shape[2]), "filters": try words.count(kernel.shape[3]),
            "lowest": Words.digits(Double(statistics.range.lowerBound), places: 2),
            "highest": Words.digits(Double(statistics.range.upperBound), places: 2),
            "positive": try words.percentage(positive, places: 0),
        ]
    }

    /// `[height, width, in, out]`.
    private func kernel(_ input: FigureInput) -> Tensor {
        guard let kernel = input.run(of: network).weight("\(layer.name).kernel") else {
            preconditionFailure("a run keeps no kernel of \(layer.name)")
        }
        return kernel
    }

    private func inputs(_ input: FigureInput) -> Int { kernel(input).shape[2] }

    func body(_ input: FigureInput, _ words: Words, _ theme: Theme) throws -> Column {
        let kernel = kernel(input)
        let reach = max(kernel.values.lazy.map(abs).max() ?? 0, .leastNormalMagnitude)
        let planes = kernel.kernelTiles(range: -reach...reach, colors: theme.signed)
        let shape = try words(.shape([kernel.shape[0], kernel.shape[1], kernel.shape[2], kernel.shape[3]]))
        let layout = try words(planes.count == 1 ? "kernels.row" : "kernels.matrix")
        let header = Row([
            (
                0.5,
                Column(
                    spacing: 0, [TextBlock("\(layer.name)  \(shape)", .heading), TextBlock(layout, .note)])
            ),
            (
                0.5,
                ColorBar(
                    colors: theme.signed, range: -Double(reach)...Double(reach), title: try words("kernels.scale"))
            ),
        ])
        let numbers = planes.indices.map { String($0 + 1) }
        let grids = planes.count == 1 ? [row(planes[0])] : TileGrid.blocks(rows: planes, rowLabels: numbers)
        return Column([header] + grids)
    }

    private func row(_ tiles: [Tile]) -> TileGrid {
        let numbered = tiles.enumerated().map { filter, tile in
            var tile = tile
            tile.caption = String(filter + 1)
            return tile
        }
        return TileGrid(numbered, columns: 6).with { $0.gap = Theme.looseTileGap }
    }

    func table(_ input: FigureInput) -> DataTable? {
        let kernel = kernel(input)
        let (width, inputs, filters) = (kernel.shape[1], kernel.shape[2], kernel.shape[3])
        let rows = kernel.values.indices.map { index in
            let place = index / filters / inputs
            return [
                "\(index % filters + 1)", "\(index / filters % inputs + 1)", "\(place / width + 1)",
                "\(place % width + 1)",
                "\(kernel.values[index])",
            ]
        }
        return DataTable(
            header: ["filter_from_1", "input_channel_from_1", "row_from_1", "column_from_1", "weight"], rows: rows)
    }
}

extension Tensor {
    /// The planes of a kernel as tiles, `[in][out]`.
    ///
    /// - Precondition: the shape is `[height, width, in, out]`.
    func kernelTiles(range: ClosedRange<Float>, colors: ColorMap) -> [[Tile]] {
        let (height, width, inputs, filters) = (shape[0], shape[1], shape[2], shape[3])
        return (0..<inputs).map { input in
            (0..<filters).map { filter in
                Tile(
                    values: values, offset: input * filters + filter, stride: inputs * filters, width: width,
                    height: height, range: range, colors: colors)
            }
        }
    }
}
