import Render

/// A template in its parts: Mustache, as far as the site's templates use it.
///
/// `{{key}}` is a value as markup shows it, `{{{key}}}` one that is markup, `{{>name}}` another template. What stands
/// between `{{#key}}` and `{{/key}}` is there once for each of several values, or if the value is true; between `{{^key}}`
/// and `{{/key}}` it is there if the value is false or there are none. A tag that has its line to itself leaves no line.
///
/// Source: "mustache(5)", <https://mustache.github.io/mustache.5.html>.
struct Template: Sendable {
    private indirect enum Piece {
        case text(String)
        case value(TemplateTag, isMarkup: Bool)
        case partial(String)
        case section(TemplateTag, isInverted: Bool, Template)
    }

    private var pieces: [Piece] = []
    /// Where it is written.
    private let file: String
}

extension Template {
    /// - Throws: ``SiteError`` for a tag that is not one of these, and for a section that is not closed.
    init(_ text: String, file: String) throws {
        self.init(file: file)
        var open: [(tag: TemplateTag, begun: Template)] = []
        for (literal, tag) in try TemplateTag.split(text, file: file) {
            if !literal.isEmpty { pieces.append(.text(String(literal))) }
            switch tag?.kind {
            case nil, .comment: break
            case .value, .markup: if let tag { pieces.append(.value(tag, isMarkup: tag.kind == .markup)) }
            case .partial: if let tag { pieces.append(.partial(tag.key)) }
            case .section, .inverted:
                guard let tag else { break }
                open.append((tag, self))
                pieces = []
            case .end:
                guard let begin = open.popLast(), begin.tag.key == tag?.key else {
                    throw SiteError.malformed(
                        file: file, line: tag?.line, problem: "the {{/...}} here closes another section than is open")
                }
                let section = Piece.section(begin.tag, isInverted: begin.tag.kind == .inverted, self)
                pieces = begin.begun.pieces + [section]
            }
        }
        if let last = open.last {
            throw SiteError.malformed(
                file: file, line: last.tag.line,
                problem: "the section that begins here is not closed with {{/\(last.tag.key)}}")
        }
    }

    private init(file: String) { self.file = file }

    /// Appends the template with its values.
    ///
    /// - Parameters:
    ///   - scopes: values by key, the innermost last.
    ///   - partials: the templates that it may name.
    /// - Throws: ``SiteError/unknownKey(file:line:key:)`` for a key that has no value.
    func render(_ scopes: [[String: Any]], _ partials: [String: Template], to output: inout String) throws {
        for piece in pieces {
            switch piece {
            case .text(let text): output += text
            case .value(let tag, let isMarkup):
                let value = try value(of: tag, in: scopes)
                let text = value as? String ?? "\(value)"
                output += isMarkup ? text : text.escapedMarkup
            case .partial(let name): try partials[name]?.render(scopes, partials, to: &output)
            case .section(let tag, let isInverted, let content):
                let value = try value(of: tag, in: scopes)
                let elements = value as? [[String: Any]] ?? (value as? Bool == true ? [[:]] : [])
                if isInverted {
                    if elements.isEmpty { try content.render(scopes, partials, to: &output) }
                } else {
                    for element in elements { try content.render(scopes + [element], partials, to: &output) }
                }
            }
        }
    }

    private func value(of tag: TemplateTag, in scopes: [[String: Any]]) throws -> Any {
        for scope in scopes.reversed() {
            if let value = scope[tag.key] { return value }
        }
        throw SiteError.unknownKey(file: file, line: tag.line, key: tag.key)
    }
}
