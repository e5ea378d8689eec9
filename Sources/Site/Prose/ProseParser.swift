/// Reads a section: Markdown with values, references and selectors in it, and lines that place what is made elsewhere.
///
///     # The outputs of the layers
///
///     After {small.epochs} the test loss is {small.testLoss} (@loss-small).
///     {small.learned ->
///       [yes] -
///       [no]  That is no better than naming the same class every time.
///       [?]   Whether that is better than naming the same class every time is undecided.
///     }
///
///     ::figure loss-small
struct ProseParser {
    private var text: ProseText
    private var isInteractive: ProsePlace?
    private var isMarkdown = true

    /// - Throws: ``SiteError/prose(at:problem:)`` for the first fault.
    static func blocks(of text: String, file: String) throws -> [ProseBlock] {
        var parser = try ProseParser(ProseText(text, file: file))
        return try parser.blocks()
    }

    /// Reads a text that is no Markdown, such as a caption: values and selectors are all that is in it.
    ///
    /// - Throws: ``SiteError/prose(at:problem:)`` for the first fault.
    static func plainText(_ text: String, file: String) throws -> [ProsePiece] {
        var parser = try ProseParser(ProseText(text, file: file))
        parser.isMarkdown = false
        return try parser.pieces(until: .text)
    }

    /// What is filled in is marked with characters that therefore stand nowhere in a text.
    private init(_ text: ProseText) throws {
        if let place = text.place(of: { ("\u{F0000}"..."\u{FFFFD}").contains($0) }) {
            throw place.error("a character of a private plane")
        }
        self.text = text
    }

    private mutating func blocks() throws -> [ProseBlock] {
        var blocks: [ProseBlock] = []
        while !text.isAtEnd {
            if text.isAtBlank {
                _ = text.readLine()
            } else if text.isAt(":::") {
                try toggleInteractive()
            } else {
                var block = try block()
                block.isInteractive = isInteractive != nil
                blocks.append(block)
            }
        }
        if let isInteractive { throw isInteractive.error("is not closed with :::") }
        return blocks
    }

    private mutating func toggleInteractive() throws {
        let place = text.place
        let line = text.readLine().trimmed
        switch (line, isInteractive) {
        case ("::: interactive", nil): isInteractive = place
        case (":::", .some): isInteractive = nil
        default: throw place.error("write ::: interactive before and ::: after what only scripts make useful")
        }
    }

    private mutating func block() throws -> ProseBlock {
        let place = text.place
        if text.isAt("::") { return try placed(at: place) }
        if text.accept("```") { return try verbatim(at: place) }
        if text.isAt("#") { return try heading(at: place) }
        let isOnly = text.accept("{.only}")
        if isOnly { text.skipSpaceOfParagraph() }
        let isList = text.isAt("- ")
        var block = ProseBlock(kind: isList ? .list : .paragraph, place: place)
        block.isOnly = isOnly
        block.pieces = try pieces(until: isList ? .list : .paragraph)
        return block
    }

    private mutating func placed(at place: ProsePlace) throws -> ProseBlock {
        let words = text.readLine().dropFirst(2).split(separator: " ").map { String($0).trimmed }
        guard words.count == 2, let placed = ProseBlock.Placed(rawValue: words[0]) else {
            let known = ProseBlock.Placed.allCases.map { "::\($0.rawValue)" }.joined(separator: ", ")
            throw place.error("write one of \(known), and the name of one")
        }
        return ProseBlock(kind: .placed(placed, id: words[1]), place: place)
    }

    private mutating func heading(at place: ProsePlace) throws -> ProseBlock {
        let signs = text.read { $0 == "#" }
        guard (1...2).contains(signs.count), text.accept(" ") else {
            throw place.error("write # before the section's title, ## before a heading within it")
        }
        var pieces = try pieces(until: .heading)
        guard signs == "##" else { return ProseBlock(kind: .title, place: place, pieces: pieces) }
        guard text.accept("{#"), case let id = text.read(while: \.isOfID), !id.isEmpty, text.accept("}"), text.isAtBlank
        else { throw place.error("end the heading with its id in braces, as {#balance}") }
        if case .text(let last)? = pieces.last?.kind, let place = pieces.last?.place {
            pieces[pieces.count - 1] = ProsePiece(kind: .text(last.trimmed), place: place)
        }
        return ProseBlock(kind: .heading(id: id), place: place, pieces: pieces)
    }

