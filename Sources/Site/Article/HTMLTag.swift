import Render

/// A tag of a page, as far as the build needs it to find headings, ids and links.
///
/// Read scalar by scalar, as a browser does: with a combining mark after it, a bracket is no `Character` of its own.
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
        let text = html.unicodeScalars
        while let start = html.utf8[position...].firstIndex(of: UInt8(ascii: "<")) {
            if text[start...].starts(with: "<!--".unicodeScalars) {
                position = text[start...].firstRange(of: "-->".unicodeScalars)?.upperBound ?? text.endIndex
                continue
            }
            guard let tag = HTMLTag.tag(at: start, in: text) else {
                position = text.index(after: start)
                continue
            }
            tags.append(tag)
            position = tag.range.upperBound
            if tag.name == "script" && !tag.isEnd {
                position = text[position...].firstRange(of: "</script".unicodeScalars)?.lowerBound ?? text.endIndex
            }
        }
        return tags
    }

    /// - Returns: nil if no element's tag begins there.
    private static func tag(at start: String.Index, in html: String.UnicodeScalarView) -> HTMLTag? {
        var reader = Reader(text: html, position: html.index(after: start))
        let isEnd = reader.accept("/")
        let name = reader.read { $0.isOfHTMLName }.lowercased()
        guard !name.isEmpty else { return nil }
        var attributes: [String: String] = [:]
        while true {
            _ = reader.read { $0.isHTMLSpace || $0 == "/" }
            if reader.isAtEnd || reader.accept(">") { break }
            let key = reader.read { !$0.isHTMLSpace && $0 != "=" && $0 != ">" && $0 != "/" }
            guard !key.isEmpty else { return nil }
            attributes[key.lowercased()] = reader.accept("=") ? reader.value().unescapedMarkup : ""
        }
        return HTMLTag(name: name, isEnd: isEnd, attributes: attributes, range: start..<reader.position)
    }

    private struct Reader {
        let text: String.UnicodeScalarView
        var position: String.Index

        var isAtEnd: Bool { position == text.endIndex }

        mutating func accept(_ scalar: Unicode.Scalar) -> Bool {
            guard !isAtEnd, text[position] == scalar else { return false }
            position = text.index(after: position)
            return true
        }

        mutating func read(while predicate: (Unicode.Scalar) -> Bool) -> String {
            let run = text[position...].prefix(while: predicate)
            position = run.endIndex
            return String(run)
        }

        /// An attribute's value, quoted or not.
        mutating func value() -> String {
            for quote in ["\"", "'"] as [Unicode.Scalar] where accept(quote) {
                let value = read { $0 != quote }
                _ = accept(quote)
                return value
            }
            return read { !$0.isHTMLSpace && $0 != ">" }
        }
    }
}

extension Unicode.Scalar {
    /// Source: WHATWG, "Infra", ASCII whitespace.
    fileprivate var isHTMLSpace: Bool {
        switch self {
        case " ", "\t", "\n", "\u{C}", "\r": true
        default: false
        }
    }

    fileprivate var isOfHTMLName: Bool {
        switch self {
        case "a"..."z", "A"..."Z", "0"..."9", "-": true
        default: !isASCII && properties.isAlphabetic
        }
    }
}

extension String {
    /// The text between the tags, references resolved.
    var withoutTags: String {
        var text = String.UnicodeScalarView()
        var position = startIndex
        for tag in HTMLTag.tags(in: self) {
            text += unicodeScalars[position..<tag.range.lowerBound]
            position = tag.range.upperBound
        }
        return String(text + unicodeScalars[position...]).unescapedMarkup
    }
}
