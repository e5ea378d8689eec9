/// One of the site's pages in a language: where it lies, and the way from it to the others.
struct SitePage: Equatable {
    enum Kind: String, CaseIterable {
        /// The story, or the plain page of all figures.
        case article
        /// What each number and claim means.
        case numbers
    }

    let kind: Kind
    let language: Language
}

extension SitePage {
    /// All pages of a language.
    static func all(in language: Language) -> [SitePage] {
        Kind.allCases.map { SitePage(kind: $0, language: language) }
    }

    /// Folder of the page, empty for the site's root.
    var folder: String {
        let language = language.isFirst ? "" : "\(language.code)/"
        return kind == .article ? language : "\(language)\(kind.rawValue)/"
    }

    var path: String { folder + "index.html" }

    /// The way from the page back to the site's root.
    var root: String { String(repeating: "../", count: folder.count { $0 == "/" }) }

    /// The same page in another language.
    func `in`(_ language: Language) -> SitePage { SitePage(kind: kind, language: language) }

    /// The way from the page to another: to the file itself, for a folder opened from a disk shows no page.
    func link(to other: SitePage) -> String {
        let (ours, theirs) = (folder.split(separator: "/"), other.path.split(separator: "/"))
        let common = zip(ours, theirs).prefix { $0 == $1 }.count
        return (ours.dropFirst(common).map { _ in ".." } + theirs.dropFirst(common)).joined(separator: "/")
    }
}

extension Language {
    /// The page that is read first.
    var home: SitePage { SitePage(kind: .article, language: self) }
}
