import Foundation

/// Passages of the package's own sources that the article shows, cut out where the sources mark them:
///
///     // excerpt: name
///     ...
///     // end of excerpt
struct Excerpts {
    struct Excerpt: Equatable {
        let id: String
        /// Path of the file in the package.
        let path: String
        /// The lines between the marks, without their common indentation.
        let text: String
    }

    private(set) var excerpts: [String: Excerpt] = [:]

    /// - Parameter package: the package's folder, the one that holds `Sources`.
    /// - Throws: ``SiteError`` for a file that cannot be read, a mark without its counterpart or a name used twice.
    init(package: URL) throws {
        let folder = package.appending(path: "Sources").resolvingSymlinksInPath()
        guard let paths = FileManager.default.enumerator(atPath: folder.path) else {
            throw SiteError.malformed(
                file: folder.path, line: nil, problem: "is not there; the article shows passages of the sources")
        }
        // Hidden are the locks and copies of editors.
        let sources = paths.compactMap { $0 as? String }.sorted()
            .filter { $0.hasSuffix(".swift") && !$0.hasPrefix(".") && !$0.contains("/.") }
        let cut = try sources.concurrentMap { path in
            let source = try TemplateFolder.text(of: folder.appending(path: path), named: "Sources/" + path)
            return try Excerpts.cut(source, path: "Sources/" + path)
        }
        for excerpt in cut.joined() {
            guard excerpts.updateValue(excerpt, forKey: excerpt.id) == nil else {
                throw SiteError.malformed(
                    file: excerpt.path, line: nil, problem: "excerpt \"\(excerpt.id)\" is marked a second time")
            }
        }
    }

    static func cut(_ source: String, path: String) throws -> [Excerpt] {
        var excerpts: [Excerpt] = []
        var open: (id: String, lines: [Substring], line: Int)?
        // All sources of the package are gone through: by bytes, it takes a tenth of the time.
        let lines = source.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() {
            let mark = line.drop { $0 == UInt8(ascii: " ") }
            if mark.starts(with: start.utf8) {
                guard open == nil else { throw unbalanced(path, index + 1) }
                open = (String(Substring(mark.dropFirst(start.utf8.count))), [], index + 1)
            } else if mark.elementsEqual(end.utf8) {
                guard let ended = open else { throw unbalanced(path, index + 1) }
                excerpts.append(Excerpt(id: ended.id, path: path, text: dedented(ended.lines)))
                open = nil
            } else {
                open?.lines.append(Substring(line))
            }
        }
        if let open { throw unbalanced(path, open.line) }
        return excerpts
    }

    private static let start = "// excerpt: "
    private static let end = "// end of excerpt"

    private static func unbalanced(_ path: String, _ line: Int) -> SiteError {
        .malformed(file: path, line: line, problem: "an excerpt's mark has no counterpart")
    }

    private static func dedented(_ lines: [Substring]) -> String {
        let indents = lines.filter { !$0.allSatisfy(\.isWhitespace) }.map { $0.prefix { $0 == " " }.count }
        let indent = indents.min() ?? 0
        return lines.map { String($0.dropFirst(indent)) }.joined(separator: "\n")
    }
}
