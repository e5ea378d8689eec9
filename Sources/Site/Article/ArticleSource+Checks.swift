extension ArticleSource {
    /// What the article may name.
    struct Vocabulary {
        let facts: Facts
        /// Ids of the catalogue's figures.
        let figures: [String]
        let tables: Set<String>
        /// Names of the passages that the sources mark.
        let excerpts: Set<String>
    }

    /// Checks everything that can be checked without rendering, so that a mistake is found whatever the runs say.
    ///
    /// - Throws: ``SiteError`` for the first mistake.
    func check(against vocabulary: Vocabulary) throws {
        for section in sections {
            for tag in section.tags where tag.kind != .end {
                try check(tag, in: section, against: vocabulary)
            }
            try checkOutcomes(in: section, of: vocabulary.facts)
        }
        var placed: Set<String> = []
        for (id, section, tag) in keys(in: .figure) where !placed.insert(id).inserted {
            throw SiteError.repeatedFigure(id: id, file: section.file, line: tag.line)
        }
        let unplaced = vocabulary.figures.filter { !placed.contains($0) }
        if !unplaced.isEmpty {
            throw SiteError.unplacedFigures(ids: unplaced, language: language)
        }
    }

    private func check(_ tag: TemplateTag, in section: Section, against vocabulary: Vocabulary) throws {
        guard let group = KeyGroup.allCases.first(where: { tag.key(in: $0) != nil }),
            let key = tag.key(in: group)
        else {
            guard ["root", "citation"].contains(tag.key), tag.kind == .variable else {
                throw SiteError.unknownKey(file: section.file, line: tag.line, key: tag.key)
            }
            return
        }
        let isKnown =
            switch group {
            case .value: vocabulary.facts.values.keys.contains(key)
            case .claim: vocabulary.facts.outcome(named: key) != nil
            case .figure, .ref: vocabulary.figures.contains(key)
            case .widget: Widget(rawValue: key) != nil
            case .code: vocabulary.excerpts.contains(key)
            case .table: vocabulary.tables.contains(key)
            case .section: sections.contains { $0.id == key }
            }
        guard isKnown else { throw SiteError.unknownKey(file: section.file, line: tag.line, key: tag.key) }
        let kind: TemplateTag.Kind = group == .claim ? .section : group.isHTML ? .raw : .variable
        let form = group == .claim ? "{{#\(tag.key)}}" : group.isHTML ? "{{{\(tag.key)}}}" : "{{\(tag.key)}}"
        guard tag.kind == kind else {
            throw SiteError.malformed(file: section.file, line: tag.line, problem: "write \(form)")
        }
        if group.isPlaced && !tag.enclosing.isEmpty {
            let problem = "\(group.rawValue) \"\(key)\" must not hang on a claim"
            throw SiteError.malformed(file: section.file, line: tag.line, problem: problem)
        }
    }

    /// A section that tells of a claim tells all its outcomes, equally often.
    private func checkOutcomes(in section: Section, of facts: Facts) throws {
        var told: [String: [String: Int]] = [:]
        for key in section.tags.compactMap({ $0.key(in: .claim) }) {
            guard let (claim, outcome) = facts.outcome(named: key) else { continue }
            told[claim, default: [:]][outcome, default: 0] += 1
        }
        for (claim, counts) in told.sorted(by: { $0.key < $1.key }) {
            let most = counts.values.max() ?? 0
            for outcome in facts.claims[claim]?.outcomes ?? [] where counts[outcome] != most {
                throw SiteError.untoldOutcome(claim: claim, outcome: outcome, file: section.file)
            }
        }
    }
}

extension ArticleSource {
    /// Checks that two languages tell the same: sections, headings, figures and tables in order; values, claims and
    /// references by section.
    ///
    /// - Throws: ``SiteError/languagesDiffer(section:what:)`` for the first difference.
    func check(tellsTheSameAs other: ArticleSource) throws {
        let languages = "\(language.rawValue) and \(other.language.rawValue)"
        for (ours, theirs) in zip(sections.map(\.id), other.sections.map(\.id)) where ours != theirs {
            throw SiteError.languagesDiffer(section: ours, what: "\(languages) have \(ours) and \(theirs) here")
        }
        if sections.count != other.sections.count {
            let longer = sections.count > other.sections.count ? self : other
            let extra = longer.sections[min(sections.count, other.sections.count)].id
            throw SiteError.languagesDiffer(section: extra, what: "only \(longer.language.rawValue) has it")
        }
        for (ours, theirs) in zip(sections, other.sections) {
            try ours.check(tellsTheSameAs: theirs, languages: (language, other.language))
        }
    }
}

extension ArticleSource.Section {
    fileprivate func check(
        tellsTheSameAs other: ArticleSource.Section, languages: (Language, Language)
    ) throws {
        for (ours, theirs) in zip(headings, other.headings) where ours != theirs {
            throw SiteError.languagesDiffer(section: id, what: "headings \"\(ours)\" and \"\(theirs)\" in one place")
        }
        try compare(Set(headings), Set(other.headings), as: "heading", languages)
        for group in KeyGroup.allCases {
            let ours = tags.compactMap { $0.key(in: group) }
            let theirs = other.tags.compactMap { $0.key(in: group) }
            try compare(Set(ours), Set(theirs), as: group.rawValue, languages)
            if group.isPlaced && ours != theirs {
                throw SiteError.languagesDiffer(section: id, what: "\(group.rawValue)s in different order")
            }
        }
    }

    private func compare(
        _ ours: Set<String>, _ theirs: Set<String>, as what: String, _ languages: (Language, Language)
    ) throws {
        // Both, since a misspelt key is missing in one language and extra in it.
        let extras = [(languages.0, ours.subtracting(theirs)), (languages.1, theirs.subtracting(ours))]
            .compactMap { language, keys in keys.min().map { "only \(language.rawValue) has \(what) \"\($0)\"" } }
        if !extras.isEmpty {
            throw SiteError.languagesDiffer(section: id, what: extras.joined(separator: ", "))
        }
    }
}

extension Facts {
    /// The claim and the outcome that `<claim>.<outcome>` names, or nil.
    func outcome(named key: String) -> (claim: String, outcome: String)? {
        guard let dot = key.lastIndex(of: ".") else { return nil }
        let (claim, outcome) = (String(key[..<dot]), String(key[key.index(after: dot)...]))
        guard claims[claim]?.outcomes.contains(outcome) == true else { return nil }
        return (claim, outcome)
    }
}
