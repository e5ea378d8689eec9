import Foundation
import Learn
import Render

/// The images that stand for the article elsewhere: in a browser's tab, and where someone shares a link.
struct Emblems {
    let runs: [Run]

    /// The strongest kernel of the last network's first convolution, in a square of so many pixels; of a network without
    /// convolutions, or whose kernels are single weights, its confusion matrix.
    func icon(edge: Int) -> Drawing? {
        guard let tile = strongestKernel ?? confusion else { return nil }
        let size = Double(edge)
        var drawing = Drawing(
            id: "icon", title: "", description: "", language: "", size: Size(size, size))
        drawing.add(.raster(tile.raster, in: Rect(0, 0, size, size)))
        return drawing
    }

    private var strongestKernel: Tile? {
        guard let run = runs.last, let layer = run.network.convolutions.first,
            let kernel = run.weight("\(layer.name).kernel"), kernel.shape[0] * kernel.shape[1] > 1
        else { return nil }
        let (inputs, filters) = (kernel.shape[2], kernel.shape[3])
        let norms = (0..<filters).map { filter in
            kernel.channel(filter).map { $0 * $0 }.reduce(0, +)
        }
        guard let strongest = norms.indices.max(by: { norms[$0] < norms[$1] }) else { return nil }
        let reach = max(kernel.values.lazy.map(abs).max() ?? 0, .leastNormalMagnitude)
        return Tile(
            values: kernel.values, offset: strongest, stride: inputs * filters, width: kernel.shape[1],
            height: kernel.shape[0], range: -reach...reach, colors: Theme.light.signed)
    }

    private var confusion: Tile? {
        guard let matrix = runs.last?.confusionMatrix else { return nil }
        let values = matrix.flatMap { row in row.map { Float($0) / Float(max(row.reduce(0, +), 1)) } }
        return Tile(
            values: values, width: matrix.count, height: matrix.count, range: 0...1, colors: Theme.light.magnitude)
    }

    /// The article's title over the feature maps of its sample image, 1200 by 630 pixels.
    ///
    /// - Throws: `RenderError` if there is no typeface, ``SiteError`` if a string is missing.
    func card(_ words: Words) throws -> Drawing {
        let theme = Theme.dark
        let (width, height, margin) = (1200.0, 630.0, 72.0)
        let title = try words("page.title")
        var drawing = Drawing(
            id: "card", title: title, description: "", language: words.language.code, size: Size(width, height))
        drawing.fill(.rectangle(Rect(0, 0, width, height)), theme.background)
        let font = Font(size: 68, isBold: true)
        var baseline = margin + font.ascent
        for line in try words("card.title").split(separator: "\n") {
            drawing.add(.text(TextLine(String(line), at: Point(margin, baseline), font: font, color: theme.ink)))
            baseline += font.lineHeight
        }
        let tiles = maps(theme)
        let gap = 12.0
        let edge = (width - 2 * margin + gap) / Double(max(1, tiles.count)) - gap
        for (index, tile) in tiles.enumerated() {
            let x = margin + Double(index) * (edge + gap)
            drawing.add(.raster(tile.raster, in: Rect(x, height - margin - edge, edge, edge)))
        }
        return drawing
    }

    /// Six of the last network's maps of the sample image.
    private func maps(_ theme: Theme) -> [Tile] {
        guard let run = runs.last, let layer = run.network.convolutions.first,
            let output = run.chosenSample?.outputs.first(where: { $0.name == layer.name })?.tensor
        else { return [] }
        let largest = max(output.values.max() ?? 0, .leastNormalMagnitude)
        let reach = max(largest, -(output.values.min() ?? 0))
        let tiles =
            run.network.output(of: layer) == .signed
            ? output.tiles(range: -reach...reach, colors: theme.signed)
            : output.tiles(range: 0...largest, colors: theme.magnitude)
        return Array(tiles.prefix(6))
    }
}

extension Tile {
    fileprivate var raster: Raster {
        var raster = Raster(width: width, height: height, filledWith: Theme.light.background)
        raster.pixels = pixels
        return raster
    }
}
