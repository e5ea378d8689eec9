import Testing

@testable import Site

@Suite struct LinkCheckTests {
    private func check(_ page: String, at path: String = "en/index.html") throws {
        let pages = [path: page, "index.html": "<p id=top>"]
        try LinkCheck(files: ["index.html", "en/index.html", "assets/a.css"], pages: pages).check()
    }

    @Test(arguments: [
        "<a href=\"../index.html\">", "<a href=\"../index.html#top\">", "<a href=\"#here\" id=\"here\">",
        "<link href=\"../assets/a.css\">", "<img src='../assets/a.css'>", "<a href=\"https://example.org/x\">",
        "<!-- <a href=\"none\"> -->", "<script>'<a href=\"none\">'</script>", "<a href=\"index.html\">",
    ])
    func linksThatLeadSomewhere(_ page: String) throws { try check(page) }

    @Test func linksFromTheHostsRootAreFollowed() throws {
        func check(_ link: String) throws {
            let pages = ["404.html": "<a href=\"\(link)\">"]
            try LinkCheck(files: ["404.html", "en/index.html"], pages: pages, base: "/article/").check()
        }
        try check("/article/en/")
        #expect(throws: SiteError.brokenLink(page: "404.html", link: "/article/")) { try check("/article/") }
        #expect(throws: SiteError.brokenLink(page: "404.html", link: "/en/")) { try check("/en/") }
    }

    @Test(arguments: [
        ("<a href=\"none.html\">", "none.html"), ("<a href=\"#none\">", "#none"),
        ("<a href=\"../index.html#none\">", "../index.html#none"),
        ("<img src=\"../../index.html\">", "../../index.html"),
        ("<source srcset=\"a.svg\">", "a.svg"), ("<a href=\"../\">", "../"), ("<a href=\"a.css#top\">", "a.css#top"),
    ])
    func linksThatLeadNowhere(_ page: String, _ link: String) {
        #expect(throws: SiteError.brokenLink(page: "en/index.html", link: link)) { try check(page) }
    }
}

@Suite struct HTMLTagTests {
    @Test func tagsAndAttributesAreRead() {
        let tags = HTMLTag.tags(in: "a < b <p class=\"x &amp; y\" hidden data-n=1 title='>'>c</P><br/><!-- <i> -->")
        #expect(tags.map(\.name) == ["p", "p", "br"])
        #expect(tags.map(\.isEnd) == [false, true, false])
        #expect(tags.first?.attributes == ["class": "x & y", "hidden": "", "data-n": "1", "title": ">"])
    }

    @Test(arguments: ["<", "<a", "<a href", "<a href=", "<a href=\"", "<!--", "</", "<script>", "<a =>", "<a b='"])
    func textThatBreaksOffIsRead(_ text: String) {
        #expect(HTMLTag.tags(in: text).count <= 1)
    }

    @Test func textIsEscapedAndBack() {
        let text = "<a href=\"x\">'&amp;</a>"
        #expect(text.escapedMarkup.unescapedMarkup == text)
        #expect("<b>1 &lt; 2</b>".withoutTags == "1 < 2")
    }
}
