import Learn

/// The page of an experiment without a story: the figures of the data, of each network, and of all beside each other,
/// under headings and with the tables, as a tree of prose.
struct PlainArticle {
    let networks: [Network]
    let hasStudy: Bool

    /// The page in one language.
    func source(_ words: Words) throws -> ArticleSource {
        var sections = [
            section("data", try words("plain.data"), figures: FigureCatalog.data(for: networks))
        ]
        for network in networks {
            sections.append(
                section(
                    "network-\(network.name)", try words("network.\(network.name)"),
                    figures: FigureCatalog.figures(of: network)))
        }
        let tables = ["networks", "classes", "confidence"] + (hasStudy ? ["study"] : [])
        sections.append(
            section(
                "comparison", try words(networks.count > 1 ? "plain.comparison" : "plain.results"),
                figures: FigureCatalog.comparisons(of: networks, hasStudy: hasStudy), tables: tables))
        sections.append(
            section("reproduce", try words("plain.settings"), figures: [], tables: ["settings", "digests"]))
        return ArticleSource(language: words.language, sections: sections)
    }

    private func section(
        _ id: String, _ title: String, figures: [any FigureContent], tables: [String] = []
    ) -> ArticleSource.Section {
        // Nobody wrote it: what an error would show is the section.
        let place = ProsePlace(file: id, line: 1, column: 1, text: title)
        let title = ProseBlock(
            kind: .title, place: place, pieces: [ProsePiece(kind: .literal(title), place: place)])
        let blocks =
            tables.map { ProseBlock(kind: .placed(.table, id: $0), place: place) }
            + figures.map { ProseBlock(kind: .placed(.figure, id: Figure($0).id), place: place) }
        return ArticleSource.Section(id: id, file: id, title: title, blocks: blocks)
    }
}
