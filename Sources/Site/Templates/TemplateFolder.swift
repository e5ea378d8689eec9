import Foundation
import Learn
import Mustache

/// The templates of pages: layout, partials and what stands beside the article, read once and parsed.
struct TemplateFolder {
    /// Text of each template by name, which is its path in the folder without `.mustache`.
    let sources: [String: String]
    private let library: MustacheLibrary

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
        var library = MustacheLibrary()
        try TemplateFolder.checkThatNoneIncludesItself(sources)
        for (name, text) in sources.sorted(by: { $0.key < $1.key }) {
            for tag in try TemplateTag.tags(in: text, file: TemplateFolder.file(of: name))
            where tag.isPartial && sources[tag.key] == nil {
                throw SiteError.unknownKey(file: TemplateFolder.file(of: name), line: tag.line, key: tag.key)
            }
            do {
                try library.register(TemplateEscaping.asked(for: text), named: name)
            } catch let error as MustacheTemplate.ParserError {
                throw SiteError.malformed(
                    file: TemplateFolder.file(of: name), line: error.context.lineNumber - 1,
                    problem: TemplateFolder.problem(error.error))
            }
        }
        self.sources = sources
        self.library = library
    }

    /// A template that includes itself, also by way of others, would be rendered without end.
    private static func checkThatNoneIncludesItself(_ sources: [String: String]) throws {
        func follow(_ name: String, from path: [String]) throws {
            let tags = try TemplateTag.tags(in: sources[name] ?? "", file: file(of: name))
            for tag in tags where tag.isPartial {
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
        let misses = TemplateScope.Misses()
        guard let text = library.render(TemplateScope(values, misses: misses), withTemplate: name) else {
            throw SiteError.malformed(
                file: TemplateFolder.file(of: name), line: nil, problem: "there is no such template")
        }
        if let missed = misses.keys.first { throw try complaint(about: missed, in: name) }
        return text
    }

    static func file(of name: String) -> String { name + ".mustache" }

    private static func problem(_ error: any Error) -> String {
        switch error {
        case MustacheTemplate.Error.expectedSectionEnd: "a section that begins before is not closed with {{/...}}"
        case MustacheTemplate.Error.sectionCloseNameIncorrect: "the {{/...}} here closes another section than is open"
        case MustacheTemplate.Error.unfinishedName: "a tag is not closed"
        default: "not a template that can be understood (\(error))"
        }
    }

    /// Looks for the tag that named a missing key in the template and in the partials it uses.
    private func complaint(about missed: String, in name: String) throws -> SiteError {
        var names = [name]
        var index = 0
        while index < names.count {
            let file = TemplateFolder.file(of: names[index])
            let tags = try TemplateTag.tags(in: sources[names[index]] ?? "", file: file)
            for tag in tags {
                if tag.isPartial {
                    if !names.contains(tag.key) { names.append(tag.key) }
                } else if tag.key == missed || tag.key.hasPrefix(missed + ".") {
                    return .unknownKey(file: file, line: tag.line, key: tag.key)
                }
            }
            index += 1
        }
        return .unknownKey(file: TemplateFolder.file(of: name), line: 1, key: missed)
    }
}
