/// A page before numbers and figures are put in: written by hand as the story is, or generated.
struct AuthoredPage {
    let place: SitePage
    let title: String
    let description: String
    let source: ArticleSource
}

extension AuthoredPage {
    /// The page that is read first, and that on which its last section stands by itself.
    static func story(_ source: ArticleSource, _ words: Words) throws -> [AuthoredPage] {
        let (story, reproduction) = source.split(at: ArticleSource.reproductionSection)
        let first = AuthoredPage(
            place: source.language.home, title: try words("page.title"), description: try words("page.description"),
            source: story)
        guard !reproduction.sections.isEmpty else { return [first] }
        let second = AuthoredPage(
            place: SitePage(kind: .reproduction, language: source.language), title: try words("reproduction.title"),
            description: try words("reproduction.description"), source: reproduction)
        return [first, second]
    }
}

/// Where prose can refer to in one language: figures, sections that were written, and the generated pages.
struct SitePlaces {
    struct Place: Equatable {
        let page: SitePage
        /// From 1 on its page.
        let number: Int
        /// Title of the page.
        let title: String
    }

    /// By the figure's id: the places on the pages, the story's first.
    private let places: [String: [Place]]
    /// Of what was written, by the section's id.
    let sections: [String: Place]
    /// The generated pages by what prose calls them, with their titles.
    let pages: [String: (page: SitePage, title: String)]

    /// - Parameter pages: of one language, the story first.
    init(_ pages: [AuthoredPage]) {
        var places: [String: [Place]] = [:]
        var sections: [String: Place] = [:]
        for page in pages {
            for (number, section) in page.source.numbered where page.place.kind.reference == nil {
                sections[section.id] = number.map { Place(page: page.place, number: $0, title: page.title) }
            }
            for (index, figure) in page.source.placed(.figure).enumerated() {
                places[figure.id, default: []].append(Place(page: page.place, number: index + 1, title: page.title))
            }
        }
        self.places = places
        self.sections = sections
        self.pages = Dictionary(
            pages.compactMap { page in page.place.kind.reference.map { ($0, (page.place, page.title)) } },
            uniquingKeysWith: { $1 })
    }

    /// Each figure's place that a page refers to: its own, or else the first there is.
    func seen(from page: SitePage) -> [String: Place] {
        places.compactMapValues { places in places.first { $0.page == page } ?? places.first }
    }

    /// Where else than on a page a figure stands.
    func elsewhere(_ figure: String, than page: SitePage) -> Place? {
        places[figure]?.last { $0.page != page }
    }
}

extension SitePage.Kind {
    /// How prose refers to a generated page: `@networks`, `@network-lenet5`, `@laboratory`; nil for others.
    var reference: String? {
        switch self {
        case .networks: "networks"
        case .network(let name): "network-\(name)"
        case .laboratory: "laboratory"
        case .article, .reproduction, .numbers: nil
        }
    }
}
