import Foundation
import TestSupport
import Testing

@testable import Site

@Suite struct TemplateTests {
    @Test func tagsAreFoundWithTheirLines() throws {
        let text = "{{value.a}}\n{{#claim.b.yes}}{{{figure.c}}}\n{{/claim.b.yes}}{{! a comment }}{{>partials/d}}"
        let tags = try TemplateTag.split(text, file: "x.mustache").compactMap(\.tag)
        #expect(
            tags == [
                TemplateTag(key: "value.a", line: 1),
                TemplateTag(kind: .section, key: "claim.b.yes", line: 2),
                TemplateTag(kind: .markup, key: "figure.c", line: 2),
                TemplateTag(kind: .end, key: "claim.b.yes", line: 3),
                TemplateTag(kind: .comment, key: "", line: 3),
                TemplateTag(kind: .partial, key: "partials/d", line: 3),
            ])
    }

    @Test(arguments: [
        ("a{{x}}b{{{x}}}", "a&lt;b<"), ("{{ x }}", "&lt;"), ("{{!x}}", ""),
        ("{{#yes}}a{{/yes}}{{#no}}b{{/no}}{{^yes}}c{{/yes}}{{^no}}d{{/no}}", "ad"),
        ("{{#rows}}{{n}}{{x}},{{/rows}}", "1&lt;,2>,"), ("{{#none}}a{{/none}}{{^none}}b{{/none}}", "b"),
        ("{{#rows}}{{#yes}}{{n}}{{/yes}}{{/rows}}", "12"),
        // A tag that has its line to itself leaves none, and any other all that stands around it.
        ("a\n{{#yes}}\nb\n{{/yes}}\nc\n", "a\nb\nc\n"), ("  {{#yes}}  \nb\n\t{{/yes}}", "b\n"),
        ("a {{#yes}}\nb{{/yes}}\n", "a \nb\n"), ("{{#yes}} {{/yes}}\n", " \n"), ("a\n{{x}}\nb", "a\n&lt;\nb"),
        ("a\n{{> partial}}\nb", "a\np&lt;\nb"), ("a\n{{! remark }}\nb", "a\nb"),
        ("a\r\n{{#yes}}\r\nb{{/yes}}", "a\r\nb"),
        ("{{#no}}\n{{#rows}}\n{{n}}\n{{/rows}}\n{{/no}}\nx", "x"),
    ])
    func templatesAreFilled(_ template: String, _ text: String) throws {
        let folder = try TemplateFolder(sources: ["layout": template, "partial": "p{{x}}\n"])
        let rows: [[String: Any]] = [["n": 1], ["n": 2, "x": ">"]]
        let values: [String: Any] = ["x": "<", "yes": true, "no": false, "rows": rows, "none": [[String: String]]()]
        #expect(try folder.render("layout", values) == text.replacing("2>", with: "2&gt;"))
    }

    @Test(arguments: [
        ("{{#a}}\n{{/b}}", 2, "the {{/...}} here closes another section than is open"),
        ("{{/a}}", 1, "the {{/...}} here closes another section than is open"),
        ("\n{{#a}}{{#b}}{{/b}}", 2, "the section that begins here is not closed with {{/a}}"),
    ])
    func sectionsAreClosed(_ template: String, _ line: Int, _ problem: String) {
        #expect(throws: SiteError.malformed(file: "layout.mustache", line: line, problem: problem)) {
            try TemplateFolder(sources: ["layout": template])
        }
    }

    @Test(arguments: [
        ("a\n{{value.a", SiteError.malformed(file: "x", line: 2, problem: "a tag is not closed")),
        ("{{=<% %>=}}", .malformed(file: "x", line: 1, problem: "{{=<% %>=}} is no tag of these templates")),
        ("{{}}", .malformed(file: "x", line: 1, problem: "{{}} is no tag of these templates")),
        ("{{a b}}", .malformed(file: "x", line: 1, problem: "{{a b}} is no tag of these templates")),
    ])
    func brokenTagsAreRefused(_ text: String, _ error: SiteError) {
        #expect(throws: error) { try TemplateTag.split(text, file: "x") }
    }

    @Test func aMissingKeyIsAnErrorThatNamesItsPlace() throws {
        let folder = try TemplateFolder(sources: ["layout": "{{a}}\n{{>partials/b}}", "partials/b": "x\ny {{c.d}}"])
        #expect(throws: SiteError.unknownKey(file: "layout.mustache", line: 1, key: "a")) {
            try folder.render("layout", [:])
        }
        #expect(throws: SiteError.unknownKey(file: "partials/b.mustache", line: 2, key: "c.d")) {
            try folder.render("layout", ["a": 1, "c.e": 2])
        }
        #expect(try folder.render("layout", ["a": 1, "c.d": "<"]) == "1\nx\ny &lt;")
    }

    @Test func aMissingKeyWithinALoopIsAnError() throws {
        let folder = try TemplateFolder(sources: ["layout": "{{#rows}}{{name}}{{size}}{{/rows}}"])
        #expect(throws: SiteError.unknownKey(file: "layout.mustache", line: 1, key: "size")) {
            try folder.render("layout", ["rows": [["name": "a"] as [String: Any]]])
        }
    }

    @Test func aMissingPartialIsAnError() {
        #expect(throws: SiteError.unknownKey(file: "layout.mustache", line: 2, key: "partials/none")) {
            try TemplateFolder(sources: ["layout": "\n{{>partials/none}}"])
        }
    }

    @Test(arguments: ["{{>layout}}", "{{>partials/a}}"])
    func aTemplateThatIncludesItselfIsRefused(_ layout: String) {
        let sources = ["layout": layout, "partials/a": "{{>partials/b}}", "partials/b": "\n{{>layout}}"]
        #expect {
            try TemplateFolder(sources: sources)
        } throws: { error in
            guard case SiteError.malformed(_, _, let problem) = error else { return false }
            return problem.hasSuffix("makes a template include itself")
        }
    }

    @Test func aFolderWithoutTemplatesIsRefused() throws {
        let folder = try TemporaryFolder()
        #expect(throws: SiteError.noTemplates(folder: folder.url.path)) { try TemplateFolder(folder.url) }
        let strings = folder.url.appending(path: "strings/en").path
        #expect(throws: SiteError.noTemplates(folder: strings)) {
            try Words(language: .english, templates: folder.url)
        }
    }

    @Test func aTemplateThatIsNoTextIsRefused() throws {
        let folder = try TemporaryFolder()
        try Data([0xFF, 0xFE, 0xFF]).write(to: folder.url.appending(path: "layout.mustache"))
        #expect(
            throws: SiteError.malformed(file: "layout.mustache", line: nil, problem: "cannot be read as UTF-8 text")
        ) { try TemplateFolder(folder.url) }
    }
}

