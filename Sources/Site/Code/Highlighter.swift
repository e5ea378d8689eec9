import Render

/// Colours code when the page is built, so that the page needs no script for it.
struct Highlighter {
    private let keywords: Set<String>
    private let comment: String

    static let swift = Highlighter(
        keywords: [
            "as", "case", "defer", "else", "enum", "extension", "fileprivate", "for", "func", "guard", "if", "in",
            "init", "inout", "internal", "is", "let", "nil", "private", "protocol", "public", "return", "self",
            "some", "static", "struct", "switch", "throw", "throws", "try", "var", "where", "while",
        ], comment: "//")

    static let python = Highlighter(
        keywords: [
            "and", "as", "def", "elif", "else", "False", "for", "from", "if", "import", "in", "is", "lambda", "None",
            "not", "or", "return", "True", "while", "with",
        ], comment: "#")

    static let yaml = Highlighter(keywords: ["true", "false", "null"], comment: "#")

    /// The one for the language that a file's name tells.
    static func of(_ path: String) -> Highlighter { path.hasSuffix(".yml") || path.hasSuffix(".yaml") ? yaml : swift }

    /// The code as HTML: comments, strings, numbers, keywords and types in spans whose class begins with `code-`.
    func html(_ code: String) -> String {
        var html = ""
        var rest = code[...]
        while let first = rest.first {
            let (kind, length) = token(at: rest, first)
            let text = String(rest.prefix(length)).escapedMarkup
            html += kind.map { "<span class=\"code-\($0)\">\(text)</span>" } ?? text
            rest = rest.dropFirst(length)
        }
        return html
    }

    /// The kind of the next token, nil for one without a colour, and its length in characters.
    private func token(at text: Substring, _ first: Character) -> (kind: String?, length: Int) {
        if text.hasPrefix(comment) { return ("comment", text.prefix { !$0.isNewline }.count) }
        if first == "\"" || first == "'" { return ("string", Highlighter.stringLength(text, quote: first)) }
        if first.isNumber {
            return ("number", text.prefix { $0.isNumber || $0.isLetter || $0 == "." || $0 == "_" || $0 == "-" }.count)
        }
        guard first.isLetter || first == "_" else { return (nil, 1) }
        let word = text.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
        if keywords.contains(String(word)) { return ("keyword", word.count) }
        return (first.isUppercase ? "type" : nil, word.count)
    }

    private static func stringLength(_ text: Substring, quote: Character) -> Int {
        var length = 1
        var isEscaped = false
        for character in text.dropFirst() {
            length += 1
            if character == quote && !isEscaped || character.isNewline { break }
            isEscaped = character == "\\" && !isEscaped
        }
        return length
    }
}
