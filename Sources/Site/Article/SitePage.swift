/// One of the site's pages in a language: where it lies, and the way from it to the others.
struct SitePage: Equatable {
    enum Kind: Hashable {
        /// The page that is read first: the story, or else the networks beside each other.
        case article
        /// The networks beside each other, of an experiment with a story.
        case networks
        /// Everything about one network.
        case network(String)
        /// The networks, run in the page on any image.
        case laboratory
        /// How a story's runs can be made again, and by which rules its verdicts were reached.
        case reproduction
        /// What each number and claim means.
        case numbers
    }

    let kind: Kind
    let language: Language
}

extension SitePage.Kind {
    /// All pages of a site.
    static func all(networks: [String], hasStory: Bool) -> [SitePage.Kind] {
        [.article] + (hasStory ? [.networks] : []) + networks.map(SitePage.Kind.network)
            + [.laboratory] + (hasStory ? [.reproduction] : []) + [.numbers]
    }

    fileprivate var folder: String {
        switch self {
        case .article: ""
        case .networks: "networks/"
        case .network(let name): "networks/\(name)/"
        case .laboratory: "lab/"
        case .reproduction: "reproduction/"
        case .numbers: "numbers/"
        }
    }
}

extension SitePage {
    /// Folder of the page, empty for the site's root.
    var folder: String {
        (language.isFirst ? "" : "\(language.code)/") + kind.folder
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
