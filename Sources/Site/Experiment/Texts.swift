/// A text in every language of the site.
public struct Texts: Sendable, Hashable {
    private let texts: [Language: String]

    /// - Parameter text: gives the text in a language.
    public init<Failure: Error>(_ text: (Language) throws(Failure) -> String) throws(Failure) {
        var texts: [Language: String] = [:]
        for language in Language.allCases { texts[language] = try text(language) }
        self.texts = texts
    }

    /// The same text in all languages, such as a proper name.
    public init(_ text: String) { self.init { _ in text } }

    public subscript(language: Language) -> String { texts[language] ?? "" }

    /// Whether it is this in any language.
    func contains(_ text: String) -> Bool { texts.values.contains(text) }
}

extension YAMLValue {
    /// A text for all languages, or one for each: `Sneaker`, `{en: sneaker, ja: スニーカー}`.
    ///
    /// - Parameters:
    ///   - what: what it is, such as "a name".
    ///   - languages: the values by language, if they stand among other keys; those of this value without.
    func texts(_ what: String, among languages: YAMLFields? = nil) throws(ExperimentError) -> Texts {
        guard isMapping else { return Texts(try text(what)) }
        let codes = Language.allCases.map(\.rawValue)
        let fields = if let languages { languages } else { try self.fields(codes, of: what) }
        return try Texts { (language) throws(ExperimentError) -> String in
            guard let text = fields[language.rawValue] else {
                throw fault("\(what) is wanted in each language; add \(language.rawValue)")
            }
            return try text.text(what)
        }
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
