extension [ArticleSource] {
    /// Checks that all languages tell the same.
    ///
    /// - Throws: ``SiteError`` for the first difference.
    func checkThatAllTellTheSame() throws {
        for other in dropFirst() { try self[0].check(tellsTheSameAs: other) }
    }
}

extension ArticleSource {
    /// Checks that two languages tell the same, section by section and paragraph by paragraph: kinds of blocks, what is
    /// placed, headings; facts, claims and references in each.
    ///
    /// - Throws: ``SiteError`` for the first difference.
    func check(tellsTheSameAs other: ArticleSource) throws {
        try other.checkThatNoSectionIsMissing(beside: self)
        try checkThatNoSectionIsMissing(beside: other)
        let languages = "\(language.code) and \(other.language.code)"
        for (ours, theirs) in zip(sections.map(\.id), other.sections.map(\.id)) where ours != theirs {
            throw SiteError.languagesDiffer(section: ours, what: "\(languages) have \(ours) and \(theirs) here")
        }
        for (ours, theirs) in zip(sections, other.sections) {
            try ours.check(tellsTheSameAs: theirs)
        }
    }

    private func checkThatNoSectionIsMissing(beside twin: ArticleSource) throws {
        guard let missing = twin.sections.first(where: { other in !sections.contains { $0.id == other.id } }) else {
            return
        }
        let file = missing.file.replacing(".\(twin.language.code).md", with: ".\(language.code).md")
        throw SiteError.languagesDiffer(
            section: missing.id, what: "\(twin.language.code) has it, \(language.code) does not; write \(file)")
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
            let isParagraph = kind == .paragraph || other.kind == .paragraph
            let advice = kind != other.kind && isParagraph ? "; {.only} marks a language's own" : ""
            throw place.error("is \(name), but \(other.place) is \(other.name)\(advice)")
        }
        try checkThatNothingIsToldAlone(beside: other)
        try other.checkThatNothingIsToldAlone(beside: self)
    }

    private func checkThatNothingIsToldAlone(beside twin: ProseBlock) throws {
        let told = Set(twin.names.map(\.name))
        if let (name, place) = names.first(where: { !told.contains($0.name) }) {
            throw place.error("tells \(name); its twin, \(twin.place), does not")
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

    /// What the block names, as it is written, and where.
    private var names: [(name: String, place: ProsePlace)] {
        var names: [(String, ProsePlace)] = []
        pieces.walk { piece, _ in
            switch piece.kind {
            case .text, .ruby, .literal: break
            case .value(let key): names.append(("{\(key)}", piece.place))
            case .reference(let id): names.append(("@\(id)", piece.place))
            case .selector(let selector): names.append(("{\(selector.subject) -> ...}", piece.place))
            }
        }
        return names
    }
}
