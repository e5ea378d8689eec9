import Render

/// The article in one language with this run's numbers and figures in it.
struct Article {
    let language: Language
    let sections: [Section]

    struct Section: Equatable {
        let id: String
        /// From 1.
        let number: Int
        /// HTML of the title.
        let title: String
        let headings: [Heading]
        /// HTML after the title.
        let body: String
    }

    struct Heading: Equatable {
        let id: String
        /// HTML of the heading.
        let title: String
    }
}

/// Renders the article's sections.
struct ArticleRenderer {
    let source: ArticleSource
    let templates: TemplateFolder
    let words: Words
    let facts: Facts
    /// Names of the networks, in the order of the article.
    let networks: [String]
    /// Path in the site of the folder that holds what the page loads.
    let parts: String
    let figures: [PageFigure]
    /// Extent of each figure by id, in CSS pixels.
    let sizes: [String: (width: Int, height: Int)]
    let tables: [PageTable]
    let listings: [CodeListing]
    /// How to cite the article.
    let citation: String

    /// - Throws: ``SiteError`` for anything that the prose names and that is not there.
    func article() throws -> Article {
        let values = try proseValues()
        let sections = try source.sections.enumerated().map { index, section in
            let html: String
            do {
                html = try templates.render(section.template, values)
            } catch SiteError.unknownKey(let file, let line, let key) {
                throw SiteError.absentValue(file: file, line: line, key: key)
            }
            return try Article.Section(html: html, number: index + 1, of: section, words: words)
        }
        return Article(language: source.language, sections: sections)
    }

    private func proseValues() throws -> [String: Any] {
        var values: [String: Any] = ["root": source.language.root, "citation": citation]
        for (key, quantity) in facts.values {
            if let quantity { values["value.\(key)"] = try words(quantity) }
        }
        for (key, claim) in facts.claims {
            for outcome in claim.outcomes { values["claim.\(key).\(outcome)"] = outcome == claim.outcome }
        }
        let numbers = source.figureNumbers
        for figure in figures {
            guard let number = numbers[figure.id] else { continue }
            let label = try words("figure.label", ["n": String(number)])
            values["ref.\(figure.id)"] = "<a href=\"#figure-\(figure.id)\">\(label.escapedMarkup)</a>"
            values["figure.\(figure.id)"] = try html(of: figure, label: label)
        }
        for (index, section) in source.sections.enumerated() {
            let label = try words("section.label", ["n": String(index + 1)])
            values["section.\(section.id)"] = "<a href=\"#\(section.id)\">\(label.escapedMarkup)</a>"
        }
        for listing in listings {
            values["code.\(listing.excerpt.id)"] = try templates.render("partials/code", listing.values(words))
        }
        for widget in Widget.allCases {
            values["widget.\(widget.rawValue)"] = try widget.html(templates, words, networks: networks, parts: parts)
        }
        for table in tables { values["table.\(table.id)"] = try templates.render("partials/table", table.values) }
        return values
    }

    private func html(of figure: PageFigure, label: String) throws -> String {
        let (root, language) = (source.language.root, source.language)
        let size = sizes[figure.id] ?? (0, 0)
        return try templates.render(
            "partials/figure",
            [
                "id": figure.id, "label": label, "caption": try figure.caption(words),
                "altText": try figure.altText(words), "width": size.width, "height": size.height,
                "light": root + parts + figure.path(language, .light),
                "dark": root + parts + figure.path(language, .dark),
                "hasTable": try figure.table() != nil, "table": root + figure.tablePath,
                "enlarge": try words("figure.enlarge", ["label": label]), "download": try words("figure.data"),
                "permalink": try words("figure.permalink", ["label": label]),
            ])
    }
}

extension ArticleSource {
    /// Number of each figure, from 1, by id, in the order of their places.
    var figureNumbers: [String: Int] {
        let ids = keys(in: .figure).map(\.key)
        return Dictionary(zip(ids, 1...), uniquingKeysWith: { first, _ in first })
    }
}

extension Article.Section {
    /// Takes a rendered section apart: title, headings, body; each heading is given a link to itself.
    ///
    /// - Throws: ``SiteError`` if it does not begin with its title or a heading within it has no id.
    fileprivate init(
        html: String, number: Int, of source: ArticleSource.Section, words: Words
    ) throws {
        let tags = HTMLTag.tags(in: html)
        guard let start = tags.first, start.name == "h2", let end = tags.first(where: { $0.isEnd && $0.name == "h2" })
        else {
            throw SiteError.malformed(file: source.file, line: 1, problem: "a section begins with <h2>its title</h2>")
        }
        var body = ""
        var position = end.range.upperBound
        var headings: [Article.Heading] = []
        var open: HTMLTag?
        for tag in tags where tag.name == "h3" {
            guard tag.isEnd, let heading = open else {
                open = tag
                continue
            }
            guard let id = heading.attributes["id"] else {
                throw SiteError.malformed(file: source.file, line: nil, problem: "an <h3> has no id")
            }
            let title = String(html[heading.range.upperBound..<tag.range.lowerBound])
            let label = try words("section.permalink", ["title": title.withoutTags]).escapedMarkup
            body += html[position..<tag.range.lowerBound]
            body += " <a class=\"permalink\" href=\"#\(id)\" aria-label=\"\(label)\">#</a>"
            position = tag.range.lowerBound
            headings.append(Article.Heading(id: id, title: title))
            open = nil
        }
        self.init(
            id: source.id, number: number, title: String(html[start.range.upperBound..<end.range.lowerBound]),
            headings: headings, body: body + html[position...])
    }
}
