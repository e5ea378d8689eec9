/// One tag of a template as it stands in its file: what the build checks before it renders anything.
///
/// Mustache renders an unknown key as nothing; here every key is looked at, also in text that this run's
/// outcomes leave out.
struct TemplateTag: Equatable {
    var key: String
    /// Whether it puts another template in its place: `{{>name}}`.
    var isPartial = false
    /// Line in the file, from 1.
    var line: Int
}

extension TemplateTag {
    /// The tags of a template, in order; comments are left out.
    ///
    /// - Throws: ``SiteError`` for a tag that does not end or that the site's templates do not use.
    static func tags(in text: String, file: String) throws -> [TemplateTag] {
        var tags: [TemplateTag] = []
        var line = 1
        var rest = text[...]
        while let start = rest.firstRange(of: "{{") {
            line += rest[..<start.lowerBound].count(where: \.isNewline)
            rest = rest[start.upperBound...]
            guard let end = rest.firstRange(of: "}}") else {
                throw SiteError.malformed(file: file, line: line, problem: "a tag is not closed")
            }
            let content = rest[..<end.lowerBound]
            rest = rest[end.upperBound...]
            if content.first == "{", rest.first == "}" { rest = rest.dropFirst() }
            if let tag = try tag(content, file: file, line: line) { tags.append(tag) }
            line += content.count(where: \.isNewline)
        }
        return tags
    }

    private static func tag(_ content: Substring, file: String, line: Int) throws -> TemplateTag? {
        if content.first == "!" { return nil }
        let hasSigil = content.first.map { "{&#^/>".contains($0) } ?? false
        let key = (hasSigil ? content.dropFirst() : content).trimmingWhitespace
        guard !key.isEmpty, key.utf8.allSatisfy(isOfAKey) else {
            throw SiteError.malformed(file: file, line: line, problem: "{{\(content)}} is no tag of these templates")
        }
        return TemplateTag(key: String(key), isPartial: content.first == ">", line: line)
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
}
