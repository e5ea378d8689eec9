/// A figure drawn in one language and appearance.
struct FigureDrawing: Sendable {
    let id: String
    let language: Language
    /// Where it lies among the parts.
    let path: String
    let image: FigureImage
}

extension FigureDrawing {
    /// Draws every figure in both appearances, on all processors.
    ///
    /// - Returns: the drawings in the order of figures and appearances.
    /// - Throws: ``SiteError/step(_:path:cause:)`` for a figure that cannot be drawn.
    static func all(_ figures: [PageFigure], _ words: Words) throws -> [FigureDrawing] {
        let jobs = figures.flatMap { figure in Appearance.allCases.map { (figure, $0) } }
        return try jobs.concurrentMap { figure, appearance in
            FigureDrawing(
                id: figure.id, language: words.language, path: figure.path(words.language, appearance),
                image: try SiteBuilder.step("draw", figure.id) { try figure.draw(words, appearance) })
        }
    }
}
