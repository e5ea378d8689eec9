import Render

/// What a fact's place in prose is filled with.
struct ProseValue {
    /// As the language writes it.
    let text: String
    /// For programs; nil if it is no number.
    var number: String?
    /// The link to its definition.
    var definition: String?
}

/// Makes HTML of prose: chooses the texts whose outcomes came about, and fills in what the prose names.
///
/// Escaping has one place: Markdown's text is escaped by the Markdown library, and all that is filled in at the leaves of
/// the tree, after it, so that nothing from outside is ever read as Markdown.
struct ProseRenderer {
    let language: Language
    /// The way from the page to the site's root.
    let root: String
    /// A value as the language writes it, and where it is defined.
    let value: (String) throws -> ProseValue?
    /// The number by which a value selects a text, as the language writes it.
    let number: (String) throws -> String?
    /// The outcome of a claim that came about.
    let outcome: (String) -> String?
    /// HTML of the link to a figure or section.
    let reference: (String) -> String?

    /// HTML of a paragraph or list; empty if nothing is left to say.
    ///
    /// - Parameter linksValues: whether values lead to their definitions.
    /// - Throws: ``SiteError/prose(at:problem:)`` for a name that stands for nothing, or what no article holds.
    func html(of block: ProseBlock, linksValues: Bool = true) throws -> String {
        var text = Text(renderer: self, keepsItems: block.kind == .list)
        try text.append(block.pieces)
        guard text.markdown.unicodeScalars.contains(where: { $0 != " " && $0 != "\n" }) else { return "" }
        // What is silent leaves its spaces, and four of them before a line make it code.
        let result = Markdown.html(String(text.markdown.unicodeScalars.drop { $0 == " " }), root: root)
        if let problem = result.problem { throw block.place.error(problem) }
        let start = block.kind == .list ? "<ul>" : "<p>"
        guard result.html.hasPrefix(start) else {
            throw block.place.error("is read as something else than a \(block.kind == .list ? "list" : "paragraph")")
        }
        return text.fill(result.html, linksValues: linksValues)
    }

    /// HTML of a title or heading.
    func inline(_ block: ProseBlock) throws -> String {
        // Tables of contents link to it as a whole.
        let html = try html(
            of: ProseBlock(kind: .paragraph, place: block.place, pieces: block.pieces), linksValues: false)
        return String(html.dropFirst("<p>".count).dropLast("</p>\n".count))
    }

    /// HTML of lines that are shown as they are.
    func verbatim(_ block: ProseBlock) throws -> String {
        var html = ""
        for piece in block.pieces {
            switch piece.kind {
            case .text(let text): html += text.escapedMarkup
            default: html += try leaf(piece)?.plain ?? ""
            }
        }
        return "<pre tabindex=\"0\"><code>\(html.trimmingSuffix("\n"))</code></pre>\n"
    }

    /// The text that a selector chooses.
    private func choice(of selector: ProseSelector, at place: ProsePlace) throws -> ProseSelector.Variant? {
        if let outcome = outcome(selector.subject) { return selector.variants.first { $0.outcome == outcome } }
        guard let number = try number(selector.subject) else { throw unknown(selector.subject, at: place) }
        return selector.variant(for: number, language)
    }

    /// HTML of what is filled in; nil for what is Markdown.
    fileprivate func leaf(_ piece: ProsePiece) throws -> Leaf? {
        switch piece.kind {
        case .text, .selector: return nil
        case .literal(let text): return Leaf(text.escapedMarkup)
        case .value(let key):
            guard let value = try value(key) else { throw unknown(key, at: piece.place) }
            return Leaf(value)
        case .reference(let id):
            guard let html = reference(id) else { throw unknown("@" + id, at: piece.place) }
            return Leaf(html)
        case .ruby(let base, let reading):
            return Leaf("<ruby>\(base.escapedMarkup)<rp>（</rp><rt>\(reading.escapedMarkup)</rt><rp>）</rp></ruby>")
        }
    }

