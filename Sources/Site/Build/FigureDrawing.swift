import Render

/// A figure drawn in one language, appearance and format.
struct FigureDrawing: Sendable {
    let id: String
    let language: Language
    let format: Format
    /// Where it lies among the parts.
    let path: String
    let image: FigureImage
    /// What ``image`` is written as.
    let file: SiteWriter.File
}

extension FigureDrawing {
    /// Draws every figure in all languages and both appearances, for wide pages and for narrow ones, on all processors.
    ///
    /// What all drawings of a figure have in common, their images, is encoded once: so these follow one another.
    ///
    /// - Parameter cache: has those drawings that need not be made again.
    /// - Returns: for each language the drawings in the order of figures, formats and appearances.
    /// - Throws: ``SiteError/step(_:path:cause:)`` for a figure that cannot be drawn.
    static func all(
        _ figures: [PageFigure], _ words: [Words], _ cache: WordsCache<[FigureDrawing]>
    ) throws -> [[FigureDrawing]] {
        let drawn = try figures.concurrentMap { figure in
            try words.map { words in
                try cache(figure.id, words) { words in
                    try SiteBuilder.step("draw", figure.id) { try all(figure, words) }
                }
            }
        }
        return words.indices.map { language in drawn.flatMap { $0[language] } }
    }

    private static func all(_ figure: PageFigure, _ words: Words) throws -> [FigureDrawing] {
        try figure.formats.flatMap { format in
            try Appearance.allCases.map { appearance in
                let image = try figure.draw(words, appearance, format)
                return FigureDrawing(
                    id: figure.id, language: words.language, format: format,
                    path: figure.path(words.language, appearance, format), image: image,
                    file: SiteWriter.File(image.svg))
            }
        }
    }
}
