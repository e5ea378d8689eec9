/// Coded as the canonical text: a list of lines.
extension Architecture: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let lines = try container.decode([String].self)
        func refusal(_ reason: String) -> DecodingError {
            DecodingError.dataCorruptedError(in: container, debugDescription: reason)
        }
        guard let header = Header(lines) else {
            throw refusal("not the canonical text of a network, version \(Architecture.canonicalVersion)")
        }
        do {
            try self.init(input: header.input, classes: header.classes, notation: Array(lines.dropFirst(Header.lines)))
        } catch {
            throw refusal("\(error)")
        }
        guard canonicalText == lines else { throw refusal("not canonical") }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(canonicalText)
    }

    private struct Header {
        static let lines = 3
        let input: ImageShape
        let classes: Int

        init?(_ lines: [String]) {
            guard lines.count > Header.lines, lines[0] == "architecture \(canonicalVersion)",
                let input = lines[1].wholeMatch(of: /input ([0-9]+)x([0-9]+)x([0-9]+)/),
                let height = Int(input.1), let width = Int(input.2), let channels = Int(input.3),
                let classes = lines[2].wholeMatch(of: /classes ([0-9]+)/).flatMap({ Int($0.1) })
            else { return nil }
            self.input = ImageShape(height: height, width: width, channels: channels)
            self.classes = classes
        }
    }
}
