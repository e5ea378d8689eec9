import Render

/// A figure drawn in one language, appearance and format.
struct FigureDrawing: Sendable {
    let id: String
    let language: Language
    let format: Format
    /// Where it lies among the parts.
    let path: String
    let image: FigureImage
}

extension FigureDrawing {
    /// Draws every figure in all languages and both appearances, for wide pages and for narrow ones, on all processors.
    ///
    /// What languages and formats have in common, their images, is encoded once: so these follow one another.
    ///
    /// - Returns: for each language the drawings in the order of figures, formats and appearances.
    /// - Throws: ``SiteError/step(_:path:cause:)`` for a figure that cannot be drawn.
    static func all(_ figures: [PageFigure], _ words: [Words]) throws -> [[FigureDrawing]] {
        let jobs = figures.flatMap { figure in Appearance.allCases.map { (figure, $0) } }
        let drawn = try jobs.concurrentMap { figure, appearance in
            try figure.formats.map { format in
                try words.map { words in
                    FigureDrawing(
                        id: figure.id, language: words.language, format: format,
                        path: figure.path(words.language, appearance, format),
                        image: try SiteBuilder.step("draw", figure.id) { try figure.draw(words, appearance, format) })
                }
            }
        }
        let appearances = Appearance.allCases.count
        let inOrder = stride(from: 0, to: drawn.count, by: appearances).flatMap { first in
            drawn[first].indices.flatMap { format in drawn[first..<first + appearances].map { $0[format] } }
        }
        return words.indices.map { language in inOrder.map { $0[language] } }
    }
}
