import Testing

@testable import Site

/// How prose is read and what becomes of it.
@Suite struct ProseTests {
    private func html(_ text: String, _ language: Language = .english) throws -> String {
        let prose = ProseRenderer(
            language: language, root: language.home.root,
            value: { key in
                switch key {
                case "n": ProseValue(text: "1,000")
                case "name": ProseValue(text: "<b>*x*\"\u{301} & `y`")
                case "a.loss": ProseValue(text: "0.287", number: "0.2866", definition: "numbers/index.html#a.loss")
                default: nil
                }
            },
            number: { ["none": "0", "single": "1", "many": "1,000"][$0] },
            outcome: { ["right": "yes", "wrong": "no", "open": "undecided"][$0] },
            reference: { $0 == "fig-1" ? "<a href=\"#figure-fig-1\">Figure 1</a>" : nil })
        return try ProseParser.blocks(of: text, file: "f").map { block in
            switch block.kind {
            case .paragraph, .list: try prose.html(of: block)
            case .verbatim: try prose.verbatim(block)
            case .title, .heading: try prose.inline(block) + "\n"
            case .placed(let placed, let id): "[\(placed.rawValue) \(id)]\n"
            }
        }.joined()
    }

    @Test(arguments: [
        (
            "A *b* **c** `d` [e](/data/e.json) [f](https://example.org/).",
            "<p>A <em>b</em> <strong>c</strong> <code>d</code> <a href=\"../data/e.json\">e</a> "
                + "<a href=\"https://example.org/\">f</a>.</p>"
        ),
        ("One line,\n  and another.", "<p>One line, and another.</p>"),
        ("- a\n  b\n- c {n}", "<ul>\n<li>a b</li>\n<li>c 1,000</li>\n</ul>"),
        ("{n} in **{n}** and `{n}`", "<p>1,000 in <strong>1,000</strong> and <code>1,000</code></p>"),
        ("{name}", "<p>&lt;b&gt;*x*&quot;\u{301} &amp; `y`</p>"),
        (
            "{a.loss} [{a.loss}](/data/e.json) `{a.loss}`",
            "<p><a class=\"fact\" href=\"numbers/index.html#a.loss\"><data value=\"0.2866\">0.287</data></a> "
                + "<a href=\"../data/e.json\"><data value=\"0.2866\">0.287</data></a> <code>"
                + "<a class=\"fact\" href=\"numbers/index.html#a.loss\"><data value=\"0.2866\">0.287</data></a></code></p>"
        ),
        ("## {a.loss} {#it}", "<data value=\"0.2866\">0.287</data>"),
        ("```\n{a.loss}\n```", "<pre tabindex=\"0\"><code><data value=\"0.2866\">0.287</data></code></pre>"),
        ("See (@fig-1).", "<p>See (<a href=\"#figure-fig-1\">Figure 1</a>).</p>"),
        ("`conv 6@5x5`, 6@5x5, \\@fig-1 \\{n\\} a\\*b\\*", "<p><code>conv 6@5x5</code>, 6@5x5, @fig-1 {n} a*b*</p>"),
        ("A {right -> [yes] {n} [no] none} z.", "<p>A 1,000 z.</p>"),
        (
            "A.\n{wrong ->\n  [yes] B.\n  [no]  -\n}\n{right ->\n  [yes] C,\n        D.\n  [no] E.\n}\nF.",
            "<p>A.  C, D. F.</p>"
        ),
        ("{wrong -> [yes] a [no] {right -> [yes] b [no] c}}", "<p>b</p>"),
        ("{wrong -> [yes] a [no] -}", ""),
        (
            "{wrong -> [yes] a [no] -}\n{wrong -> [yes] a [no] -}\n{wrong -> [yes] a [no] -}\n{wrong -> [yes] a [no] -}\nB",
            "<p>B</p>"
        ),
        (
            "{none -> [0] no map [one] a map [other] maps}, {single -> [one] a map [other] maps}, {many -> [one] a [other] {n}}",
            "<p>no map, a map, 1,000</p>"
        ),
        ("A [link](/x) {right -> [yes] [no](/y) [no] b}", "<p>A <a href=\"../x\">link</a> <a href=\"../y\">no</a></p>"),
        (
            "```\nswift run {n} <x> *y*\n{name}\n```",
            "<pre tabindex=\"0\"><code>swift run 1,000 &lt;x&gt; *y*\n&lt;b&gt;*x*&quot;\u{301} &amp; `y`</code></pre>"
        ),
        ("# A *title*", "A <em>title</em>"), ("## A `head` {#id}", "A <code>head</code>"),
        ("::figure fig-1\n\n::widget confusions", "[figure fig-1]\n[widget confusions]"),
        ("2 < 3 & \"4\"", "<p>2 &lt; 3 &amp; &quot;4&quot;</p>"),
    ])
    func inEnglish(_ text: String, _ expected: String) throws {
        #expect(try html(text).trimmingSuffix == expected)
    }

