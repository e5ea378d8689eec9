import Learn

/// The page of an experiment without a story: the figures of the data, of each network, and of all beside each other,
/// under headings and with the tables, written as templates of the article's form.
struct PlainArticle {
    let networks: [Network]
    let hasStudy: Bool

    /// The templates of one language by name.
    func templates(_ words: Words) throws -> [String: String] {
        var sections = [try section("data", words("plain.data"), figures: FigureCatalog.data(for: networks))]
        for network in networks {
            sections.append(
                try section(
                    "network-\(network.name)", words("network.\(network.name)"),
                    figures: FigureCatalog.figures(of: network)))
        }
        let tables = ["networks", "classes", "confidence"] + (hasStudy ? ["study"] : [])
        sections.append(
            try section(
                "comparison", words(networks.count > 1 ? "plain.comparison" : "plain.results"),
                figures: FigureCatalog.comparisons(of: networks, hasStudy: hasStudy), tables: tables))
        sections.append(
            try section("reproduce", words("plain.settings"), figures: [], tables: ["settings", "digests"]))
        let names = sections.enumerated().map { index, section in
            // Of equal length, since they are told in the order of their names.
            return "article/\(10_000 + index)-\(section.id).\(words.language.rawValue)"
        }
        return Dictionary(zip(names, sections.map(\.text)), uniquingKeysWith: { first, _ in first })
    }

    private func section(
        _ id: String, _ title: String, figures: [any FigureContent], tables: [String] = []
    ) throws -> (id: String, text: String) {
        let lines =
            ["<h2>\(title.escapedMarkup.replacing("{", with: "&#123;"))</h2>"] + tables.map { "{{{table.\($0)}}}" }
            + figures.map { "{{{figure.\(Figure($0).id)}}}" }
        return (id, lines.joined(separator: "\n\n") + "\n")
    }
}

extension TemplateFolder {
    /// These templates with another article.
    func replacingArticle(with templates: [String: String]) throws -> TemplateFolder {
        try TemplateFolder(sources: sources.filter { !$0.key.hasPrefix("article/") }.merging(templates) { $1 })
    }
}
