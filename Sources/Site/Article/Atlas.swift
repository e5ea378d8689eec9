import Learn

/// The pages that show everything, generated for any experiment: one a network with all of its figures, one that holds
/// the networks beside each other, and the laboratory.
struct Atlas {
    let networks: [Network]
    let relations: Relations
    let hasStudy: Bool
    /// Whether there are runs of four networks that differ in two changes.
    let hasFactors: Bool

    /// All pages in one language, the overview first, as trees of prose under headings.
    ///
    /// - Parameter written: sections that hold for any experiment, each with its figures, for the overview.
    func pages(_ words: Words, beside written: [ArticleSource.Section] = []) throws -> [AuthoredPage] {
        try [overview(words, beside: written)] + networks.map { try page(of: $0, words) } + [laboratory(words)]
    }

    /// The data, and the networks beside each other.
    private func overview(_ words: Words, beside written: [ArticleSource.Section]) throws -> AuthoredPage {
        let told = Set(written.flatMap { $0.placed(.figure) }.map(\.id))
        let compared = FigureCatalog.comparisons(
            of: networks, relations: relations, hasStudy: hasStudy, hasFactors: hasFactors
        ).filter { !told.contains(Figure($0).id) }
        let settings = networks.contains(where: \.isTrained) ? ["settings"] : []
        let sections =
            [
                section(
                    "networks", try words("atlas.networks"),
                    try figures(FigureCatalog.hero(for: networks)) + [links(words)] + tables(["networks"])),
                section("data", try words("atlas.data"), figures(FigureCatalog.data(for: networks))),
                section(
                    "comparison", try words(networks.count > 1 ? "atlas.comparison" : "atlas.results"),
                    tables(["classes", "confidence"] + (hasStudy ? ["study"] : [])) + figures(compared)),
            ] + written + [
                section("reproduce", try words("atlas.settings"), tables(settings + ["digests"]))
            ]
        let isHome = !relations.hasStory
        return AuthoredPage(
            place: isHome ? words.language.home : SitePage(kind: .networks, language: words.language),
            title: try words(isHome ? "page.title" : "atlas.title"),
            description: try words(isHome ? "page.description" : "atlas.description"),
            source: ArticleSource(language: words.language, sections: sections))
    }

    /// The networks, run in the page.
    private func laboratory(_ words: Words) throws -> AuthoredPage {
        let part = ProseBlock(kind: .placed(.widget, id: Widget.laboratory.rawValue), place: place("laboratory"))
        let notes = try ["input", "look", "switch", "keys"].map { paragraph(try words("laboratory.about.\($0)")) }
        return AuthoredPage(
            place: SitePage(kind: .laboratory, language: words.language), title: try words("laboratory.title"),
            description: try words("laboratory.description"),
            source: ArticleSource(
                language: words.language,
                sections: [
                    section("laboratory", try words("laboratory.networks"), [part]),
                    section("use", try words("laboratory.about"), notes),
                ]))
    }

    /// Everything about one network.
    private func page(of network: Network, _ words: Words) throws -> AuthoredPage {
        var sections: [ArticleSource.Section] = []
        for (part, contents) in FigureCatalog.parts(of: network) {
            let notes = try notes(on: network, part, words)
            guard !contents.isEmpty || !notes.isEmpty else { continue }
            sections.append(
                section(part.rawValue, try words("atlas.\(part.rawValue)"), figures(contents) + notes.map(paragraph)))
        }
        sections.append(section("downloads", try words("atlas.downloads"), [try downloads(of: network, words)]))
        let names = ["network": try words.name(of: network), "phrase": try words.phrase(for: network)]
        return AuthoredPage(
            place: SitePage(kind: .network(network.name), language: words.language),
            title: try words("atlas.network.title", names), description: try words("atlas.network.description", names),
            source: ArticleSource(language: words.language, sections: sections))
    }

    /// Which figures a network cannot have, and why.
    private func notes(on network: Network, _ part: NetworkPart, _ words: Words) throws -> [String] {
        switch part {
        case .training: return network.isTrained ? [] : [try words("atlas.noTraining")]
        case .outputs: return network.mapLayers.isEmpty ? [try words("atlas.noMaps")] : []
        case .weights:
            guard let channels = network.convolutions.first?.input.last else { return [try words("atlas.noKernels")] }
            return network.isTrained && channels > 1
                ? [try words("atlas.noEvolution", ["channels": words.count(channels)])] : []
        case .architecture, .filters, .answers: return []
        }
    }

    /// Links to the networks' pages, each with the layers that it has.
    private func links(_ words: Words) throws -> ProseBlock {
        let items = try networks.enumerated().map { index, network in
            let path = SitePage(kind: .network(network.name), language: words.language).path
            let layers = network.architecture.notation.joined(separator: ", ")
            return [
                text(index == 0 ? "- [" : "\n- ["), literal(try words.name(of: network)), text("](/\(path)) "),
                literal(layers),
            ]
        }
        return ProseBlock(kind: .list, place: place("networks"), pieces: items.flatMap { $0 })
    }

    private func downloads(of network: Network, _ words: Words) throws -> ProseBlock {
        let name = network.name
        let files = ["data/\(name).json", "models/\(name).safetensors", "models/\(name).onnx"]
        let items = try zip(["records", "weights", "model"], files).map { kind, path in
            "- [\(try words("atlas.downloads.\(kind)"))](/\(path))"
        }
        return ProseBlock(kind: .list, place: place("downloads"), pieces: [text(items.joined(separator: "\n"))])
    }

    private func section(_ id: String, _ title: String, _ blocks: [ProseBlock]) -> ArticleSource.Section {
        let title = ProseBlock(kind: .title, place: place(title), pieces: [literal(title)])
        return ArticleSource.Section(id: id, file: id, title: title, blocks: blocks)
    }

    private func figures(_ contents: [any FigureContent]) -> [ProseBlock] {
        contents.map { ProseBlock(kind: .placed(.figure, id: Figure($0).id), place: place($0.id)) }
    }

    private func tables(_ ids: [String]) -> [ProseBlock] {
        ids.map { ProseBlock(kind: .placed(.table, id: $0), place: place($0)) }
    }

    private func paragraph(_ text: String) -> ProseBlock {
        ProseBlock(kind: .paragraph, place: place(text), pieces: [literal(text)])
    }

    private func literal(_ text: String) -> ProsePiece { ProsePiece(kind: .literal(text), place: place(text)) }

    private func text(_ text: String) -> ProsePiece { ProsePiece(kind: .text(text), place: place(text)) }

    /// Nobody wrote it: what an error would show is the text itself.
    private func place(_ text: String) -> ProsePlace { ProsePlace(file: "atlas", line: 1, column: 1, text: text) }
}
