/// A whole page: the article in its language between the site's furniture.
struct Page {
    let article: Article
    let words: Words
    let templates: TemplateFolder
    /// Path in the site of the folder that holds what the page loads.
    let parts: String
    let publication: Publication

    func html() throws -> String {
        let language = article.language
        var values: [String: Any] = try [
            "language": language.rawValue, "root": language.root, "parts": language.root + parts,
            "title": words("page.title"), "description": words("page.description"),
            "other.language": language.other.rawValue, "other.name": words("page.other"),
            "other.page": language.root + language.other.pagePath,
            "sections": article.sections.map(sectionValues),
            "alternates": Language.allCases.map { alternate(language: $0.rawValue, of: $0) }
                + [alternate(language: "x-default", of: .japanese)],
            "hasCanonical": publication.address != nil, "canonical": address(of: language),
            "card": publication.address?.address(of: parts + language.cardPath) ?? "",
            "locale": language.locale, "otherLocale": language.other.locale,
            "hasFeed": publication.address != nil && publication.day != nil, "feed": language.root + language.feedPath,
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
        publication.address?.address(of: language.folder) ?? article.language.root + language.pagePath
    }
}
