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

    /// The drawings of each language, made again only for those whose words have changed.
    ///
    /// - Parameter draw: draws for some of the languages, and gives their drawings in the same order.
    func drawings(_ words: [Words], _ draw: ([Words]) throws -> [Drawings]) rethrows -> [Drawings] {
        let last = drawn.withLock { $0 }
        let changed = words.filter { last[$0.language.code]?.words != $0 }
        let new = try changed.isEmpty ? [] : draw(changed)
        return drawn.withLock { drawn in
            for (words, drawings) in zip(changed, new) { drawn[words.language.code] = (words, drawings) }
            return words.compactMap { drawn[$0.language.code]?.drawings }
        }
    }
}
