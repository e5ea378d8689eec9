import Foundation
import Learn

/// The strings of one language: captions, alt text, axis words, class names.
///
/// Read from `templates/strings/<language>/*.json`, each a flat object of key and text. A text may hold placeholders in
/// braces, `{network} の損失`, and choose words by a number: `{n} {n -> [one] epoch [other] epochs}`, with a text for each
/// of the language's ``PluralRules/forms``. `{dataset}` is filled by the text `data.name` in any case. What fills a
/// placeholder stands as it is, whatever braces it holds.
public struct Words: Sendable {
    public let language: Language
    private let texts: [String: Text]
    /// Names from outside, by key: they hold no placeholders.
    private let names: [String: String]
    /// Told each key that is looked up, if anybody wants to know.
    private var reading: WordsReading?

    private struct Text: Sendable, Equatable {
        let source: String
        let pieces: [ProsePiece]

        /// Names of the values that it states.
        var values: Set<String> {
            var values: Set<String> = []
            pieces.walk { piece, _ in
                if case .value(let name) = piece.kind { values.insert(name) }
            }
            return values
        }
    }

    /// - Parameter texts: every string of the language by key.
    /// - Throws: ``SiteError/prose(at:problem:)`` for a text that cannot be read.
    public init(language: Language, texts: [String: String]) throws {
        self.init(
            language: language, texts: try texts.mapValues { try Words.text($0, file: "strings", language) }, names: [:]
        )
    }

    private init(language: Language, texts: [String: Text], names: [String: String]) {
        self.language = language
        self.texts = texts
        self.names = names
    }

    func has(_ key: String) -> Bool { text(key) != nil || name(key) != nil }

    public var keys: Set<String> {
        precondition(reading == nil, "what depends on all keys cannot be noted by key")
        return Set(texts.keys).union(names.keys)
    }

    private func text(_ key: String) -> Text? {
        reading?.note(key)
        return texts[key]
    }

    private func name(_ key: String) -> String? {
        reading?.note(key)
        return names[key]
    }

    /// - Throws: ``SiteError`` if the key is missing or a placeholder has no value.
    public func callAsFunction(_ key: String, _ values: [String: String] = [:]) throws -> String {
        try parts(key, values).map(\.text).joined()
    }

    /// A stretch of a text: what the strings say, or what fills a placeholder.
    struct Part {
        let text: String
        let isValue: Bool
    }

    /// The text in its parts, for who tells the strings' own signs from those in a value.
    ///
    /// - Throws: ``SiteError`` if the key is missing or a placeholder has no value.
    func parts(_ key: String, _ values: [String: String] = [:]) throws -> [Part] {
        if let name = name(key) { return [Part(text: name, isValue: true)] }
        guard let text = text(key) else { throw SiteError.missingString(key: key, language: language) }
        var parts: [Part] = []
        try fill(text.pieces, of: key, values, into: &parts)
        return parts
    }

    private func fill(
        _ pieces: [ProsePiece], of key: String, _ values: [String: String], into parts: inout [Part]
    ) throws {
        func value(_ name: String) throws -> String {
            if let value = values[name] { return value }
            if name == "dataset", let dataset = self.name("data.name") ?? text("data.name").map({ $0.source }) {
                return dataset
            }
            throw SiteError.unfilledPlaceholder(key: key, placeholder: name, language: language)
        }
        for piece in pieces {
            switch piece.kind {
            case .text(let literal), .literal(let literal): parts.append(Part(text: literal, isValue: false))
            case .value(let name): parts.append(Part(text: try value(name), isValue: true))
            case .selector(let selector):
                try fill(
                    selector.variant(for: value(selector.subject), language)?.pieces ?? [], of: key, values,
                    into: &parts
                )
            case .reference, .ruby: break
            }
        }
    }
}

