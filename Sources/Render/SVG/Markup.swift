/// Text inside markup, the same for HTML and XML.
///
/// All of it goes by Unicode scalar, as every parser does. A `Character` is a grapheme: a quote with a combining mark
/// after it is one `Character`, and not equal to a quote.
extension String {
    /// The text as the content of an element or of a quoted attribute, so that any text at all leaves it well-formed.
    ///
    /// Scalars that XML does not know come out as U+FFFD. A combining mark at the beginning comes out as a reference:
    /// whoever normalises the page would else join it to the bracket or quote before. Source: W3C, "Extensible Markup
    /// Language (XML) 1.0", 2.2, and "Character Model for the World Wide Web: String Matching".
    package var escapedMarkup: String {
        var escaped = String.UnicodeScalarView()
        for (place, scalar) in unicodeScalars.enumerated() {
            switch scalar {
            case "&": escaped += "&amp;".unicodeScalars
            case "<": escaped += "&lt;".unicodeScalars
            case ">": escaped += "&gt;".unicodeScalars
            case "\"": escaped += "&quot;".unicodeScalars
            case "'": escaped += "&#39;".unicodeScalars
            case _ where !scalar.isKnownToXML: escaped.append("\u{FFFD}")
            case _ where place == 0 && scalar.isCombining:
                escaped += "&#x\(String(scalar.value, radix: 16));".unicodeScalars
            default: escaped.append(scalar)
            }
        }
        return String(escaped)
    }

    /// The text with the references that ``escapedMarkup`` writes resolved.
    package var unescapedMarkup: String {
        guard unicodeScalars.contains("&") else { return self }
        var text = String.UnicodeScalarView()
        var rest = unicodeScalars[...]
        while let scalar = rest.first {
            // The longest reference is `&#x10ffff;`.
            if scalar == "&", let end = rest.prefix(10).firstIndex(of: ";"),
                let meant = String.scalar(meantBy: String(rest[rest.index(after: rest.startIndex)..<end]))
            {
                text.append(meant)
                rest = rest[rest.index(after: end)...]
            } else {
                text.append(scalar)
                rest = rest.dropFirst()
            }
        }
        return String(text)
    }

    private static func scalar(meantBy reference: String) -> Unicode.Scalar? {
        switch reference {
        case "amp": "&"
        case "lt": "<"
        case "gt": ">"
        case "quot": "\""
        case _ where reference.hasPrefix("#x"): UInt32(reference.dropFirst(2), radix: 16).flatMap(Unicode.Scalar.init)
        case _ where reference.hasPrefix("#"): UInt32(reference.dropFirst()).flatMap(Unicode.Scalar.init)
        default: nil
        }
    }
}

extension Unicode.Scalar {
    fileprivate var isKnownToXML: Bool {
        switch value {
        case 0x09, 0x0A, 0x0D: true
        case 0..<0x20, 0xFFFE, 0xFFFF: false
        default: true
        }
    }

    /// Whether the scalar belongs to the one before it.
    fileprivate var isCombining: Bool {
        switch properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark: true
        default: false
        }
    }
}
