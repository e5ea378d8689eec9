/// Texts as YAML has them.
enum YAMLText {
    /// The text as a scalar that is read back as it is, also within brackets; quoted where it has to be.
    static func scalar(_ text: String) -> String {
        let isPlain = text.wholeMatch(of: /[A-Za-z0-9\p{L}][A-Za-z0-9\p{L}_.\/ -]*/) != nil && !text.hasSuffix(" ")
        if isPlain, !["null", "Null", "NULL"].contains(text) { return text }
        return "\"" + text.unicodeScalars.map(escaped).joined() + "\""
    }

    private static func escaped(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\"": return "\\\""
        case "\\": return "\\\\"
        // The reader takes it for an alias if what is written as an anchor has the same name, quotes or not.
        case "*": return "\\x2A"
        case _ where scalar.isControl || scalar == "\u{FEFF}":
            let digits = String(scalar.value, radix: 16)
            return "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
        default: return String(scalar)
        }
    }
}
