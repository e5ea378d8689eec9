import Foundation
import Render
import TestSupport
import Testing
import Yams

@testable import Site

/// What `schemas/languages.schema.json` tells editors is what the reader takes.
@Suite("The schema of languages") struct LanguageSchemaTests {
    private func schema() throws -> JSONValue {
        try JSONValue(Data(contentsOf: TestSite.package.appending(path: "schemas/languages.schema.json")))
    }

    private func faults(of text: String) throws -> [String] {
        JSONSchema(try schema()).faults(of: try YAMLDecoder().decode(JSONValue.self, from: text))
    }

    private func languages() throws -> String {
        try String(contentsOf: TestSite.templates.appending(path: Language.file), encoding: .utf8)
    }

    @Test func isFollowedByThePackagesOwnFile() throws {
        #expect(try faults(of: languages()) == [])
    }

    @Test(arguments: PluralRuleTests.samples)
    func takesEachRule(_ sample: PluralRuleTests.Sample) throws {
        for (form, rule) in sample.rules {
            let text = try languages().replacing("one: i = 1 and v = 0", with: "\(form): \"\(rule)\"")
            #expect(try faults(of: text) == [], "\(rule)")
            _ = try Language.read(Array(text.utf8))
        }
    }

    @Test(arguments: [
        ("twice: twice", "thrice: thrice", "$.en.thrice: additionalProperties"),
        ("  space: \" \"\n", "", "$.en: required string(\"space\")"),
        ("locale: en_GB", "locale: en-GB", "$.en.locale: pattern"), ("\nen:", "\nEN:", "$.EN: pattern"),
        ("one: i", "other: i", "$.en.plurals.other: enum"), ("and v = 0", "and v is 0", "$.en.plurals.one: pattern"),
        ("decimal: \".\", ", "", "$.ja.numbers: required string(\"decimal\")"),
        ("\"{n}%\"", "\"%\"", "$.ja.numbers.percent: pattern"),
        ("decimal: \".\"", "decimal: \"1\"", "$.ja.numbers.decimal: pattern"),
        ("[zero, one", "[[zero], one", "$.en.cardinals[0]: type"),
    ])
    func refusesWhatTheReaderRefuses(_ old: String, _ new: String, _ fault: String) throws {
        let text = try languages().replacing(old, with: new)
        let faults = try faults(of: text)
        #expect(faults.contains(fault), "\(faults)")
        #expect(throws: ExperimentError.self) { try Language.read(Array(text.utf8)) }
    }

    @Test func hasTheReadersKeys() throws {
        let language = try #require(try schema()["additionalProperties"])
        for (place, keys) in [(language, Language.keys), (language["properties"]?["numbers"], NumberFormat.keys)] {
            guard case .object(let members) = place?["properties"] else {
                Issue.record("no properties")
                continue
            }
            #expect(Set(members.keys) == Set(keys))
        }
        let forms = JSONValue.array(PluralRules.known.map(JSONValue.string))
        #expect(language["properties"]?["plurals"]?["propertyNames"]?["enum"] == forms)
    }
}
