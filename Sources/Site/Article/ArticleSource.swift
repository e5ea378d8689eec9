import Foundation

/// The article in one language as its authors wrote it: a tree of prose, one file a section.
///
/// Sections are the files `article/<number>-<id>.<language>.md`, told in the order of their numbers. Each begins with its
/// title, `# ...`; the headings within it, `## ... {#id}`, carry ids that all languages share. A figure
/// of the catalogue is placed once at most; all of them stand on the generated pages.
struct ArticleSource {
    let language: Language
    private(set) var sections: [Section]

    struct Section {
        /// Names the section in links, the same in every language.
        let id: String
        let file: String
        let title: ProseBlock
        /// What follows the title.
        let blocks: [ProseBlock]
    }

    /// - Parameter files: text of each file of prose by its name in the folder of templates.
    /// - Throws: ``SiteError`` for a file whose name is not that of a section, a fault in one, or an article without
    ///   sections.
    init(language: Language, files: [String: String]) throws {
        var sections: [(order: String, section: Section)] = []
        for (file, text) in files {
            let name = try FileName(file)
            guard name.language == language.code else { continue }
            sections.append((name.number, try Section(id: name.id, file: file, text: text)))
        }
        guard !sections.isEmpty else {
            throw SiteError.malformed(
                file: "article", line: nil, problem: "there is no section in \(language.code)")
        }
        self.init(language: language, sections: sections.sorted { $0.order < $1.order }.map(\.section))
    }

    init(language: Language, sections: [Section]) {
        self.language = language
        self.sections = sections
    }

    /// What the name of a section's file tells.
    private struct FileName {
        let number, id, language: String

        init(_ file: String) throws {
            guard let match = file.wholeMatch(of: /article\/(\d+)-([a-z0-9_-]+)\.([A-Za-z0-9-]+)\.md/) else {
                throw SiteError.malformed(
                    file: file, line: nil, problem: "a section is named <number>-<id>.<language>.md")
            }
            (number, id, language) = (String(match.1), String(match.2), String(match.3))
        }
    }

    /// Checks that each file is named as a section in one of the languages.
    static func checkNames(of files: [String], _ languages: [Language]) throws {
        let known = languages.map(\.code)
        for file in files {
            let code = try FileName(file).language
            guard known.contains(code) else {
                throw SiteError.malformed(
                    file: file, line: nil,
                    problem: "\(Language.file) has no language \(code.inQuotes); \(known.advice(for: code))")
            }
        }
    }

    /// The section that tells of runs with other seeds, and stands only where there are enough of them.
    static let studySection = "study"
    /// The section that tells of four networks that differ in two changes, and stands only where all were trained.
    static let factorsSection = "changes"

    /// The section under the title of the page that is read first: it has neither a number nor a line in the contents.
    static let openingSection = "introduction"

    /// The section on how to do it again, which has a page of its own.
    static let reproductionSection = "reproduce"

    /// The article without a section, and that section with what its headings begin as sections of their own.
    func split(at id: String) -> (rest: ArticleSource, section: ArticleSource) {
        (
            ArticleSource(language: language, sections: sections.filter { $0.id != id }),
            ArticleSource(language: language, sections: sections.filter { $0.id == id }.flatMap(\.parts))
        )
    }

    /// The article as it stands with or without such runs.
    func telling(ofStudy hasStudy: Bool, ofFactors hasFactors: Bool) -> ArticleSource {
        var source = self
        if !hasStudy { source.sections.removeAll { $0.id == ArticleSource.studySection } }
        if !hasFactors { source.sections.removeAll { $0.id == ArticleSource.factorsSection } }
        return source
    }

    /// The article with no other section than one.
    func tellingOnly(of section: String) -> ArticleSource {
        ArticleSource(language: language, sections: sections.filter { $0.id == section })
    }

    /// The sections, each with its number on its page: from 1, and nil for the opening.
    var numbered: [(number: Int?, section: Section)] {
        let first = sections.first?.id == ArticleSource.openingSection ? 0 : 1
        return sections.enumerated().map { ($0.offset + first > 0 ? $0.offset + first : nil, $0.element) }
    }

    /// What the article places of one kind, in order.
    func placed(_ placed: ProseBlock.Placed) -> [(id: String, place: ProsePlace)] {
        sections.flatMap { $0.placed(placed) }
    }

    /// The selectors of the article, in order, with their places.
    var selectors: [(selector: ProseSelector, place: ProsePlace)] {
        var selectors: [(ProseSelector, ProsePlace)] = []
        for section in sections {
            for block in section.blocks {
                block.pieces.walk { piece, _ in
                    if case .selector(let selector) = piece.kind { selectors.append((selector, piece.place)) }
                }
            }
        }
        return selectors
    }
}

extension ArticleSource.Section {
    fileprivate init(id: String, file: String, text: String) throws {
        let blocks = try ProseParser.blocks(of: text, file: file)
        guard let title = blocks.first, title.kind == .title else {
            throw SiteError.malformed(file: file, line: 1, problem: "a section begins with # and its title")
        }
        if let second = blocks.dropFirst().first(where: { $0.kind == .title }) {
            throw second.place.error("a section has one title; write ## before a heading within it")
        }
        self.init(id: id, file: file, title: title, blocks: Array(blocks.dropFirst()))
    }

    func placed(_ placed: ProseBlock.Placed) -> [(id: String, place: ProsePlace)] {
        blocks.compactMap { block in
            guard case .placed(placed, let id) = block.kind else { return nil }
            return (id, block.place)
        }
    }

    /// What stands before the first heading, and what each heading begins.
    var parts: [ArticleSource.Section] {
        var parts = [(id: id, title: title, blocks: [ProseBlock]())]
        for block in blocks {
            if case .heading(let id) = block.kind {
                parts.append((id, ProseBlock(kind: .title, place: block.place, pieces: block.pieces), []))
            } else {
                parts[parts.count - 1].blocks.append(block)
            }
        }
        return parts.map { ArticleSource.Section(id: $0.id, file: file, title: $0.title, blocks: $0.blocks) }
    }

    /// Ids of the headings within the section, in order.
    var headings: [String] {
        blocks.compactMap { block in
            guard case .heading(let id) = block.kind else { return nil }
            return id
        }
    }
}
