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

    func html() throws -> String {
        let (language, root) = (place.language, place.root)
        let (home, numbers) = (
            SitePage(kind: .article, language: language), SitePage(kind: .numbers, language: language)
        )
        var values: [String: Any] = try [
            "language": language.rawValue, "root": root, "parts": root + parts,
            "title": title, "description": description,
            "home": place == home ? "#top" : place.link(to: home),
            "numbers": place.link(to: numbers), "isNumbers": place == numbers, "isArticle": place == home,
            "other.language": language.other.rawValue, "other.name": words("page.other"),
            "other.page": place.link(to: place.in(language.other)),
            "sections": article.sections.map(sectionValues),
            "alternates": Language.allCases.map { alternate(language: $0.rawValue, of: $0) }
                + [alternate(language: "x-default", of: .japanese)],
            "hasCanonical": publication.address != nil, "canonical": address(of: language),
            "card": publication.address?.address(of: parts + language.cardPath) ?? "",
            "locale": language.locale, "otherLocale": language.other.locale,
            "hasFeed": publication.address != nil && publication.day != nil, "feed": root + language.feedPath,
            "hasDate": publication.day != nil, "day": publication.day?.text ?? "",
            "date": try words("date.published", ["date": publication.day?.text(in: language) ?? ""]),
        ]
        for key in words.keys where key.hasPrefix("page.") {
            values["words." + key.dropFirst("page.".count)] = try words(key)
        }
        return try templates.render("layout", values)
    }

    private func sectionValues(_ section: Article.Section) throws -> [String: Any] {
        let title = section.title.withoutTags
        return try [
            "id": section.id, "number": section.number, "heading": section.title, "body": section.body,
            "permalink": words("section.permalink", ["title": title]),
            "toOther": words("section.toOther", ["title": title]),
            "hasHeadings": !section.headings.isEmpty,
            "headings": section.headings.map { ["anchor": $0.id, "heading": $0.title] as [String: Any] },
        ]
    }

    private func alternate(language: String, of page: Language) -> [String: Any] {
        ["code": language, "address": address(of: page)]
    }

    /// Absolute if the site's address is known, else relative to this page.
    private func address(of language: Language) -> String {
        publication.address?.address(of: place.in(language).folder) ?? place.link(to: place.in(language))
    }
}