    private mutating func verbatim(at place: ProsePlace) throws -> ProseBlock {
        guard text.readLine().trimmed.isEmpty else { throw place.error("nothing follows the three backticks") }
        let pieces = try pieces(until: .verbatim)
        guard text.accept("```") else { throw place.error("is not closed with three backticks") }
        guard text.isAtBlank else { throw text.place.error("nothing follows the three backticks") }
        return ProseBlock(kind: .verbatim, place: place, pieces: pieces)
    }
}

extension ProseParser {
    private enum End {
        case paragraph, list, heading, verbatim
        /// Of all there is.
        case text
        /// Of a text of a selector.
        case variant
    }

    /// Reads up to an end, which stays unread but for the last line break.
    private mutating func pieces(until end: End) throws -> [ProsePiece] {
        let isMarkdown = isMarkdown && end != .verbatim
        var pieces: [ProsePiece] = []
        var run = ""
        var start = text.position
        var code: (ticks: String, place: ProsePlace)?
        func flush() {
            if !run.isEmpty { pieces.append(ProsePiece(kind: .text(run), place: text.place(at: start))) }
            run = ""
        }
        while let scalar = text.next, !isAt(end) {
            if text.isAtLineStart, !(pieces.isEmpty && run.isEmpty) { try checkLine(in: end) }
            if run.isEmpty { start = text.position }
            let position = text.position
            switch scalar {
            case "`" where isMarkdown:
                let place = text.place
                let ticks = text.read { $0 == "`" }
                if code == nil { code = (ticks, place) } else if code?.ticks == ticks { code = nil }
                run += ticks
            case "\\" where isMarkdown && code == nil:
                text.advance()
                run += "\\"
                if let escaped = text.next, escaped != "\n" {
                    run.unicodeScalars.append(escaped)
                    text.advance()
                }
            case "{":
                flush()
                pieces.append(try braced(at: text.place, isVerbatim: end == .verbatim))
            case "}":
                throw text.place.error("a } without its {; write \\} for the sign itself")
            case "@" where isMarkdown && code == nil && text.previous?.isOfWord != true:
                flush()
                text.advance()
                let id = text.read(while: \.isOfID)
                let place = text.place(at: position)
                guard !id.isEmpty else { throw place.error("name a figure or section after @, or write \\@") }
                pieces.append(ProsePiece(kind: .reference(id), place: place))
            default:
                run.unicodeScalars.append(scalar)
                text.advance()
                if scalar != "\n" { run += text.read(while: \.isPlain) }
            }
        }
        flush()
        if let code { throw code.place.error("is not closed with \(code.ticks); write \\` for the sign itself") }
        return pieces
    }

    /// What begins another block would be read as text in the midst of one.
    private func checkLine(in end: End) throws {
        guard end == .paragraph || end == .list else { return }
        let others = ["::", "#", "```"] + (end == .paragraph ? ["- "] : [])
        if others.contains(where: text.isAt) { throw text.place.error("leave an empty line before this") }
    }

    private func isAt(_ end: End) -> Bool {
        switch end {
        case .text: false
        case .heading: text.next == "\n" || text.isAt("{#")
        case .paragraph, .list: text.isAtLineStart && text.isAtBlank
        case .verbatim: text.isAtLineStart && text.isAt("```")
        case .variant: text.next == "}" || (text.isAtLineStart && text.isAtBlank) || isAtOutcome
        }
    }

    /// Whether an outcome in brackets comes next, with a space before and after it.
    private var isAtOutcome: Bool {
        guard text.next == "[", text.previous == " " || text.previous == "\n" else { return false }
        var ahead = text
        return ahead.mark() != nil
    }

    /// What stands in braces.
    private mutating func braced(at place: ProsePlace, isVerbatim: Bool) throws -> ProsePiece {
        text.advance()
        let key = text.read(while: \.isOfKey)
        if !key.isEmpty {
            if text.accept("}") { return ProsePiece(kind: .value(key), place: place) }
            _ = text.read { $0 == " " || $0 == "\n" }
            if !isVerbatim, text.accept("->") {
                return ProsePiece(kind: .selector(try selector(of: key, at: place)), place: place)
            }
        } else if isMarkdown, !isVerbatim, let ruby = text.attempt({ $0.ruby() }) {
            return ProsePiece(kind: ruby, place: place)
        }
        throw place.error(
            "write {fact}, {claim -> [outcome] text ...} or {base|reading}; \\{ stands for the sign itself")
    }

