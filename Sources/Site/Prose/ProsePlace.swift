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
