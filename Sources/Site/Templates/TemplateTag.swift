/// One tag of a template as it stands in its file: every key is looked at before anything is rendered, also in text that
/// this run's outcomes leave out.
struct TemplateTag: Equatable, Sendable {
    enum Kind: Character {
        case value = " "
        /// A value that is markup: `{{{key}}}`.
        case markup = "{"
        case section = "#"
        case inverted = "^"
        case end = "/"
        /// Puts another template in its place.
        case partial = ">"
        case comment = "!"
    }

    var kind = Kind.value
    var key: String
    /// Line in the file, from 1.
    var line: Int
}

extension TemplateTag {
    /// The text before each tag with the tag, and at last the text after all of them.
    ///
    /// A line that has nothing but a tag which shows no value is left out, but for what another template puts there.
    ///
    /// - Throws: ``SiteError`` for a tag that does not end or that the site's templates do not use.
    static func split(_ text: String, file: String) throws -> [(text: Substring, tag: TemplateTag?)] {
        var texts: [Substring] = []
        var tags: [TemplateTag] = []
        var line = 1
        var rest = text[...]
        while let start = rest.firstRange(of: "{{") {
            texts.append(rest[..<start.lowerBound])
            line += rest[..<start.lowerBound].count(where: \.isNewline)
            rest = rest[start.upperBound...]
            guard let end = rest.firstRange(of: "}}") else {
                throw SiteError.malformed(file: file, line: line, problem: "a tag is not closed")
            }
            let content = rest[..<end.lowerBound]
            rest = rest[end.upperBound...]
            if content.first == "{", rest.first == "}" { rest = rest.dropFirst() }
            tags.append(try tag(content, file: file, line: line))
            line += content.count(where: \.isNewline)
        }
        texts.append(rest)
        let isAlone = tags.indices.map { place in
            ![.value, .markup].contains(tags[place].kind)
                && texts[place].endsLine(isFirst: place == 0)
                && texts[place + 1].beginsLine(isLast: place == tags.count - 1)
        }
        for (place, isAlone) in isAlone.enumerated() where isAlone {
            texts[place] = texts[place].withoutBlankEnd
            texts[place + 1] = texts[place + 1].withoutBlankLine
        }
        return zip(texts, tags.map(Optional.some) + [nil]).map { ($0, $1) }
    }

    private static func tag(_ content: Substring, file: String, line: Int) throws -> TemplateTag {
        let kind = content.first.flatMap { $0 == " " ? nil : Kind(rawValue: $0) }
        if kind == .comment { return TemplateTag(kind: .comment, key: "", line: line) }
        let key = (kind == nil ? content : content.dropFirst()).trimmingWhitespace
        guard !key.isEmpty, key.utf8.allSatisfy(isOfAKey) else {
            throw SiteError.malformed(file: file, line: line, problem: "{{\(content)}} is no tag of these templates")
        }
        return TemplateTag(kind: kind ?? .value, key: String(key), line: line)
    }

    private static func isOfAKey(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default:
            "_./-".utf8.contains(byte)
        }
    }
}

extension Substring {
    fileprivate var trimmingWhitespace: Substring {
        let head = drop(while: \.isWhitespace)
        guard let last = head.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return head[...last]
    }

    private static func isBlank(_ character: Character) -> Bool { character == " " || character == "\t" }

    /// The text without the blanks at its end.
    fileprivate var withoutBlankEnd: Substring {
        lastIndex { !Substring.isBlank($0) }.map { self[...$0] } ?? ""
    }

    /// The text after the blanks at its begin and the end of their line.
    fileprivate var withoutBlankLine: Substring { drop(while: Substring.isBlank).dropFirst() }

    /// Whether a line begins at its end, but for blanks.
    fileprivate func endsLine(isFirst: Bool) -> Bool {
        let rest = withoutBlankEnd
        return rest.last?.isNewline ?? isFirst
    }

    /// Whether there are nothing but blanks up to the end of its first line.
    fileprivate func beginsLine(isLast: Bool) -> Bool {
        let rest = drop(while: Substring.isBlank)
        return rest.first?.isNewline ?? isLast
    }
}
