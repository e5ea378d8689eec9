import Foundation
import Synchronization

/// What the last build made of the same materials, used again by the next.
final class BuildCache: Sendable {
    typealias Files = [(path: String, file: SiteWriter.File)]

    /// What no template changes.
    struct DataFiles: Sendable {
        /// Under names that stay, for whoever fetches them.
        var downloads: Files = []
        /// What the pages load.
        var parts: Files = []
    }

    /// A language's image for links to the page.
    struct Card: Sendable {
        /// As PNG.
        let file: SiteWriter.File
        /// What the typeface has no letters for.
        let missing: Set<Unicode.Scalar>
    }

    /// The drawings of each figure.
    let drawings = WordsCache<[FigureDrawing]>()
    let cards = WordsCache<Card>()
    /// What the page of numbers says.
    let numbers = WordsCache<[Article.Section]>()
    private let written = Mutex<DataFiles?>(nil)

    /// The files of data.
    func data(_ write: () throws -> DataFiles) rethrows -> DataFiles {
        if let last = written.withLock({ $0 }) { return last }
        let files = try write()
        written.withLock { $0 = files }
        return files
    }
}

/// What was made with words, by its name and their language, and is used again for as long as those that it looked up
/// say the same.
final class WordsCache<Made: Sendable>: Sendable {
    private struct Kept {
        let made: Made
        let words: Words
        let keys: Set<String>
        let templates: [String: String]
    }

    private struct Place: Hashable {
        let name: String
        let language: String
    }

    private let kept = Mutex<[Place: Kept]>([:])

    /// - Parameters:
    ///   - templates: what else it is made with, by name.
    ///   - make: makes it with nothing from templates but these and the words that it is given.
    func callAsFunction(
        _ name: String, _ words: Words, beside templates: [String: String] = [:], _ make: (Words) throws -> Made
    ) rethrows -> Made {
        let place = Place(name: name, language: words.language.code)
        if let last = kept.withLock({ $0[place] }), last.templates == templates,
            words.agree(with: last.words, on: last.keys)
        {
            return last.made
        }
        let reading = WordsReading()
        let made = try make(words.noting(in: reading))
        kept.withLock { $0[place] = Kept(made: made, words: words, keys: reading.keys, templates: templates) }
        return made
    }
}
