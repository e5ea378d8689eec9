import Learn

/// The page of an experiment without a story: the figures of the data, of each network, and of all beside each other,
/// under headings and with the tables, as a tree of prose.
struct PlainArticle {
    let networks: [Network]
    let relations: Relations
    let hasStudy: Bool

    /// The page in one language.
    ///
    /// - Parameter written: sections that hold for any experiment, each with its figures.
    func source(_ words: Words, beside written: [ArticleSource.Section] = []) throws -> ArticleSource {
        var sections = [
            section("data", try words("plain.data"), figures: FigureCatalog.data(for: networks))
        ]
        for network in networks {
            sections.append(
                section(
                    "network-\(network.name)", try words("network.\(network.name)"),
                    figures: FigureCatalog.figures(of: network), notes: try notes(on: network, words)))
        }
        let tables = ["networks", "classes", "confidence"] + (hasStudy ? ["study"] : [])
        sections.append(
            section(
                "comparison", try words(networks.count > 1 ? "plain.comparison" : "plain.results"),
                figures: FigureCatalog.comparisons(of: networks, relations: relations, hasStudy: hasStudy),
                tables: tables))
        sections += written
        let settings = networks.contains(where: \.isTrained) ? ["settings"] : []
        sections.append(
            section("reproduce", try words("plain.settings"), figures: [], tables: settings + ["digests"]))
        return ArticleSource(language: words.language, sections: sections)
    }

    /// Which figures a network cannot have, and why.
    private func notes(on network: Network, _ words: Words) throws -> [String] {
        var notes: [String] = []
        if !network.isTrained { notes.append(try words("plain.noTraining")) }
        if network.mapLayers.isEmpty { notes.append(try words("plain.noMaps")) }
        if network.convolutions.isEmpty { notes.append(try words("plain.noKernels")) }
        if network.isTrained, let channels = network.convolutions.first?.input.last, channels > 1 {
            notes.append(try words("plain.noEvolution", ["channels": words.count(channels)]))
        }
        return notes
    }

    private func section(
        _ id: String, _ title: String, figures: [any FigureContent], tables: [String] = [],
        notes: [String] = []
    ) -> ArticleSource.Section {
        // Nobody wrote it: what an error would show is the section.
        let place = ProsePlace(file: id, line: 1, column: 1, text: title)
        let title = ProseBlock(
            kind: .title, place: place, pieces: [ProsePiece(kind: .literal(title), place: place)])
        let blocks =
            tables.map { ProseBlock(kind: .placed(.table, id: $0), place: place) }
            + figures.map { ProseBlock(kind: .placed(.figure, id: Figure($0).id), place: place) }
            + notes.map { note in
                let pieces = [ProsePiece(kind: .literal(note), place: place)]
                return ProseBlock(kind: .paragraph, place: place, pieces: pieces)
            }
        return ArticleSource.Section(id: id, file: id, title: title, blocks: blocks)
    }
}