    private mutating func selector(of subject: String, at place: ProsePlace) throws -> ProseSelector {
        var variants: [ProseSelector.Variant] = []
        text.skipSpaceOfParagraph()
        while !text.accept("}") {
            let here = text.place
            if text.isAtEnd || (text.isAtLineStart && text.isAtBlank) {
                throw place.error("{\(subject) -> is not closed with } within its paragraph")
            }
            guard let mark = text.attempt({ $0.mark() }) else {
                throw here.error("write an outcome of \(subject) in brackets before its text, as [yes]")
            }
            if mark == Facts.undecided { throw here.error("write [?] where it is undecided") }
            let outcome = mark == "?" ? Facts.undecided : mark
            if let twin = variants.first(where: { $0.outcome == outcome }) {
                throw here.error("[\(mark)] is told a second time, after line \(twin.place.line)")
            }
            let pieces = try pieces(until: .variant).trimmed
            guard !pieces.isEmpty else { throw here.error("[\(mark)] has no text; write - where nothing is said") }
            let isSilent = pieces.count == 1 && pieces[0].kind == .text("-")
            variants.append(ProseSelector.Variant(outcome: outcome, place: here, pieces: isSilent ? [] : pieces))
            text.skipSpaceOfParagraph()
        }
        guard !variants.isEmpty else { throw place.error("{\(subject) -> tells no outcome") }
        return ProseSelector(subject: subject, variants: variants)
    }
}

extension ProseText {
    /// `[name]` or `[?]` with a space after it.
    fileprivate mutating func mark() -> String? {
        guard accept("[") else { return nil }
        let name = accept("?") ? "?" : read { $0.isOfWord }
        guard !name.isEmpty, accept("]"), next.map({ $0 == " " || $0 == "\n" || $0 == "}" }) ?? true else { return nil }
        _ = read { $0 == " " }
        return name
    }

    /// What follows the brace of `{base|reading}`, and that.
    fileprivate mutating func ruby() -> ProsePiece.Kind? {
        func isPlain(_ scalar: Unicode.Scalar) -> Bool { !"{|}\n\\`*[]<>@".unicodeScalars.contains(scalar) }
        let base = read(while: isPlain)
        guard !base.isEmpty, accept("|"), case let reading = read(while: isPlain), !reading.isEmpty, accept("}") else {
            return nil
        }
        return .ruby(base: base, reading: reading)
    }
}

extension [ProsePiece] {
    /// Without the spaces and line breaks around.
    fileprivate var trimmed: [ProsePiece] {
        var pieces = self
        for end in [true, false] {
            guard let piece = end ? pieces.last : pieces.first, case .text(let text) = piece.kind else { continue }
            let index = end ? pieces.count - 1 : 0
            let rest = text.trimmed(atEnd: end)
            if rest.isEmpty {
                pieces.remove(at: index)
            } else {
                pieces[index] = ProsePiece(kind: .text(rest), place: piece.place)
            }
        }
        return pieces
    }
}

extension String {
    fileprivate var trimmed: String { trimmed(atEnd: true).trimmed(atEnd: false) }

    fileprivate func trimmed(atEnd: Bool) -> String {
        let isSpace: (Unicode.Scalar) -> Bool = { $0 == " " || $0 == "\n" || $0 == "\t" || $0 == "\r" }
        let scalars = unicodeScalars
        guard atEnd else { return String(scalars.drop(while: isSpace)) }
        guard let last = scalars.lastIndex(where: { !isSpace($0) }) else { return "" }
        return String(scalars[...last])
    }
}

extension Unicode.Scalar {
    /// Whether it means nothing but itself, wherever it stands but at the start of a line.
    fileprivate var isPlain: Bool {
        switch self {
        case "\n", "`", "\\", "{", "}", "@", "[": false
        default: true
        }
    }

    /// Of a word of ASCII.
    fileprivate var isOfWord: Bool {
        ("a"..."z").contains(self) || ("A"..."Z").contains(self) || ("0"..."9").contains(self)
    }

    fileprivate var isOfID: Bool { isOfWord || self == "-" || self == "_" }
    fileprivate var isOfKey: Bool { isOfID || self == "." }
}
