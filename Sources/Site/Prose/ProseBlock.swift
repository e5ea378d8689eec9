/// A piece of a section between two empty lines.
struct ProseBlock: Sendable, Equatable {
    enum Kind: Sendable, Equatable {
        /// `# The data`, once, as the section's first.
        case title
        /// `## Balance {#balance}`; the id is the same in every language.
        case heading(id: String)
        case paragraph
        /// Lines that begin with `- `.
        case list
        /// Lines between two of three backticks, in which nothing but values is told from text.
        case verbatim
        /// `::figure label-balance`: something that is made elsewhere.
        case placed(Placed, id: String)
    }

    /// What prose can put in a place, by its first word.
    enum Placed: String, Sendable, CaseIterable {
        case figure, table
        /// A passage of the sources.
        case code
        /// An interactive part.
        case widget
    }

    let kind: Kind
    let place: ProsePlace
    var pieces: [ProsePiece] = []
    /// Whether it stands between `::: interactive` and `:::`, and so only where scripts run.
    var isInteractive = false
    /// Whether it begins with `{.only}`: a paragraph of this language that the others lack.
    var isOnly = false
}

/// A stretch of a block: a node of the tree of prose.
struct ProsePiece: Sendable, Equatable {
    indirect enum Kind: Sendable, Equatable {
        /// Markdown, with its line breaks.
        case text(String)
        /// `{small.epochs}`: a value of ``Facts``.
        case value(String)
        /// `@label-balance`: a figure or a section by its number.
        case reference(String)
        /// `{塊|かたまり}`: text with its reading above.
        case ruby(base: String, reading: String)
        /// `{small.learned -> [yes] ... [no] ...}`: one of several texts.
        case selector(ProseSelector)
        /// A text from outside, which holds no Markdown; no file can write it.
        case literal(String)
    }

    let kind: Kind
    let place: ProsePlace
}

/// Texts of which one stands, by the outcome of a claim or by a number.
struct ProseSelector: Sendable, Equatable {
    /// Key of a claim, or of a value whose number decides.
    let subject: String
    let variants: [Variant]

    struct Variant: Sendable, Equatable {
        let outcome: String
        let place: ProsePlace
        /// None for a silence that is written `-`.
        let pieces: [ProsePiece]
    }

    /// How prose marks the text of an outcome: `[yes]`, and `[?]` where a claim is undecided.
    static func mark(of outcome: String) -> String { outcome == Facts.undecided ? "[?]" : "[\(outcome)]" }
}

extension [ProsePiece] {
    /// Every piece, those within selectors after the selector, each with the outcomes on which it hangs.
    func walk(
        under outcomes: [(subject: String, outcome: String)] = [],
        _ visit: (_ piece: ProsePiece, _ outcomes: [(subject: String, outcome: String)]) throws -> Void
    ) rethrows {
        for piece in self {
            try visit(piece, outcomes)
            guard case .selector(let selector) = piece.kind else { continue }
            for variant in selector.variants {
                try variant.pieces.walk(under: outcomes + [(selector.subject, variant.outcome)], visit)
            }
        }
    }
}
