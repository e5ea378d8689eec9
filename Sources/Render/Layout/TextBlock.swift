/// A text broken into lines where the language allows it.
public struct TextBlock: Component {
    public enum Rank: Sendable {
        case heading, body, note
    }

    public var text: String
    public var rank: Rank

    public init(_ text: String, _ rank: Rank = .body) {
        self.text = text
        self.rank = rank
    }

    private var font: Font { rank == .heading ? Theme.strongLabel : Theme.label }

    public func size(in width: Double, _ style: Style) -> Size {
        let lines = LineBreaking.lines(of: text, in: width, font, style)
        return Size(style.width(of: lines, in: font), Double(lines.count) * font.lineHeight)
    }

    public func draw(in frame: Rect, on drawing: inout Drawing, _ style: Style) {
        for (index, line) in LineBreaking.lines(of: text, in: frame.width, font, style).enumerated() {
            let y = frame.y + font.baseline + Double(index) * font.lineHeight
            drawing.add(
                .text(
                    TextLine(
                        line, at: Point(frame.x, y), font: font,
                        color: rank == .note ? style.theme.mutedInk : style.theme.ink)))
        }
    }
}

/// Where a line of Latin or Japanese text may end.
enum LineBreaking {
    /// Signs that no Japanese line begins with. Source: JIS X 4051, the classes in daily use.
    private static let neverFirst = Set("、。，．・：；？！」』）］｝〉》ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ,.:;?!)]}%…")
    /// Signs that no Japanese line ends with.
    private static let neverLast = Set("「『（［｛〈《([{")

    static func lines(of text: String, in width: Double, _ font: Font, _ style: Style) -> [String] {
        var lines: [String] = []
        var line = ""
        for piece in pieces(of: text).flatMap({ split($0, to: width, font, style) }) {
            let candidate = line + piece
            if line.isEmpty || style.width(of: trimmed(candidate), in: font) <= width {
                line = candidate
            } else {
                lines.append(trimmed(line))
                line = piece
            }
        }
        return lines + [trimmed(line)]
    }

    /// A word that is wider than a line in parts that are not.
    private static func split(_ piece: String, to width: Double, _ font: Font, _ style: Style) -> [String] {
        guard style.width(of: trimmed(piece), in: font) > width else { return [piece] }
        var parts: [String] = []
        for letter in piece {
            if let last = parts.last, style.width(of: trimmed(last + String(letter)), in: font) <= width {
                parts[parts.count - 1].append(letter)
            } else {
                parts.append(String(letter))
            }
        }
        return parts
    }

    /// The shortest pieces between which a line may end; spaces stay with the piece before.
    private static func pieces(of text: String) -> [String] {
        var pieces: [String] = []
        var previous: Character?
        for character in text {
            if let previous, !mayBreak(between: previous, and: character) {
                pieces[pieces.count - 1].append(character)
            } else {
                pieces.append(String(character))
            }
            previous = character
        }
        return pieces
    }

    private static func mayBreak(between first: Character, and second: Character) -> Bool {
        if second == " " || neverFirst.contains(second) || neverLast.contains(first) { return false }
        return first == " " || isWide(first) || isWide(second)
    }

    private static func isWide(_ character: Character) -> Bool {
        character.unicodeScalars.first.map { $0.value >= 0x2E80 } ?? false
    }

    static func trimmed(_ text: String) -> String {
        var text = text
        while text.last == " " { text.removeLast() }
        return text
    }
}
