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
    /// Draws every figure in both appearances, for wide pages and for narrow ones, on all processors.
    ///
    /// - Returns: the drawings in the order of figures, formats and appearances.
    /// - Throws: ``SiteError/step(_:path:cause:)`` for a figure that cannot be drawn.
    static func all(_ figures: [PageFigure], _ words: Words) throws -> [FigureDrawing] {
        let jobs = figures.flatMap { figure in
            figure.formats.flatMap { format in Appearance.allCases.map { (figure, format, $0) } }
        }
        return try jobs.concurrentMap { figure, format, appearance in
            FigureDrawing(
                id: figure.id, language: words.language, format: format,
                path: figure.path(words.language, appearance, format),
                image: try SiteBuilder.step("draw", figure.id) { try figure.draw(words, appearance, format) })
        }
    }
}