extension Words {
    /// Whether the strings are those of another language, and state the same values. By which number they choose a form
    /// of a word, each knows best.
    ///
    /// - Throws: ``SiteError`` that names the string.
    func check(saysTheSameAs other: Words) throws {
        for (key, text) in texts.sorted(by: { $0.key < $1.key }) {
            guard let twin = other.texts[key] else {
                throw SiteError.missingString(key: key, language: other.language)
            }
            if let value = text.values.subtracting(twin.values).min() {
                throw SiteError.malformed(
                    file: TemplateFolder.Part.strings(other.language.code).prefix, line: nil,
                    problem: "\"\(key)\" does not state {\(value)}, which it does in \(language.code)")
            }
        }
    }

    private static func text(_ source: String, file: String, _ language: Language) throws -> Text {
        let pieces = try ProseParser.plainText(source, file: file)
        try pieces.walk { piece, _ in
            guard case .selector(let selector) = piece.kind, let misfit = selector.misfit(by: language) else { return }
            throw piece.place.error(misfit)
        }
        return Text(source: source, pieces: pieces)
    }

    /// The words with names from outside under some of the keys.
    func calling(_ names: [String: String]) -> Words { Words(language: language, texts: texts, names: names) }

    /// The same words, whose keys are noted as they are looked up.
    func noting(in reading: WordsReading) -> Words {
        var words = self
        words.reading = reading
        return words
    }

    /// Whether other words are of the same language and have the same to say under these keys.
    func agree(with other: Words, on keys: Set<String>) -> Bool {
        language == other.language && keys.allSatisfy { texts[$0] == other.texts[$0] && names[$0] == other.names[$0] }
    }

    /// A text with its placeholders left as they are, for a script to fill.
    ///
    /// - Throws: ``SiteError`` if the key is missing.
    func template(_ key: String) throws -> String {
        guard let text = text(key) else { throw SiteError.missingString(key: key, language: language) }
        return text.source
    }

    /// Reads every strings file of a language.
    ///
    /// - Parameter folder: the folder of all templates.
    /// - Throws: ``SiteError`` if there are none, one is not a flat object of texts, or two define one key.
    public init(language: Language, templates folder: URL) throws {
        let part = TemplateFolder.Part.strings(language.code)
        let files = try TemplateFolder.files(in: folder, part)
        guard !files.isEmpty else {
            throw SiteError.noTemplates(folder: folder.appending(path: "strings/\(language.code)").path)
        }
        var texts: [String: Text] = [:]
        for file in files {
            let name = part.prefix + file.lastPathComponent
            let content = try TemplateFolder.content(of: file, named: name)
            for (key, source) in try Words.texts(content, named: name).sorted(by: { $0.key < $1.key }) {
                let text: Text
                do {
                    text = try Words.text(source, file: name, language)
                } catch SiteError.prose(let place, let problem) {
                    throw place.within(content, text: source, of: key).error(problem)
                }
                guard texts.updateValue(text, forKey: key) == nil else {
                    throw SiteError.malformed(file: name, line: nil, problem: "\"\(key)\" is defined a second time")
                }
            }
        }
        self.init(language: language, texts: texts, names: [:])
    }

    static func texts(_ content: Data, named name: String) throws -> [String: String] {
        do {
            return try JSONDecoder().decode([String: String].self, from: content)
        } catch {
            throw SiteError.malformed(
                file: name, line: lineOfFault(in: content), problem: "not a JSON object of keys and texts")
        }
    }

    /// The line at which content stops being JSON; nil if it only ends too early, or is JSON of something else.
    private static func lineOfFault(in content: Data) -> Int? {
        do {
            _ = try JSONSerialization.jsonObject(with: content)
            return nil
        } catch let error as NSError {
            // Foundation tells the place in words alone.
            let told = error.userInfo[NSDebugDescriptionErrorKey] as? String
            guard let place = told?.firstMatch(of: /around character ([0-9]+)/).flatMap({ Int($0.1) }) else {
                return nil
            }
            return content.prefix(place).count { $0 == UInt8(ascii: "\n") } + 1
        }
    }
}
