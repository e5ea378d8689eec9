import Foundation
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

/// What the last build made of the same materials, used again by the next.
final class BuildCache: Sendable {
    private let drawn = Mutex<[Language: (words: Words, drawings: [FigureDrawing])]>([:])
    private let tabulated = Mutex<[(path: String, content: Data)]?>(nil)

    /// The files of data, which no template changes.
    func data(_ write: () throws -> [(path: String, content: Data)]) rethrows -> [(path: String, content: Data)] {
        if let last = tabulated.withLock({ $0 }) { return last }
        let files = try write()
        tabulated.withLock { $0 = files }
        return files
    }

    /// The figures in one language, drawn again only if its words have changed.
    func drawings(of figures: [PageFigure], _ words: Words) throws -> [FigureDrawing] {
        if let last = drawn.withLock({ $0[words.language] }), last.words == words { return last.drawings }
        let drawings = try FigureDrawing.all(figures, words)
        drawn.withLock { $0[words.language] = (words, drawings) }
        return drawings
    }
}
