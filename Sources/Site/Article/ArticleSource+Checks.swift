extension ArticleSource {
    /// What the article may name.
    struct Vocabulary {
        let facts: Facts
        /// Ids of the catalogue's figures.
        let figures: [String]
        /// How prose refers to the generated pages.
        let pages: [String]
        let tables: Set<String>
        /// Names of the passages that the sources mark.
        let excerpts: Set<String>
    }

    /// The value that is no fact: how to cite the article.
    static let citation = "citation"

    /// Checks everything that can be checked without rendering, so that a mistake is found whatever the runs say.
    ///
    /// - Throws: ``SiteError`` for the first mistake.
    func check(against vocabulary: Vocabulary) throws {
        for section in sections {
            for block in [section.title] + section.blocks {
                try check(block, against: vocabulary)
                try block.pieces.walk { piece, _ in try check(piece, against: vocabulary) }
            }
        }
        var placed: Set<String> = []
        for (id, place) in self.placed(.figure) where !placed.insert(id).inserted {
            throw place.error("figure \"\(id)\" is placed a second time; refer to it with @\(id)")
        }
    }

    private func check(_ block: ProseBlock, against vocabulary: Vocabulary) throws {
        guard case .placed(let placed, let id) = block.kind else { return }
        let isKnown =
            switch placed {
            case .figure: vocabulary.figures.contains(id)
            case .table: vocabulary.tables.contains(id)
            case .code: vocabulary.excerpts.contains(id)
            case .widget: Widget(rawValue: id) != nil
            }
        if !isKnown { throw block.place.error("there is no \(placed.rawValue) \"\(id)\"") }
    }

    private func check(_ piece: ProsePiece, against vocabulary: Vocabulary) throws {
        switch piece.kind {
        case .text, .ruby, .literal: break
        case .value(let key):
            let facts = vocabulary.facts
            guard key != ArticleSource.citation, facts[fact: key] == nil else { return }
            if let claim = facts[claim: key] {
                let texts = claim.outcomes.map { ProseSelector.mark(of: $0) + " ..." }.joined(separator: " ")
                throw piece.place.error("\"\(key)\" is a claim; write {\(key) -> \(texts)}")
            }
            throw piece.place.error("there is no fact \"\(key)\"" + advice(for: key, among: facts.facts.map(\.key)))
        case .reference(let id):
            let isThere =
                vocabulary.figures.contains(id) || vocabulary.pages.contains(id)
                || sections.contains { section in
                    section.id == id && id != ArticleSource.openingSection
                        || section.id == ArticleSource.reproductionSection && section.headings.contains(id)
                }
            guard isThere else {
                throw piece.place.error("there is no figure, section or page \"\(id)\"")
            }
        case .selector(let selector):
            try check(selector, at: piece.place, against: vocabulary.facts)
        }
    }

    /// A selector tells all outcomes of its claim, or of a number all forms of words that the language has.
    private func check(_ selector: ProseSelector, at place: ProsePlace, against facts: Facts) throws {
        let subject = selector.subject
        let told = selector.variants.map(\.outcome)
        let claim = facts[claim: subject]
        let fact = facts[fact: subject]
        guard claim != nil || fact != nil else {
            let known = facts.claims.map(\.key) + facts.facts.map(\.key)
            throw place.error("there is no claim or fact \"\(subject)\"" + advice(for: subject, among: known))
        }
        guard let outcomes = claim?.outcomes else {
            if let quantity = fact?.quantity, quantity.whole == nil {
                throw place.error("\"\(subject)\" is no claim, and no whole number by which a text could be chosen")
            }
            if let misfit = selector.misfit(by: language) { throw place.error(misfit) }
            return
        }
        if let untold = outcomes.first(where: { !told.contains($0) }) {
            throw place.error(
                "\"\(subject)\" has no text for \(ProseSelector.mark(of: untold)); write - where nothing is said")
        }
        for variant in selector.variants where !outcomes.contains(variant.outcome) {
            let known = outcomes.map(ProseSelector.mark).joined(separator: ", ")
            throw variant.place.error(
                "\"\(subject)\" has no outcome \(ProseSelector.mark(of: variant.outcome)); its outcomes are \(known)")
        }
    }

    /// The name that was probably meant, or where to find all: there are too many to list.
    private func advice(for name: String, among known: [String]) -> String {
        known.nearest(to: name).map { "; did you mean \($0)?" } ?? "; site-build facts lists all"
    }
}