    @Test(arguments: [
        ("一行目、\n  二行目。\n三行目。", "<p>一行目、二行目。三行目。</p>"),
        ("{塊|かたまり}です。", "<p><ruby>塊<rp>（</rp><rt>かたまり</rt><rp>）</rp></ruby>です。</p>"),
        ("**替えます。**次は**「太字」**の話。", "<p><strong>替えます。</strong>次は<strong>「太字」</strong>の話。</p>"),
        (
            "「{wrong -> [yes] 増 [no] 減}」です（@fig-1、{n}）。",
            "<p>「減」です（<a href=\"#figure-fig-1\">Figure 1</a>、1,000）。</p>"
        ),
        ("{.only}\n- {n}枚\n- 二枚", "<ul>\n<li>1,000枚</li>\n<li>二枚</li>\n</ul>"),
        ("{open -> [yes] 増 [no] 減 [?] 不明}です。", "<p>不明です。</p>"),
        ("{many -> [1000] ちょうど千枚 [other] {n}枚}", "<p>ちょうど千枚</p>"),
        ("{many -> [other] {n}枚}", "<p>1,000枚</p>"),
        ("[記録](/data/a.json)", "<p><a href=\"data/a.json\">記録</a></p>"),
    ])
    func inJapanese(_ text: String, _ expected: String) throws {
        #expect(try html(text, .japanese).trimmingSuffix == expected)
    }

    @Test(arguments: [
        ("A } b", 1, 3, "a } without its {"), ("A {n b", 1, 3, "write {fact}"), ("A {n", 1, 3, "write {fact}"),
        ("A\n{}", 2, 1, "write {fact}"), ("@ b", 1, 1, "name a figure or section after @"),
        ("A\n{x -> [yes] b\n\nC", 2, 1, "{x -> is not closed with } within its paragraph"),
        ("{x -> [yes] b", 1, 1, "{x -> is not closed"), ("{x -> }", 1, 1, "tells no outcome"),
        ("{x -> yes}", 1, 7, "write an outcome of x in brackets"),
        ("{x ->\n  [yes] b\n  [yes] c\n}", 3, 3, "[yes] is told a second time, after line 2"),
        ("{x -> [yes] b [undecided] c}", 1, 15, "write [?] where it is undecided"),
        ("{x -> [?] b [?] c}", 1, 13, "[?] is told a second time, after line 1"),
        ("{x -> [yes] [no] b}", 1, 7, "[yes] has no text; write -"),
        ("::figur a", 1, 1, "write one of ::figure, ::table, ::code, ::widget"), ("::figure", 1, 1, "the name of one"),
        ("### A", 1, 1, "write # before"), ("## A", 1, 1, "end the heading with its id in braces"),
        ("::: other", 1, 1, "write ::: interactive"), (":::", 1, 1, "write ::: interactive"),
        ("a\n\n::: interactive\n\nb", 3, 1, "is not closed with :::"),
        ("```\na", 1, 1, "is not closed with three backticks"), ("```swift\na\n```", 1, 1, "nothing follows"),
        ("\u{F0000}", 1, 1, "a character of a private plane"), ("A {b|\u{F0001}}", 1, 6, "of a private plane"),
        ("A {a}\n\\\u{FFFFD}", 2, 2, "of a private plane"),
        ("a\n\nA <b>b</b>", 3, 1, "HTML in an article, <b>; write Markdown"), ("<div>", 1, 1, "HTML in an article"),
        ("![a](b)", 1, 1, "image, which an article does not have"), ("> a", 1, 1, "block_quote"),
        ("A `b @fig-1.", 1, 3, "is not closed with `"),
        ("A {right -> [yes] `b [no] c}", 1, 19, "is not closed with `"),
        ("A\n::figure fig-1", 2, 1, "leave an empty line before this"), ("A\n## B {#b}", 2, 1, "leave an empty line"),
        ("- a\n```\nb\n```", 2, 1, "leave an empty line"), ("A\n- b", 2, 1, "leave an empty line"),
        ("A ** b", 1, 1, "** that begins or ends nothing"),
        ("1. a", 1, 1, "is read as something else than a paragraph"),
        ("{unknown}", 1, 1, "these runs have no \"unknown\""), ("A\n@nowhere", 2, 1, "these runs have no \"@nowhere\""),
    ])
    func faults(_ text: String, _ line: Int, _ column: Int, _ problem: String) {
        let error = #expect(throws: SiteError.self) { try html(text) }
        guard case .prose(let place, let told) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect((place.line, place.column) == (line, column) && told.contains(problem), "\(place) \(told)")
        #expect(
            error?.description.contains("\n") == false && error?.description.hasPrefix("f:\(line):\(column): ") == true)
    }

    /// Of a long line, an error shows what stands around the place.
    @Test func anErrorShowsTheLine() {
        let text = String(repeating: "word ", count: 40) + "{nothing here}" + String(repeating: " word", count: 40)
        let error = #expect(throws: SiteError.self) { try html(text) }
        #expect(error?.description.contains("…word word word {nothing here} word") == true)
    }
}

extension String {
    fileprivate var trimmingSuffix: Substring { hasSuffix("\n") ? dropLast() : self[...] }
}
