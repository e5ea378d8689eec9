import Foundation

/// Where something stands in a file of prose.
public struct ProsePlace: Sendable, Equatable {
    let file: String
    /// From 1.
    let line: Int
    /// From 1, in Unicode scalars.
    let column: Int
    /// The line as it stands there.
    let text: String

    func error(_ problem: String) -> SiteError { .prose(at: self, problem: problem) }
}

extension ProsePlace: CustomStringConvertible {
    public var description: String { "\(file):\(line):\(column)" }

    /// The line, or of a long one what stands around the column.
    var excerpt: String {
        let scalars = Array(text.unicodeScalars)
        let reach = 30
        guard scalars.count > 2 * reach else { return String(String.UnicodeScalarView(scalars)) }
        let start = max(0, min(column - 1 - reach / 2, scalars.count - 2 * reach))
        let end = min(scalars.count, start + 2 * reach)
        let middle = String(String.UnicodeScalarView(scalars[start..<end]))
        return (start > 0 ? "…" : "") + middle + (end < scalars.count ? "…" : "")
    }
}

extension ProsePlace {
    /// The place in a file of JSON, for a place in a text of it; where the text is written with escapes, its line.
    func within(_ content: Data, text: String, of key: String) -> ProsePlace {
        let lines = String(decoding: content, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        let written = lines.enumerated().first { $0.element.contains("\"\(key)\"") }
        guard let (index, line) = written else { return self }
        let before = line.firstRange(of: text).map { line.unicodeScalars[..<$0.lowerBound].count }
        return ProsePlace(
            file: file, line: index + 1, column: before.map { $0 + column } ?? 1, text: String(line))
    }
}