@Suite struct WordsTests {
    @Test func eachLanguageStatesTheSameValues() throws {
        let english = try Words(language: .english, texts: ["a": "{n} {n -> [one] x [other] xs} {y}", "b": "B"])
        func check(_ texts: [String: String]) throws {
            try english.check(saysTheSameAs: Words(language: .japanese, texts: texts))
        }
        try check(["a": "{y}{n}枚", "b": "B", "c": ""])
        #expect(throws: SiteError.missingString(key: "b", language: .japanese)) { try check(["a": "{y}{n}枚"]) }
        #expect(
            throws: SiteError.malformed(
                file: TemplateFolder.Part.strings("ja").prefix, line: nil,
                problem: "\"a\" does not state {y}, which it does in en")
        ) { try check(["a": "{n}枚", "b": "B"]) }
    }

    @Test func placeholdersAreFilled() throws {
        let words = try Words(language: .english, texts: ["a": "{x} of {y}"])
        #expect(try words("a", ["x": "{y}", "y": "2"]) == "{y} of 2")
        #expect(throws: SiteError.unfilledPlaceholder(key: "a", placeholder: "y", language: .english)) {
            try words("a", ["x": "1"])
        }
        #expect(throws: SiteError.missingString(key: "b", language: .english)) { try words("b") }
    }

    @Test(arguments: [
        ("1", "1 image is"), ("0", "0 images are"), ("2", "2 images are"), ("1.0", "1.0 images are"),
        ("−1", "−1 image is"), ("+1", "+1 image is"), ("1,001", "1,001 images are"),
    ])
    func aWordGoesByItsNumber(_ number: String, _ text: String) throws {
        let words = try Words(language: .english, texts: ["a": "{n} {n -> [one] image is [other] images are}"])
        #expect(try words("a", ["n": number]) == text)
        #expect(try Words(language: .japanese, texts: ["a": "{n}枚"])("a", ["n": number]) == number + "枚")
    }

    @Test(arguments: [
        ("en", "{n -> [one] a}", 10, "\"n\" has no text for [other]; write - where nothing is said"),
        ("en", "{n -> [one] a [other] b [few] c}", 10, "\"n\" is a number and chooses by one, other, not [few]"),
        ("ja", "{n -> [one] a [other] b}", 10, "\"n\" is a number and chooses by other, not [one]"),
        ("en", "{n", 10, "write {fact}, {claim -> [outcome] text ...}"), ("en", "}", 10, "a } without its {"),
    ])
    func aWordHasTheFormsOfItsLanguage(_ language: String, _ word: String, _ column: Int, _ problem: String) throws {
        let language = Language.named(language)
        let folder = try TemporaryFolder()
        let line = "  \"a\": \"\(word)\""
        try folder.write("{\n\(line)\n}", to: "strings/\(language.code)/one.json")
        let error = #expect(throws: SiteError.self) { try Words(language: language, templates: folder.url) }
        guard case .prose(let place, let told) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(
            place
                == ProsePlace(file: "strings/\(language.code)/one.json", line: 2, column: column - 1, text: line))
        #expect(told.contains(problem))
    }

    @Test func aKeyIsDefinedOnce() throws {
        let folder = try TemporaryFolder()
        try folder.write(#"{"a": "1"}"#, to: "strings/en/one.json")
        try folder.write(#"{"a": "2"}"#, to: "strings/en/two.json")
        #expect(
            throws: SiteError.malformed(
                file: "strings/en/two.json", line: nil, problem: "\"a\" is defined a second time")
        ) { try Words(language: .english, templates: folder.url) }
    }

    @Test(arguments: [
        ("", nil), ("[]", nil), (#"{"a": 1}"#, nil), ("{", nil),
        // A comma that is missing is noticed at the next key.
        ("{\n\"a\": \"塊\"\n\n\"b\": \"c\"\n}", 4),
    ])
    func whatIsNoObjectOfTextsIsRefused(_ content: String, _ line: Int?) throws {
        let folder = try TemporaryFolder()
        try folder.write(content, to: "strings/en/one.json")
        #expect(
            throws: SiteError.malformed(
                file: "strings/en/one.json", line: line, problem: "not a JSON object of keys and texts")
        ) { try Words(language: .english, templates: folder.url) }
    }

    @Test func theLanguagesDefineTheSameKeys() throws {
        let keys = try Language.allCases.map { try Words(language: $0, templates: TestSite.templates).keys }
        for other in keys.dropFirst() { #expect(keys[0].symmetricDifference(other).sorted() == []) }
    }
}
