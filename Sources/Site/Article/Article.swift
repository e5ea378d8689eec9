import Render

/// The article in one language with this run's numbers and figures in it.
struct Article {
    let language: Language
    let sections: [Section]

    struct Section: Equatable {
        let id: String
        /// From 1; nil for the opening.
        let number: Int?
        /// HTML of the title.
        let title: String
        /// HTML after the title.
        let body: String
    }
}

/// Renders the article's sections.
struct ArticleRenderer {
    let place: SitePage
    let source: ArticleSource
    /// Of the whole site, in the page's language.
    let places: SitePlaces
    let templates: TemplateFolder
    let words: Words
    let facts: Facts
    /// Names of the networks, in the order of the article.
    let networks: [String]
    /// Path in the site of the folder that holds what the page loads.
    let parts: String
    let figures: [PageFigure]
    /// The figures as they were drawn, in this language.
    let drawings: [FigureDrawing]
    let tables: [PageTable]
    let listings: [CodeListing]
    /// How to cite the article.
    let citation: String

    /// - Throws: ``SiteError`` for anything that the prose names and that is not there.
    func article() throws -> Article {
        let seen = places.seen(from: place)
        let prose = try renderer(seen)
        let sections = try source.numbered.map { number, section in
            var body = ""
            var isInteractive = false
            for block in section.blocks {
                if block.isInteractive != isInteractive {
                    isInteractive = block.isInteractive
                    body += isInteractive ? "<div class=\"interactive\">\n" : "</div>\n"
                }
                body += try html(of: block, prose, seen)
            }
            return Article.Section(
                id: section.id, number: number, title: try prose.inline(section.title),
                body: body + (isInteractive ? "</div>\n" : ""))
        }
        return Article(language: source.language, sections: sections)
    }

    private func renderer(_ seen: [String: SitePlaces.Place]) throws -> ProseRenderer {
        var references = places.pages.mapValues { page, title in
            "<a href=\"\(place.link(to: page))\">\(title.escapedMarkup)</a>"
        }
        for (id, figure) in seen {
            references[id] =
                "<a href=\"\(link(to: figure))#figure-\(id)\">\(try label(of: figure).escapedMarkup)</a>"
        }
        for (id, section) in places.sections {
            let label = try label(of: section, "section")
            references[id] = "<a href=\"\(link(to: section))#\(id)\">\(label.escapedMarkup)</a>"
        }
        let numbers = place.link(to: SitePage(kind: .numbers, language: source.language))
        return ProseRenderer(
            language: source.language, root: place.root,
            value: { key in
                if key == ArticleSource.citation { return ProseValue(text: citation) }
                return try facts[fact: key]?.quantity.map { quantity in
                    try ProseValue(
                        text: words(quantity), number: quantity.machineReadable, definition: "\(numbers)#\(key)")
                }
            },
            number: { key in facts[fact: key]?.quantity?.whole.map { words.digits(Double($0), places: 0) } },
            outcome: { facts[claim: $0]?.outcome },
            reference: { [references] in references[$0] })
    }

    private func html(
        of block: ProseBlock, _ prose: ProseRenderer, _ seen: [String: SitePlaces.Place]
    ) throws -> String {
        switch block.kind {
        case .paragraph, .list: return try prose.html(of: block)
        case .title: return ""
        case .verbatim: return try prose.verbatim(block)
        case .placed(let placed, let id): return try html(of: placed, id, seen, at: block.place)
        case .heading(let id):
            let title = try prose.inline(block)
            let label = try words("section.permalink", ["title": title.withoutTags]).escapedMarkup
            let link = "<a class=\"permalink\" href=\"#\(id)\" aria-label=\"\(label)\">#</a>"
            return "<h3 id=\"\(id)\">\(title) \(link)</h3>\n"
        }
    }

    private func html(
        of placed: ProseBlock.Placed, _ id: String, _ seen: [String: SitePlaces.Place], at origin: ProsePlace
    ) throws -> String {
        switch placed {
        case .figure:
            if let figure = figures.first(where: { $0.id == id }), let seen = seen[id] {
                return try html(of: figure, label: label(of: seen))
            }
        case .table:
            if let table = tables.first(where: { $0.id == id }) {
                return try table.parts(words).map { try templates.render("partials/table", $0.values) }.joined()
            }
        case .code:
            if let listing = listings.first(where: { $0.excerpt.id == id }) {
                return try templates.render("partials/code", listing.values(words))
            }
        case .widget:
            if let widget = Widget(rawValue: id) {
                let still = figures.first { $0.id == widget.still(of: networks) }
                return try widget.html(
                    templates, words, root: place.root + parts,
                    laboratory: place.link(to: SitePage(kind: .laboratory, language: source.language)),
                    still: still.map(pictureValues) ?? [:])
            }
        }
        throw origin.error("there is no \(placed.rawValue) \"\(id)\" of these runs")
    }

    /// What a figure or section is called on this page: by its number, and where it stands on another, by that.
    private func label(of seen: SitePlaces.Place, _ kind: String = "figure") throws -> String {
        let number = String(seen.number)
        return seen.page == place
            ? try words("\(kind).label", ["n": number])
            : try words("\(kind).elsewhere", ["n": number, "title": seen.title])
    }

    /// Empty for this page.
    private func link(to seen: SitePlaces.Place) -> String { seen.page == place ? "" : place.link(to: seen.page) }

    private func extent(of figure: PageFigure, _ format: Format) -> (width: Int, height: Int) {
        drawings.first { $0.id == figure.id && $0.format == format }
            .map { ($0.image.width, $0.image.height) } ?? (0, 0)
    }

    private func html(of figure: PageFigure, label: String) throws -> String {
        let size = extent(of: figure, figure.format)
        let other = places.elsewhere(figure.id, than: place)
        let values: [String: Any] = try [
            "id": figure.id, "label": label, "caption": figure.caption(words), "format": figure.format.rawValue,
            // With very many classes: on paper it takes a sheet of its own.
            "isTall": Double(size.height) > 2.2 * Double(size.width),
            "hasTable": figure.table() != nil, "table": place.root + figure.tablePath,
            "enlarge": words("figure.enlarge", ["label": label]), "download": words("figure.data"),
            "permalink": words("figure.permalink", ["label": label]), "isElsewhere": other != nil,
            "elsewhere": other.map { place.link(to: $0.page) + "#figure-\(figure.id)" } ?? "",
            "elsewhereTitle": other.map { try words("figure.atlas", ["title": $0.title]) } ?? "",
        ]
        return try templates.render("partials/figure", values.merging(pictureValues(figure)) { $1 })
    }

    /// What `partials/picture` uses.
    private func pictureValues(_ figure: PageFigure) throws -> [String: Any] {
        let size = extent(of: figure, figure.format)
        let narrow = extent(of: figure, .narrow)
        func file(_ appearance: Appearance, _ format: Format) -> String {
            place.root + parts + figure.path(source.language, appearance, format)
        }
        return [
            "altText": try figure.altText(words), "width": size.width, "height": size.height,
            "light": file(.light, figure.format), "dark": file(.dark, figure.format),
            "narrowWidth": narrow.width, "narrowHeight": narrow.height,
            "narrowLight": file(.light, .narrow), "narrowDark": file(.dark, .narrow),
        ]
    }
}
