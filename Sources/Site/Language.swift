import Foundation

/// The languages of the article; each stands on its own, neither is a fallback for the other.
public enum Language: String, CaseIterable, Sendable {
    case japanese = "ja"
    case english = "en"
}

/// The strings of one language: captions, alt text, axis words, class names.
///
/// Read from `templates/strings/<language>/*.json`, each a flat object of key and text. A text may hold
/// placeholders in braces: `{network} の損失`.
public struct Words: Sendable {
    public let language: Language
    private let texts: [String: String]

    /// - Parameter texts: every string of the language by key.
    public init(language: Language, texts: [String: String]) {
        self.language = language
        self.texts = texts
    }

    /// - Throws: ``SiteError`` if the key is missing or a placeholder has no value.
    public func callAsFunction(_ key: String, _ values: [String: String] = [:]) throws -> String {
        guard var text = texts[key] else { throw SiteError.missingString(key: key, language: language) }
        for (name, value) in values { text = text.replacingOccurrences(of: "{\(name)}", with: value) }
        return text
    }
}
