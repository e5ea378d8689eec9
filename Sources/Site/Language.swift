/// The languages of the article; each stands on its own, neither is a fallback for the other.
public enum Language: String, CaseIterable, Sendable {
    case japanese = "ja"
    case english = "en"
}

extension Language {
    public var other: Language { self == .japanese ? .english : .japanese }

    /// Where the language's page lies in the site.
    public var pagePath: String { folder + "index.html" }

    /// Folder of the language's page, empty for the site's root.
    public var folder: String { self == .japanese ? "" : "\(rawValue)/" }

    /// The way from the language's page back to the site's root.
    public var root: String { self == .japanese ? "" : "../" }
}
