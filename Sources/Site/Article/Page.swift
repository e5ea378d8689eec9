/// A whole page: an article in its language between the site's furniture.
struct Page {
    let place: SitePage
    let title: String
    let description: String
    let article: Article
    let words: Words
    let templates: TemplateFolder
    /// Path in the site of the folder that holds what the page loads.
    let parts: String
    let publication: Publication
    /// Of the site, in their order.
    let languages: [Language]
    /// Of all pages of a language.
    let kinds: [SitePage.Kind]

    private var others: [Language] { languages.filter { $0 != article.language } }

    func html() throws -> String {
        let (language, root) = (place.language, place.root)
        let home = language.home
        var values: [String: Any] = try [
            "language": language.code, "root": root, "parts": root + parts,
            "title": title, "description": description,
            "home": place == home ? "#top" : place.link(to: home),
            "isNumbers": place.kind == .numbers, "hasWidgets": place.kind == .laboratory || hasStory && place == home,
            "pages": pages.map(values), "networks": networks.map(values),
            "hasNetworks": isOfNetworks,
            "others": others.map(values),
            "sections": article.sections.map(sectionValues),
            "alternates": languages.map { alternate($0.code, $0) }
                + languages.prefix(1).map { alternate("x-default", $0) },
            "hasCanonical": publication.address != nil, "canonical": address(of: language),
            "card": publication.address?.address(of: parts + language.cardPath) ?? "",
            "locale": language.locale,
            "hasFeed": publication.address != nil && publication.day != nil, "feed": root + language.feedPath,
            "hasDate": publication.day != nil, "day": publication.day?.text ?? "",
            "footer": words(place.kind == .laboratory ? "laboratory.footer" : "page.footer"),
            "date": try words("date.published", ["date": publication.day?.text(in: language) ?? ""]),
        ]
        for key in words.keys where key.hasPrefix("page.") {
            values["words." + key.dropFirst("page.".count)] = try words(key)
        }
        return try templates.render("layout", values)
    }

    private var isOfNetworks: Bool {
        switch place.kind {
        case .article: !hasStory
        case .networks, .network: true
        case .laboratory, .reproduction, .numbers: false
        }
    }

    private var hasStory: Bool { kinds.contains(.networks) }

    /// The pages to which each page leads, and what they are called.
    private var pages: [(SitePage.Kind, String)] {
        get throws {
            let story: [(SitePage.Kind, String)] =
                try hasStory
                ? [
                    (.article, words("page.story")), (.networks, words("page.networks")),
                    (.laboratory, words("page.laboratory")), (.reproduction, words("page.reproduction")),
                ] : [(.article, words("page.networks")), (.laboratory, words("page.laboratory"))]
            return story + [(.numbers, try words("page.numbers"))]
        }
    }

    private var networks: [(SitePage.Kind, String)] {
        get throws {
            try kinds.compactMap { kind in
                guard case .network(let name) = kind else { return nil }
                return (kind, try words("network.\(name)"))
            }
        }
    }

    /// Of a link to another page in this language.
    private func values(_ kind: SitePage.Kind, _ name: String) -> [String: Any] {
        let page = SitePage(kind: kind, language: place.language)
        return ["name": name, "page": page == place ? "#top" : place.link(to: page), "isCurrent": page == place]
    }

    /// Of a link to the page in another language.
    private func values(_ other: Language) -> [String: Any] {
        [
            "language": other.code, "name": other.name, "locale": other.locale,
            "page": place.link(to: place.in(other)),
        ]
    }

    private func sectionValues(_ section: Article.Section) throws -> [String: Any] {
        let (language, title) = (article.language, section.title.withoutTags)
        return try [
            "id": section.id, "isNumbered": section.number != nil, "number": section.number ?? 0,
            "heading": section.title, "body": section.body,
            "permalink": words("section.permalink", ["title": title]),
            "links": others.map { other in
                var values = values(other)
                values["title"] = try words(
                    "section.toOther", ["title": title, "language": language.name(of: other)])
                return values
            },
        ]
    }

    private func alternate(_ code: String, _ language: Language) -> [String: Any] {
        ["code": code, "address": address(of: language)]
    }

    /// Absolute if the site's address is known, else relative to this page.
    private func address(of language: Language) -> String {
        publication.address?.address(of: place.in(language).folder) ?? place.link(to: place.in(language))
    }
}
