/// A file of prose, read scalar by scalar: with a combining mark after it, a brace is no `Character` of its own.
struct ProseText {
    let file: String
    private let source: String
    private let scalars: [Unicode.Scalar]
    /// Where each scalar stands in the source, and its end.
    private let indices: [String.Index]
    /// Number of the first scalar of each line.
    private let lines: [Int]
    private(set) var position = 0

    init(_ text: String, file: String) {
        self.file = file
        let scalars = Array(text.unicodeScalars)
        source = text
        self.scalars = scalars
        indices = Array(text.unicodeScalars.indices) + [text.endIndex]
        lines = [0] + scalars.indices.filter { scalars[$0] == "\n" }.map { $0 + 1 }
    }

    var isAtEnd: Bool { position == scalars.count }
    var next: Unicode.Scalar? { isAtEnd ? nil : scalars[position] }
    var previous: Unicode.Scalar? { position == 0 ? nil : scalars[position - 1] }
    var isAtLineStart: Bool { position == 0 || scalars[position - 1] == "\n" }
    var place: ProsePlace { place(at: position) }

    func place(at position: Int) -> ProsePlace {
        // The last line that begins no later.
        var (low, high) = (0, lines.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if lines[middle] <= position { low = middle } else { high = middle }
        }
        let end = low + 1 < lines.count ? lines[low + 1] - 1 : scalars.count
        return ProsePlace(
            file: file, line: low + 1, column: position - lines[low] + 1, text: text(lines[low]..<end))
    }

    /// Where the first scalar of a kind stands.
    func place(of isSuch: (Unicode.Scalar) -> Bool) -> ProsePlace? {
        scalars.firstIndex(where: isSuch).map(place(at:))
    }

    private func text(_ range: Range<Int>) -> String {
        String(source[indices[range.lowerBound]..<indices[range.upperBound]])
    }

    /// Whether the text goes on with this.
    func isAt(_ text: String) -> Bool { scalars[position...].starts(with: text.unicodeScalars) }

    /// Whether nothing but spaces is left of the line.
    var isAtBlank: Bool {
        let rest = scalars[position...].first { $0 != " " && $0 != "\t" && $0 != "\r" }
        return rest == nil || rest == "\n"
    }

    mutating func advance() { position += 1 }

    mutating func accept(_ text: String) -> Bool {
        guard isAt(text) else { return false }
        position += text.unicodeScalars.count
        return true
    }

    mutating func read(while predicate: (Unicode.Scalar) -> Bool) -> String {
        let start = position
        while let scalar = next, predicate(scalar) { position += 1 }
        return text(start..<position)
    }

    mutating func readLine() -> String {
        let line = read { $0 != "\n" }
        if !isAtEnd { position += 1 }
        return line
    }

    /// As far as the paragraph goes: to the start of an empty line at most.
    mutating func skipSpaceOfParagraph() {
        while !(isAtLineStart && isAtBlank) {
            _ = read { $0 == " " || $0 == "\t" || $0 == "\r" }
            guard next == "\n" else { return }
            advance()
        }
    }

    /// Tries to read something; where it is not there, nothing was read.
    mutating func attempt<Result>(_ body: (inout ProseText) -> Result?) -> Result? {
        let start = position
        guard let result = body(&self) else {
            position = start
            return nil
        }
        return result
    }
}
