import Dispatch
import Synchronization

/// A figure drawn in one language and appearance.
struct FigureDrawing: Sendable {
    let id: String
    let language: Language
    /// Where it lies in the site.
    let path: String
    let image: FigureImage
}

extension FigureDrawing {
    /// Draws every figure in every language and appearance, on all processors.
    ///
    /// - Returns: the drawings in the order of languages, figures and appearances.
    /// - Throws: ``SiteError/step(_:path:cause:)`` for the first, in that order, that cannot be drawn.
    static func all(_ figures: [PageFigure], in languages: [Words]) throws -> [FigureDrawing] {
        let jobs = languages.flatMap { words in
            figures.flatMap { figure in Appearance.allCases.map { (words, figure, $0) } }
        }
        let results = Mutex([Result<FigureDrawing, any Error>?](repeating: nil, count: jobs.count))
        DispatchQueue.concurrentPerform(iterations: jobs.count) { index in
            let (words, figure, appearance) = jobs[index]
            let result = Result {
                FigureDrawing(
                    id: figure.id, language: words.language, path: figure.path(words.language, appearance),
                    image: try SiteBuilder.step("draw", figure.id) { try figure.draw(words, appearance) })
            }
            results.withLock { $0[index] = result }
        }
        return try results.withLock { try $0.compactMap { try $0?.get() } }
    }
}
