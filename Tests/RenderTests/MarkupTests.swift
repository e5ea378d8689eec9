import Foundation
import Testing

@testable import Render

@Suite struct MarkupTests {
    @Test(arguments: [
        ("<a href=\"x\">&'", "&lt;a href=&quot;x&quot;&gt;&amp;&#39;"),
        // A quote and a mark on it are one `Character`.
        ("x\"\u{301} onmouseover=alert(1) y", "x&quot;\u{301} onmouseover=alert(1) y"),
        ("A&\u{301}<\u{338}", "A&amp;\u{301}&lt;\u{338}"),
        // At the beginning, the mark would be joined to what stands before the text.
        ("\u{338}a", "&#x338;a"), ("\u{301}\u{301}", "&#x301;\u{301}"), ("\u{20DD}", "&#x20dd;"),
        // What XML has no place for.
        ("a\u{0}b\u{1B}c\u{FFFE}\u{FFFF}", "a\u{FFFD}b\u{FFFD}c\u{FFFD}\u{FFFD}"), ("a\tb\nc\rd", "a\tb\nc\rd"),
        ("", ""), ("損失 🦊", "損失 🦊"),
    ])
    func everyTextIsEscapedByScalar(text: String, escaped: String) {
        #expect(Array(text.escapedMarkup.unicodeScalars) == Array(escaped.unicodeScalars))
    }

    @Test(arguments: [
        "&amp;lt;", "a & b; c", "&", "&#x301;", "&#39;&#60;", "&unknown;", "&#xD800;", "&;", "x\"\u{301}'&",
    ])
    func whatWasEscapedComesBack(text: String) {
        #expect(Array(text.escapedMarkup.unescapedMarkup.unicodeScalars) == Array(text.unicodeScalars))
    }

    @Test func referencesAreResolvedOnce() {
        #expect("&amp;lt;&#60;&#x3C;&quot;&;&unknown;&#xD800;".unescapedMarkup == "&lt;<<\"&;&unknown;&#xD800;")
    }

    @Test func aDrawingsTextsLeaveItsFileWellFormed() throws {
        for text in ["A&\u{301}", "<\u{338}b>", "\u{301}", "\u{1B}[2J\u{0}", "]]>", "--><!--"] {
            var drawing = Drawing(
                id: "a\"\u{301}", title: text, description: text, language: "en\"", size: Size(80, 40))
            drawing.add(.text(TextLine(text, at: Point(9, 20), font: Theme.label, color: Color(0))))
            #expect(WellFormed.problem(in: try drawing.svg()) == nil, "\(text.debugDescription)")
        }
    }
}

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// What an XML parser that knows nothing of Swift's strings says.
enum WellFormed {
    static func problem(in document: Data) -> String? {
        let parser = XMLParser(data: document)
        return parser.parse() ? nil : "\(parser.parserError.map { "\($0)" } ?? "?") at line \(parser.lineNumber)"
    }
}

@Suite struct LetterTests {
    @Test func whatTheTypefaceLacksIsTold() throws {
        let typeface = try Typeface.installed()
        #expect(typeface.missing(in: "損失 loss ― 12.5 %") == [])
        #expect(typeface.missing(in: "a\u{1F98A}b\u{10FFFD}") == ["\u{1F98A}", "\u{10FFFD}"])
    }

    /// A joiner, a choice of variant, a soft hyphen: a reader sees none of them.
    @Test func whatIsNeverSeenIsNotDrawn() throws {
        let typeface = try Typeface.installed()
        let hidden = "l\u{200D}o\u{FE0F}s\u{AD}s"
        #expect(typeface.missing(in: hidden) == [])
        #expect(typeface.width(of: hidden, in: Theme.label) == typeface.width(of: "loss", in: Theme.label))
    }

    /// No box stands between the thousands of a French number.
    @Test func aSpaceIsDrawnWhateverItsWidth() throws {
        let typeface = try Typeface.installed()
        #expect(typeface.missing(in: "60\u{202F}000\u{A0}%\u{2009}\u{3000}") == [])
        #expect(!typeface.drawn("60\u{202F}000").contains { !$0.isNumber && !$0.isWhitespace })
    }
}

@Suite struct FittedTextTests {
    private let style = Style(theme: .light, measure: PlainMeasure())

    @Test(arguments: [
        ("class", 65.0, "class"), ("a long name", 50, "a long na…"), ("a long name", 40, "a long…"), ("abc", 1, "…"),
        ("", 0, ""), ("長い名前です", 45, "長い名前…"),
    ])
    func asMuchAsFitsStays(text: String, width: Double, fitted: String) {
        #expect(style.fitted(text, into: width, Font(size: 10)) == fitted)
    }
}
