import Foundation
import Synchronization

/// What the last build made of the same materials, used again by the next.
final class BuildCache: Sendable {
    typealias Files = [(path: String, content: Data)]

    /// What no template changes.
    struct DataFiles: Sendable {
        /// Under names that stay, for whoever fetches them.
        var downloads: Files = []
        /// What the pages load.
        var parts: Files = []
    }

    /// What one language's words are drawn into.
    struct Drawings: Sendable {
        let figures: [FigureDrawing]
        /// The image for links to the page, as PNG.
        let card: Data
        /// What the typeface has no letters for.
        let missing: Set<Unicode.Scalar>
    }

    /// By code of the language.
    private let drawn = Mutex<[String: (words: Words, drawings: Drawings)]>([:])
    private let written = Mutex<DataFiles?>(nil)

    /// The files of data.
    func data(_ write: () throws -> DataFiles) rethrows -> DataFiles {
        if let last = written.withLock({ $0 }) { return last }
        let files = try write()
        written.withLock { $0 = files }
        return files
    }

    /// The drawings of one language, made again only if its words have changed.
    func drawings(_ words: Words, _ draw: (Words) throws -> Drawings) rethrows -> Drawings {
        if let last = drawn.withLock({ $0[words.language.code] }), last.words == words { return last.drawings }
        let drawings = try draw(words)
        drawn.withLock { $0[words.language.code] = (words, drawings) }
        return drawings
    }
}
