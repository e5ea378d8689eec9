import Foundation
import TestSupport
import Testing

@testable import Site

/// The languages of a site, and what is wrong with their file.
@Suite struct LanguageTests {
    private static let text = """
        de:
          name: Deutsch
          locale: de_DE
          space: " "
          plurals:
            one: i = 1 and v = 0
          cardinals: [null, eins]
          twice: doppelt
          numbers: {decimal: ",", group: ".", minimumGroupingDigits: 2, minus: −, plus: +, percent: "{n} %"}
        pt-BR: {name: x, locale: pt, space: "", numbers: {decimal: ",", group: "", minus: −, plus: +, percent: "{n}%"}}

        """

    @Test func areReadWithEverythingInThem() throws {
        let languages = try Language.read(Array(LanguageTests.text.utf8).replacing("null".utf8, with: "kein".utf8))
        #expect(languages.map(\.code) == ["de", "pt-BR"])
        #expect(languages.map(\.home.path) == ["index.html", "pt-BR/index.html"])
        #expect(languages.map(\.home.root) == ["", "../"])
        let german = languages[0]
        #expect(german.cardinals == ["kein", "eins"] && german.twice == "doppelt" && german.space == " ")
        #expect(german.plurals.forms == ["one", "other"] && languages[1].plurals.forms == ["other"])
        #expect(german.numbers.text(1234.5, places: 1) == "1234,5" && german.numbers.text(12345, places: 0) == "12.345")
        #expect(german.name(of: languages[1]) == "Portugiesisch (Brasilien)")
    }

    @Test(arguments: [
        ("name: Deutsch", "nam: Deutsch", "2:3: a language has no key \"nam\"; did you mean name?"),
        ("  name: Deutsch\n", "", "2:3: a language wants name, such as name: English"),
        ("locale: de_DE", "locale: de-DE", "3:11: \"de-DE\" is no locale; write language and region, such as en_GB"),
        (
            "space: \" \"", "space: \"\\n\"",
            "4:10: wants what stands between sentences, of at most 20 characters in one line"
        ),
        ("  space: \" \"\n", "", "2:3: a language wants space, such as space: \" \""),
        (
            "one: i", "other: i",
            "6:5: plurals has no key \"other\"; known are zero, one, two, few and many"
        ),
        (
            "i = 1 and v = 0", "i = 1 and v is 0",
            "6:10: is no plural rule from \"is 0\" on: it wants = or !=, as in i = 1 and v = 0"
        ),
        ("[null, eins]", "eins", "7:14: wants a list of numbers as words, from zero on, not \"eins\""),
        ("[null, eins]", "[null, eins]", "7:15: wants a number as a word, not nothing"),
        ("decimal: \",\", ", "", "9:12: how numbers are written wants decimal, such as decimal: \".\""),
        ("decimal: \",\"", "decimal: \"\"", "9:22: wants a sign such as \".\""),
        ("decimal: \",\"", "decimal: x", "9:22: wants a sign, no letter or digit"),
        (
            "decimal: \",\"", "decimal: \".\"",
            "9:12: decimal, group, minus and plus must be told apart; none may be or hold another"
        ),
        ("\"{n} %\"", "\"%\"", "9:93: wants {n} once, where the number stands, as in \"{n}%\""),
        ("Digits: 2", "Digits: 5", "9:62: wants a number of digits, a whole number from 1 to 4, not \"5\""),
        ("pt-BR:", "DE:", "10:1: \"DE\" is no code of a language; write one such as en or pt-BR"),
        ("pt-BR:", "\"d/..\":", "10:1: \"d/..\" is no code of a language; write one such as en or pt-BR"),
        ("pt-BR:", "de:", "1:1: \"de\" stands there more than once; remove one or rename it"),
    ])
    func faultsHaveTheirPlace(_ old: String, _ new: String, _ complaint: String) throws {
        let isAboutCardinals = old.hasPrefix("[null")
        let whole = isAboutCardinals ? LanguageTests.text : LanguageTests.text.replacing("null", with: "kein")
        #expect(whole.contains(old))
        let error = #expect(throws: ExperimentError.self) {
            try Language.read(Array(whole.replacing(old, with: new).utf8))
        }
        #expect(error?.description == "languages.yml:\(complaint)")
    }

    @Test func anErrorOfTheTemplatesShowsTheLine() throws {
        let folder = try TemporaryFolder()
        try folder.write("en:\n  nam: English\n", to: "languages.yml")
        let error = #expect(throws: SiteError.self) { try Language.all(in: folder.url) }
        #expect(
            error?.description
                == "languages.yml:2:3: a language has no key \"nam\"; did you mean name?:   nam: English")
        try folder.write("", to: "languages.yml")
        let empty = #expect(throws: SiteError.self) { try Language.all(in: folder.url) }
        #expect(empty?.description == "languages.yml: nothing is in it; begin with en:")
    }

    /// What the file lists and the folders that there are belong together.
    @Test func listAndFoldersBelongTogether() throws {
        let folder = try TemporaryFolder()
        #expect(throws: SiteError.noTemplates(folder: folder.url.path)) { try Language.all(in: folder.url) }
        try folder.write("", to: "layout.mustache")
        #expect(
            throws: SiteError.malformed(
                file: "languages.yml", line: nil, problem: "not there; it lists the site's languages")
        ) { try Language.all(in: folder.url) }
        try folder.write(LanguageTests.text.replacing("null", with: "kein"), to: "languages.yml")
        try folder.write("{}", to: "strings/de/a.json")
        #expect(
            throws: SiteError.malformed(
                file: "languages.yml", line: nil,
                problem: "there are no strings in pt-BR; write them in strings/pt-BR/, or remove the language")
        ) { try Language.all(in: folder.url) }
        try folder.write("{}", to: "strings/pt-BR/a.json")
        try folder.write("", to: "strings/.hidden/a.json")
        try folder.write("", to: "strings/README.md")
        #expect(try Language.all(in: folder.url).map(\.code) == ["de", "pt-BR"])
        try folder.write("{}", to: "strings/fr/a.json")
        #expect(
            throws: SiteError.malformed(
                file: "strings/fr/", line: nil,
                problem: "languages.yml has no language \"fr\"; list it there, or remove the folder")
        ) { try Language.all(in: folder.url) }
    }

    @Test func aSectionInAnUnknownLanguageIsRefused() throws {
        #expect(
            throws: SiteError.malformed(
                file: "article/01-a.jp.md", line: nil, problem: "languages.yml has no language \"jp\"; did you mean ja?"
            )
        ) { try ArticleSource.checkNames(of: ["article/01-a.en.md", "article/01-a.jp.md"], Language.allCases) }
    }
}