    /// What is filled in, with a link of its own and, for where no other link may stand, without.
    fileprivate struct Leaf {
        let linked, plain: String

        init(_ html: String, in link: String? = nil) {
            plain = html
            linked = link.map { "<a class=\"fact\" href=\"\($0.escapedMarkup)\">\(html)</a>" } ?? html
        }

        init(_ value: ProseValue) {
            let text = value.text.escapedMarkup
            if let number = value.number {
                self.init("<data value=\"\(number.escapedMarkup)\">\(text)</data>", in: value.definition)
            } else {
                self.init(text)
            }
        }
    }

    private func unknown(_ key: String, at place: ProsePlace) -> SiteError {
        place.error("these runs have no \"\(key)\"; tell it only where its claim holds")
    }

    /// A block with its texts chosen, in Markdown with a character of a private plane for each leaf.
    private struct Text {
        let renderer: ProseRenderer
        let keepsItems: Bool
        private(set) var markdown = ""
        private var leaves: [Leaf] = []

        init(renderer: ProseRenderer, keepsItems: Bool) {
            self.renderer = renderer
            self.keepsItems = keepsItems
        }

        mutating func append(_ pieces: [ProsePiece]) throws {
            for piece in pieces {
                switch piece.kind {
                case .text(let text): markdown += joined(text).withEmphasisBesidePunctuation
                case .selector(let selector):
                    try append(renderer.choice(of: selector, at: piece.place)?.pieces ?? [])
                default:
                    guard let leaf = try renderer.leaf(piece), let mark = Unicode.Scalar(0xF0000 + leaves.count) else {
                        throw piece.place.error("more than can be filled into one paragraph")
                    }
                    markdown.unicodeScalars.append(mark)
                    leaves.append(leaf)
                }
            }
        }

        /// A line break joins as the language joins sentences, so that no line can begin another kind of block.
        private func joined(_ text: String) -> String {
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            return lines.dropFirst().reduce(into: String(lines.first ?? "")) { joined, line in
                let line = line.drop { $0 == " " }
                joined += keepsItems && line.hasPrefix("- ") ? "\n" + line : renderer.language.space + line
            }
        }

        func fill(_ html: String, linksValues: Bool) -> String {
            var filled = String.UnicodeScalarView()
            var isInLink = false
            for scalar in html.unicodeScalars {
                if scalar == .nothing { continue }
                let index = Int(scalar.value) - 0xF0000
                if leaves.indices.contains(index) {
                    let leaf = leaves[index]
                    filled.append(contentsOf: (linksValues && !isInLink ? leaf.linked : leaf.plain).unicodeScalars)
                } else {
                    filled.append(scalar)
                    // Markdown's own links; what it gives holds no other tag of these letters.
                    if filled.suffix(3).elementsEqual("<a ".unicodeScalars) { isInLink = true }
                    if filled.suffix(4).elementsEqual("</a>".unicodeScalars) { isInLink = false }
                }
            }
            return String(filled)
        }
    }
}

extension Unicode.Scalar {
    /// A mark for which nothing is filled in.
    fileprivate static let nothing: Unicode.Scalar = "\u{FFFFD}"
}

extension String {
    /// With a mark of nothing between ** and the punctuation of Japanese beside it. CommonMark takes `**` for emphasis
    /// only where a space is on one side of it and punctuation on the other, but Japanese writes no spaces.
    fileprivate var withEmphasisBesidePunctuation: String {
        guard contains("**") else { return self }
        var marked = String.UnicodeScalarView()
        let scalars = Array(unicodeScalars)
        func isPunctuation(_ index: Int) -> Bool {
            scalars.indices.contains(index) && !scalars[index].isASCII && scalars[index].properties.isPunctuation
        }
        for (index, scalar) in scalars.enumerated() {
            let isStar = scalar == "*"
            if isStar && isPunctuation(index - 1) || index > 0 && scalars[index - 1] == "*" && isPunctuation(index) {
                marked.append(.nothing)
            }
            marked.append(scalar)
        }
        return String(marked)
    }

    fileprivate func trimmingSuffix(_ suffix: String) -> Substring {
        hasSuffix(suffix) ? dropLast(suffix.count) : self[...]
    }
}

extension Unicode.Scalar.Properties {
    fileprivate var isPunctuation: Bool {
        switch generalCategory {
        case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
            .finalPunctuation, .otherPunctuation:
            true
        default: false
        }
    }
}
