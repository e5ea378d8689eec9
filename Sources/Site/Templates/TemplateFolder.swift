import Foundation
import Learn

/// The templates of pages: layout, partials and what stands beside the article, read once and parsed.
struct TemplateFolder {
    /// Text of each template by name, which is its path in the folder without `.mustache`.
    let sources: [String: String]
    private let templates: [String: Template]

    /// - Throws: ``SiteError`` if there are none or one has a syntax error, with file and line.
    init(_ folder: URL) throws {
        var sources: [String: String] = [:]
        for part in [Part.pages, .partials] {
            for file in try TemplateFolder.files(in: folder, part) {
                let name = part.prefix + file.deletingPathExtension().lastPathComponent
                sources[name] = try TemplateFolder.text(of: file, named: TemplateFolder.file(of: name))
            }
        }
        guard sources["layout"] != nil else { throw SiteError.noTemplates(folder: folder.path) }
        try self.init(sources: sources)
    }

    init(sources: [String: String]) throws {
        try TemplateFolder.checkThatNoneIncludesItself(sources)
        var templates: [String: Template] = [:]
        for (name, text) in sources.sorted(by: { $0.key < $1.key }) {
            let file = TemplateFolder.file(of: name)
            for (_, tag) in try TemplateTag.split(text, file: file) {
                if let tag, tag.kind == .partial, sources[tag.key] == nil {
                    throw SiteError.unknownKey(file: file, line: tag.line, key: tag.key)
                }
            }
            templates[name] = try Template(text, file: file)
        }
        self.sources = sources
        self.templates = templates
    }

    /// A template that includes itself, also by way of others, would be rendered without end.
    private static func checkThatNoneIncludesItself(_ sources: [String: String]) throws {
        func follow(_ name: String, from path: [String]) throws {
            for (_, tag) in try TemplateTag.split(sources[name] ?? "", file: file(of: name)) {
                guard let tag, tag.kind == .partial else { continue }
                guard !path.contains(tag.key), tag.key != name else {
                    throw SiteError.malformed(
                        file: file(of: name), line: tag.line, problem: "{{>\(tag.key)}} makes a template include itself"
                    )
                }
                try follow(tag.key, from: path + [name])
            }
        }
        for name in sources.keys.sorted() { try follow(name, from: []) }
    }

    /// Renders a template.
    ///
    /// - Parameter values: every key that the template and its partials may name, dotted as they name it.
    /// - Throws: ``SiteError`` for a key that has no value, with the file and line that name it.
    func render(_ name: String, _ values: [String: Any]) throws -> String {
        guard let template = templates[name] else {
            throw SiteError.malformed(
                file: TemplateFolder.file(of: name), line: nil, problem: "there is no such template")
        }
        var text = ""
        try template.render([values], templates, to: &text)
        return text
    }

    static func file(of name: String) -> String { name + ".mustache" }
}
