extension ArticleSource {
    /// Checks that two languages tell the same, section by section and paragraph by paragraph: kinds of blocks, what is
    /// placed, headings; facts, claims and references in each.
    ///
    /// - Throws: ``SiteError`` for the first difference.
    func check(tellsTheSameAs other: ArticleSource) throws {
        let languages = "\(language.code) and \(other.language.code)"
        for (ours, theirs) in zip(sections.map(\.id), other.sections.map(\.id)) where ours != theirs {
            throw SiteError.languagesDiffer(section: ours, what: "\(languages) have \(ours) and \(theirs) here")
        }
        if sections.count != other.sections.count {
            let longer = sections.count > other.sections.count ? self : other
            let extra = longer.sections[min(sections.count, other.sections.count)].id
            throw SiteError.languagesDiffer(section: extra, what: "only \(longer.language.code) has it")
        }
        for (ours, theirs) in zip(sections, other.sections) {
            try ours.check(tellsTheSameAs: theirs)
        }
    }
}

extension ArticleSource.Section {
    fileprivate func check(tellsTheSameAs other: ArticleSource.Section) throws {
        let (ours, theirs) = (shared, other.shared)
        for (our, their) in zip(ours, theirs) { try our.check(tellsTheSameAs: their) }
        if ours.count != theirs.count {
            let (longer, shorter) = ours.count > theirs.count ? (ours, theirs) : (theirs, ours)
            let twin = ours.count > theirs.count ? other.file : file
            throw longer[shorter.count].place.error("\(twin) has nothing for this; {.only} marks a language's own")
        }
    }

    /// What every language has: the title, and all that is not one language's own.
    private var shared: [ProseBlock] { [title] + blocks.filter { !$0.isOnly } }
}

extension ProseBlock {
    fileprivate func check(tellsTheSameAs other: ProseBlock) throws {
        if kind != other.kind || isInteractive != other.isInteractive {
            throw place.error("is \(name), but \(other.place) is \(other.name)")
        }
        let (ours, theirs) = (names, other.names)
        let extra = ours.subtracting(theirs).sorted().first
        if let name = extra { throw place.error("tells \(name), which \(other.place) does not") }
        if let name = theirs.subtracting(ours).sorted().first {
            throw other.place.error("tells \(name), which \(place) does not")
        }
    }

    private var name: String {
        let name =
            switch kind {
            case .title: "a title"
            case .heading(let id): "heading {#\(id)}"
            case .paragraph: "a paragraph"
            case .list: "a list"
            case .verbatim: "a passage between backticks"
            case .placed(let placed, let id): "\(placed.rawValue) \(id)"
            }
        return isInteractive ? name + " for scripts" : name
    }

    /// What the block names, as it is written.
    private var names: Set<String> {
        var names: Set<String> = []
        pieces.walk { piece, _ in
            switch piece.kind {
            case .text, .ruby, .literal: break
            case .value(let key): names.insert("{\(key)}")
            case .reference(let id): names.insert("@\(id)")
            case .selector(let selector): names.insert("{\(selector.subject) ->")
            }
        }
        return names
    }
}
