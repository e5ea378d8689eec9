/// A tag of a page, as far as the build needs it to find headings, ids and links.
struct HTMLTag {
    /// Lower-case name of the element.
    let name: String
    let isEnd: Bool
    /// Attributes by lower-case name, character references resolved; an attribute without a value is empty.
    let attributes: [String: String]
    /// Where the tag stands in the text.
    let range: Range<String.Index>
}

extension HTMLTag {
    /// The tags of well-formed HTML, in order; comments, doctypes and the content of scripts are passed over.
    static func tags(in html: String) -> [HTMLTag] {
        var tags: [HTMLTag] = []
        var position = html.startIndex
        while let start = html[position...].firstIndex(of: "<") {
            if html[start...].hasPrefix("<!--") {
                position = html[start...].firstRange(of: "-->")?.upperBound ?? html.endIndex
                continue
            }
            guard let tag = HTMLTag.tag(at: start, in: html) else {
                position = html.index(after: start)
                continue
            }
            tags.append(tag)
            position = tag.range.upperBound
            if tag.name == "script" && !tag.isEnd {
                position = html[position...].firstRange(of: "</script")?.lowerBound ?? html.endIndex
            }
        }
        return tags
    }

    /// - Returns: nil if no element's tag begins there.
    private static func tag(at start: String.Index, in html: String) -> HTMLTag? {
        var reader = Reader(text: html, position: html.index(after: start))
        let isEnd = reader.accept("/")
        let name = reader.read { $0.isLetter || $0.isNumber || $0 == "-" }.lowercased()
        guard !name.isEmpty else { return nil }
        var attributes: [String: String] = [:]
        while true {
            _ = reader.read { $0.isWhitespace || $0 == "/" }
            if reader.isAtEnd || reader.accept(">") { break }
            let key = reader.read { !$0.isWhitespace && $0 != "=" && $0 != ">" && $0 != "/" }
            guard !key.isEmpty else { return nil }
            attributes[key.lowercased()] = reader.accept("=") ? reader.value().unescapedHTML : ""
        }
        return HTMLTag(name: name, isEnd: isEnd, attributes: attributes, range: start..<reader.position)
    }

    private struct Reader {
        let text: String
        var position: String.Index

        var isAtEnd: Bool { position == text.endIndex }

        mutating func accept(_ character: Character) -> Bool {
            guard !isAtEnd, text[position] == character else { return false }
            position = text.index(after: position)
            return true
        }

        mutating func read(while predicate: (Character) -> Bool) -> String {
            let run = text[position...].prefix(while: predicate)
            position = run.endIndex
            return String(run)
        }

        /// An attribute's value, quoted or not.
        mutating func value() -> String {
            for quote in ["\"", "'"] as [Character] where accept(quote) {
                let value = read { $0 != quote }
                _ = accept(quote)
                return value
            }
            return read { !$0.isWhitespace && $0 != ">" }
        }
    }
}

extension String {
    /// The text with the characters that mean something in HTML replaced by references.
    var escapedHTML: String {
        var escaped = ""
        for character in self {
            switch character {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            default: escaped.append(character)
            }
        }
        return escaped
    }

    /// The text with the references that ``escapedHTML`` writes resolved.
    var unescapedHTML: String {
        guard contains("&") else { return self }
        return [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")]
            .reduce(self) { $0.replacing($1.0, with: $1.1) }
    }

    /// The text between the tags, references resolved.
    var withoutTags: String {
        var text = ""
        var position = startIndex
        for tag in HTMLTag.tags(in: self) {
            text += self[position..<tag.range.lowerBound]
            position = tag.range.upperBound
        }
        return (text + self[position...]).unescapedHTML
    }
}
