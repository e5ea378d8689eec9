import Foundation

/// The strings of one language: captions, alt text, axis words, class names.
///
/// Read from `templates/strings/<language>/*.json`, each a flat object of key and text. A text may hold
/// placeholders in braces: `{network} の損失`. `{dataset}` is filled by the text `data.name` in any case.
public struct Words: Sendable, Equatable {
    public let language: Language
    private let texts: [String: String]

    /// - Parameter texts: every string of the language by key.
    public init(language: Language, texts: [String: String]) {
        self.language = language
        self.texts = texts
    }

    public var keys: Set<String> { Set(texts.keys) }

    /// - Throws: ``SiteError`` if the key is missing or a placeholder has no value.
    public func callAsFunction(_ key: String, _ values: [String: String] = [:]) throws -> String {
        guard let text = texts[key] else { throw SiteError.missingString(key: key, language: language) }
        return try text.replacing(/\{([A-Za-z0-9]+)\}/) { match in
            let name = String(match.1)
            guard let value = values[name] ?? (name == "dataset" ? texts["data.name"] : nil) else {
                throw SiteError.unfilledPlaceholder(key: key, placeholder: name, language: language)
            }
            return value
        }
    }
}

extension Words {
    /// The words with other texts under some of the keys.
    func replacing(_ others: [String: String]) -> Words {
        Words(language: language, texts: texts.merging(others) { $1 })
    }

    /// A text with its placeholders left as they are, for a script to fill.
    ///
    /// - Throws: ``SiteError`` if the key is missing.
    func template(_ key: String) throws -> String {
        guard let text = texts[key] else { throw SiteError.missingString(key: key, language: language) }
        return text
    }

    /// Reads every strings file of a language.
    ///
    /// - Parameter folder: the folder of all templates.
    /// - Throws: ``SiteError`` if there are none, one is not a flat object of texts, or two define one key.
    public init(language: Language, templates folder: URL) throws {
        let part = TemplateFolder.Part.strings(language)
        let files = try TemplateFolder.files(in: folder, part)
        guard !files.isEmpty else {
            throw SiteError.noTemplates(folder: folder.appending(path: "strings/\(language.rawValue)").path)
        }
        var texts: [String: String] = [:]
        for file in files {
            let name = part.prefix + file.lastPathComponent
            for (key, text) in try Words.texts(TemplateFolder.content(of: file, named: name), named: name) {
                guard texts.updateValue(text, forKey: key) == nil else {
                    throw SiteError.malformed(file: name, line: nil, problem: "\"\(key)\" is defined a second time")
                }
            }
        }
        self.init(language: language, texts: texts)
    }

    static func texts(_ content: Data, named name: String) throws -> [String: String] {
        do {
            return try JSONDecoder().decode([String: String].self, from: content)
        } catch {
            throw SiteError.malformed(file: name, line: nil, problem: "not a JSON object of keys and texts")
        }
    }
}
