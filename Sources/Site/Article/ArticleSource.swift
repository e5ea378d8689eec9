/// The article in one language as its authors wrote it: one template a section.
///
/// Sections are the files `article/<number>-<id>.<language>.mustache`, told in the order of their numbers. Each
/// begins with its title, `<h2>...</h2>`; the headings within it, `<h3 id="...">`, carry ids that both languages
/// share. The text places each figure of the catalogue once.
struct ArticleSource {
    let language: Language
    private(set) var sections: [Section]

    struct Section {
        /// Names the section in links, the same in both languages.
        let id: String
        /// Name of the template.
        let template: String
        let file: String
        let tags: [TemplateTag]
        /// Ids of the headings within the section, in order.
        let headings: [String]
    }

    /// - Throws: ``SiteError`` for a file whose name is not that of a section, or an article without sections.
    init(language: Language, templates: TemplateFolder) throws {
        var sections: [(order: String, section: Section)] = []
        for (name, text) in templates.sources where name.hasPrefix("article/") {
            let file = TemplateFolder.file(of: name)
            guard let match = name.wholeMatch(of: /article\/(\d+)-([a-z0-9_-]+)\.([a-z]+)/),
                let itsLanguage = Language(rawValue: String(match.3))
            else {
                throw SiteError.malformed(
                    file: file, line: nil, problem: "a section is named <number>-<id>.<language>.mustache")
            }
            guard itsLanguage == language else { continue }
            let section = Section(
                id: String(match.2), template: name, file: file, tags: try TemplateTag.tags(in: text, file: file),
                headings: HTMLTag.tags(in: text).filter { $0.name == "h3" }.compactMap { $0.attributes["id"] })
            sections.append((String(match.1), section))
        }
        guard !sections.isEmpty else {
            throw SiteError.malformed(
                file: "article", line: nil, problem: "there is no section in \(language.rawValue)")
        }
        self.language = language
        self.sections = sections.sorted { $0.order < $1.order }.map(\.section)
    }

    /// The section that tells of runs with other seeds, and stands only where there are enough of them.
    static let studySection = "study"

    /// The article as it stands with or without such runs.
    func telling(ofStudy hasStudy: Bool) -> ArticleSource {
        var source = self
        if !hasStudy { source.sections.removeAll { $0.id == ArticleSource.studySection } }
        return source
    }

    /// The keys of a group in the order in which the article names them, with file and line: for `figure`, the
    /// ids of the figures that it places.
    func keys(in group: KeyGroup) -> [(key: String, section: Section, tag: TemplateTag)] {
        sections.flatMap { section in
            section.tags.compactMap { tag in tag.key(in: group).map { ($0, section, tag) } }
        }
    }
}

/// What prose can name, each under its own first word.
enum KeyGroup: String, CaseIterable {
    /// A number or name of ``Facts``.
    case value
    /// A passage for one outcome of a claim.
    case claim
    /// Places a figure.
    case figure
    /// Places a table.
    case table
    /// Shows a passage of the sources.
    case code
    /// Places an interactive part.
    case widget
    /// Refers to a figure by number.
    case ref
    /// Refers to a section by number.
    case section

    /// Whether the group's keys stand for finished HTML, written with three braces.
    var isHTML: Bool { self != .value && self != .claim }

    /// Whether the group's keys put a block in its place, in the same order in both languages.
    var isPlaced: Bool { [.figure, .table, .code, .widget].contains(self) }
}

extension TemplateTag {
    /// What follows the group's name and a dot, if the tag is of the group and not the end of a passage.
    func key(in group: KeyGroup) -> String? {
        let prefix = group.rawValue + "."
        guard kind != .end, key.hasPrefix(prefix) else { return nil }
        return String(key.dropFirst(prefix.count))
    }
}
