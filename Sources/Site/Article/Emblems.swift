import Foundation
import Learn
import Render

/// The images that stand for the article elsewhere: in a browser's tab, and where someone shares a link.
struct Emblems {
    let runs: [Run]

    /// The strongest kernel of the last network's first convolution, in a square of so many pixels.
    func icon(edge: Int) -> Drawing? {
        guard let kernel = runs.last?.weight("conv1.kernel") else { return nil }
        let filters = kernel.shape[3]
        let norms = (0..<filters).map { filter in
            kernel.channel(filter).map { $0 * $0 }.reduce(0, +)
        }
        guard let strongest = norms.indices.max(by: { norms[$0] < norms[$1] }) else { return nil }
        let reach = max(kernel.values.lazy.map(abs).max() ?? 0, .leastNormalMagnitude)
        let tile = Tile(
            values: kernel.values, offset: strongest, stride: filters, width: kernel.shape[1],
            height: kernel.shape[0], range: -reach...reach, colors: Theme.light.signed)
        let size = Double(edge)
        var drawing = Drawing(
            id: "icon", title: "", description: "", language: "", size: Size(size, size))
        drawing.add(.raster(tile.raster, in: Rect(0, 0, size, size)))
        return drawing
    }

    /// The article's title over the feature maps of its sample image, 1200 by 630 pixels.
    ///
    /// - Throws: `RenderError` if there is no typeface, ``SiteError`` if a string is missing.
    func card(_ words: Words) throws -> Drawing {
        let theme = Theme.dark
        let (width, height, margin) = (1200.0, 630.0, 72.0)
        let title = try words("page.title")
        var drawing = Drawing(
            id: "card", title: title, description: "", language: words.language.rawValue, size: Size(width, height))
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
        guard let output = runs.last?.chosenSample?.outputs.first(where: { $0.name == "conv1" })?.tensor else {
            return []
        }
        let largest = max(output.values.max() ?? 0, .leastNormalMagnitude)
        return Array(output.tiles(range: 0...largest, colors: theme.magnitude).prefix(6))
    }
}

extension Tile {
    fileprivate var raster: Raster {
        var raster = Raster(width: width, height: height, filledWith: Theme.light.background)
        raster.pixels = pixels
        return raster
    }
}
