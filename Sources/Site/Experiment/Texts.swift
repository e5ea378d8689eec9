/// A text in several languages, or one for all of them.
public struct Texts: Sendable, Hashable {
    private enum Content: Hashable {
        case same(String)
        /// By code.
        case each([String: Localized])
    }

    private struct Localized: Hashable {
        let text: String
        /// Where the file has it, for messages.
        let place: FilePlace
    }

    private let content: Content
    /// What it is, and where the file has it, for messages.
    private let what: String
    private let place: FilePlace?

    /// The same text in all languages, such as a proper name.
    init(_ text: String) {
        content = .same(text)
        what = ""
        place = nil
    }

    /// - Parameter entries: of a mapping, by languages' codes.
    fileprivate init(
        _ what: String, _ entries: [(key: YAMLValue, code: String, value: YAMLValue)], in mapping: YAMLValue
    ) throws(ExperimentError) {
        var texts: [String: Localized] = [:]
        for (key, code, value) in entries { texts[code] = Localized(text: try value.text(what), place: key.place) }
        guard !texts.isEmpty else { throw mapping.fault("\(what) is wanted in each language; add one such as en") }
        content = .each(texts)
        self.what = what
        place = mapping.place
    }

    /// - Precondition: the text is in this language, which ``check(for:file:)`` has made sure of.
    public subscript(language: Language) -> String { self[language.code] ?? "" }

    /// The text in the language of a code, if it is in that.
    subscript(code: String) -> String? {
        switch content {
        case .same(let text): text
        case .each(let texts): texts[code]?.text
        }
    }

    /// Codes of the languages that it tells apart.
    private var codes: [String] {
        switch content {
        case .same: []
        case .each(let texts): texts.keys.sorted()
        }
    }

    /// Each text that it is in some language.
    var all: [String] {
        switch content {
        case .same(let text): [text]
        case .each(let texts): texts.sorted { $0.key < $1.key }.map(\.value.text)
        }
    }

    /// The first language in which it is the same as another, which may be all.
    func likeness(to other: Texts) -> (text: String, code: String?)? {
        if case .same(let text) = content, case .same(text) = other.content { return (text, nil) }
        let code = Set(codes + other.codes).sorted().first { self[$0] != nil && self[$0] == other[$0] }
        return code.flatMap { code in self[code].map { ($0, code) } }
    }

    /// - Throws: ``ExperimentError`` if it is not in each of the languages, or in one that is not among them.
    func check(for languages: [Language], file: String) throws(ExperimentError) {
        guard case .each(let texts) = content else { return }
        let known = languages.map(\.code)
        let strangers = texts.filter { !known.contains($0.key) }
        if let (code, text) = strangers.min(by: { ($0.value.place.line, $0.key) < ($1.value.place.line, $1.key) }) {
            throw ExperimentError(
                file: file, place: text.place,
                problem: "the site has no language \(code.inQuotes); \(known.advice(for: code))")
        }
        if let code = known.first(where: { texts[$0] == nil }) {
            throw ExperimentError(
                file: file, place: place, problem: "\(what) is wanted in each language; add \(code)")
        }
    }
}

extension YAMLValue {
    /// A text for all languages, or one for each: `Sneaker`, `{en: sneaker, ja: スニーカー}`.
    ///
    /// - Parameter what: what it is, such as "a name".
    func texts(_ what: String) throws(ExperimentError) -> Texts {
        guard isMapping else { return Texts(try text(what)) }
        return try Texts(what, localized(what).entries, in: self)
    }

    /// A text for each language, and the values under other keys that are known.
    func texts(
        _ what: String, besides known: [String], of whole: String
    ) throws(ExperimentError) -> (texts: Texts, others: [String: YAMLValue]) {
        let (entries, others) = try localized(whole, besides: known)
        return (try Texts(what, entries, in: self), others)
    }
}

extension String {
    /// Longest that a name may be, in Unicode scalars: a sentence that names two classes is to remain one.
    private static let longestName = 200

    /// What makes a text unfit for a name, to follow "has"; nil if nothing does.
    var defectAsName: String? {
        let scalars = unicodeScalars
        if allSatisfy(\.isWhitespace) { return "no name" }
        if let control = scalars.first(where: \.isControl) {
            return "a name with the control character \(control.codePoint)"
        }
        guard scalars.count <= String.longestName else {
            return "a name of \(scalars.count) characters, more than \(String.longestName),"
        }
        return nil
    }
}
