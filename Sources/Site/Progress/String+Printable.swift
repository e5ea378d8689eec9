extension String {
    /// The text as a line for a terminal: control characters, which might move its cursor or hide what stands there,
    /// and what turns the direction of writing come out as `\u{1b}`, line breaks as `\n`.
    ///
    /// Names of files and what a server answers may hold anything.
    package var printable: String {
        guard unicodeScalars.contains(where: \.isControl) else { return self }
        return unicodeScalars.map { scalar in
            switch scalar {
            case "\n": "\\n"
            case "\r": "\\r"
            case "\t": "\\t"
            case _ where scalar.isControl: "\\u{\(String(scalar.value, radix: 16))}"
            default: String(scalar)
            }
        }.joined()
    }
}

extension Unicode.Scalar {
    /// Whether it is not for reading: a control character, a break of a line or paragraph, or a change of the direction
    /// of writing that would reach beyond the text.
    var isControl: Bool {
        switch properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: true
        default: (0x202A...0x202E).contains(value) || (0x2066...0x2069).contains(value)
        }
    }

    /// `U+0007`.
    var codePoint: String {
        let digits = String(value, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
