import Foundation
import Learn
import Render

/// The images that stand for the article elsewhere: in a browser's tab, and where someone shares a link.
struct Emblems {
    let runs: [Run]
    let dataset: Dataset

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
            values: values, width: matrix.count, height: matrix.count, range: 0...1, colors: Theme.light.tone)
    }

    /// The article's title over the way of an image through the first network that has convolutions, 1200 by 630 pixels.
    ///
    /// - Throws: `RenderError` if there is no typeface, ``SiteError`` if a string is missing.
    func card(_ words: Words) throws -> Drawing {
        let theme = Theme.light
        let (width, height, margin) = (1200.0, 630.0, 64.0)
        let title = try words("page.title")
        var drawing = Drawing(
            id: "card", title: title, description: "", language: words.language.code, size: Size(width, height))
        drawing.fill(.rectangle(Rect(0, 0, width, height)), theme.background)
        let font = Font(size: 62, isBold: true)
        var top = margin - 12
        for line in try words("card.title").split(separator: "\n") {
            let baseline = Point(margin, top + font.baseline)
            drawing.add(.text(TextLine(String(line), at: baseline, font: font, color: theme.ink)))
            top += font.lineHeight
        }
        guard let run = runs.first(where: { !$0.network.convolutions.isEmpty }),
            var scene = try HeroScene(run, dataset, words, theme)
        else { return drawing }
        scene.font = Font(size: 21)
        let style = Style(theme: theme, measure: try Typeface.installed(), numbers: words.language.numbers)
        let across = width - 2 * margin
        let size = scene.size(in: across, style)
        scene.draw(in: Rect(margin, height - margin + 14 - size.height, across, size.height), on: &drawing, style)
        return drawing
    }
}
