import Foundation
import Learn

/// The strings of one language: captions, alt text, axis words, class names.
///
/// Read from `templates/strings/<language>/*.json`, each a flat object of key and text. A text may hold
/// placeholders in braces: `{network} の損失`. `{dataset}` is filled by the text `data.name` in any case. Words that
/// follow a number give a form for each of the language's ``Language/pluralForms``: `{n} {n|epoch|epochs}`. What fills
/// a placeholder stands as it is, whatever braces it holds.
public struct Words: Sendable, Equatable {
    public let language: Language
    private let texts: [String: String]
    /// Names from outside, by key: they hold no placeholders.
    private let names: [String: String]

    /// - Parameter texts: every string of the language by key.
    public init(language: Language, texts: [String: String]) { self.init(language: language, texts: texts, names: [:]) }

    private init(language: Language, texts: [String: String], names: [String: String]) {
        self.language = language
        self.texts = texts
        self.names = names
    }

    func has(_ key: String) -> Bool { texts[key] != nil || names[key] != nil }

    public var keys: Set<String> { Set(texts.keys).union(names.keys) }

    /// - Throws: ``SiteError`` if the key is missing or a placeholder has no value.
    public func callAsFunction(_ key: String, _ values: [String: String] = [:]) throws -> String {
        if let name = names[key] { return name }
        guard let text = texts[key] else { throw SiteError.missingString(key: key, language: language) }
        // Most texts have no placeholder, and a search takes its time.
        guard text.utf8.contains(UInt8(ascii: "{")) else { return text }
        return try text.replacing(Words.placeholder) { match in
            let name = String(match.1)
            let dataset = names["data.name"] ?? texts["data.name"]
            guard let value = values[name] ?? (name == "dataset" ? dataset : nil) else {
                throw SiteError.unfilledPlaceholder(key: key, placeholder: name, language: language)
            }
            let forms = Words.forms(match.2)
            return forms.isEmpty ? value : String(forms[min(language.pluralForm(of: value), forms.count - 1)])
        }
    }
}

extension Words {
    /// Made once, since making it takes longer than a search; it is only read.
    private nonisolated(unsafe) static let placeholder =
        /\{([A-Za-z0-9]+)((?:\|[^{}|]*)*)\}/.matchingSemantics(.unicodeScalar)

    /// The forms of a word that `|one|other` gives.
    private static func forms(_ text: Substring) -> [Substring] {
        text.split(separator: "|", omittingEmptySubsequences: false).dropFirst().map { $0 }
    }

    /// The first place of a text where a word has more or fewer forms than the language.
    private static func misformed(_ text: String, _ language: Language) -> Substring? {
        // Hardly any text has one, and a search for the pattern takes its time.
        guard text.utf8.contains(UInt8(ascii: "|")) else { return nil }
        return text.matches(of: /\{[A-Za-z0-9]+((?:\|[^{}|]*)+)\}/)
            .first { forms($0.1).count != language.pluralForms.count }?.0
    }

    /// The words with names from outside under some of the keys.
    func calling(_ names: [String: String]) -> Words { Words(language: language, texts: texts, names: names) }

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
                if let word = Words.misformed(text, language) {
                    let forms = language.pluralForms.joined(separator: ", ")
                    throw SiteError.malformed(
                        file: name, line: nil, problem: "\"\(key)\": give \(word) these forms: \(forms)")
                }
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
