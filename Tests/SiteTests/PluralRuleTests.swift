import Testing

@testable import Site

/// The rules of Unicode CLDR, on its own samples.
@Suite struct PluralRuleTests {
    struct Sample: Sendable, CustomTestStringConvertible {
        let language: String
        let rules: [String: String]
        /// Numbers as they are written, by form.
        let numbers: [String: [String]]
        var testDescription: String { language }
    }

    static let samples = [
        Sample(
            language: "French",
            rules: ["one": "i = 0,1", "many": "e = 0 and i != 0 and i % 1000000 = 0 and v = 0 or e != 0..5"],
            numbers: [
                "one": ["0", "1", "0.0", "1.5", "−1"], "many": ["1,000,000", "1e6", "7.5e19"],
                "other": ["2", "17", "100", "1,000", "2.0", "1,000,000.0", "1e3"],
            ]),
        Sample(
            language: "Polish",
            rules: [
                "one": "i = 1 and v = 0", "few": "v = 0 and i % 10 = 2..4 and i % 100 != 12..14",
                "many": "v = 0 and i != 1 and i % 10 = 0..1 or v = 0 and i % 10 = 5..9 or v = 0 and i % 100 = 12..14",
            ],
            numbers: [
                "one": ["1"], "few": ["2", "4", "22", "1,002"],
                "many": ["0", "5", "12", "14", "21", "100", "1,000,000"],
                "other": ["0.0", "1.5", "1.0"],
            ]),
        Sample(
            language: "Arabic",
            rules: [
                "zero": "n = 0", "one": "n = 1", "two": "n = 2", "few": "n % 100 = 3..10", "many": "n % 100 = 11..99",
            ],
            numbers: [
                "zero": ["0", "0.0"], "one": ["1", "1.00"], "two": ["2"], "few": ["3", "10", "103", "1,010"],
                "many": ["11", "99", "1,011", "11.0"], "other": ["100", "102", "0.1", "10.1"],
            ]),
        Sample(
            language: "Latvian",
            rules: [
                "zero": "n % 10 = 0 or n % 100 = 11..19 or v = 2 and f % 100 = 11..19",
                "one":
                    "n % 10 = 1 and n % 100 != 11 or v = 2 and f % 10 = 1 and f % 100 != 11 or v != 2 and f % 10 = 1",
            ],
            numbers: [
                "zero": ["0", "10", "11", "19", "100", "0.0", "10.0", "0.11"],
                "one": ["1", "21", "101", "0.1", "1.0", "0.21", "10.1"], "other": ["2", "9", "22", "0.2", "10.2"],
            ]),
        Sample(
            language: "Danish", rules: ["one": "n = 1 or t != 0 and i = 0,1"],
            numbers: ["one": ["1", "0.1", "1.6", "1.0"], "other": ["0", "2", "2.1", "2.0"]]),
        Sample(
            language: "operands by themselves", rules: ["two": "w = 1 and v = 2", "few": "c = 3", "many": "n != 5"],
            numbers: ["two": ["1.50"], "few": ["2e3"], "many": ["1.5", "5.5", "2e−3"], "other": ["5", "5.0"]]),
    ]

    @Test(arguments: samples)
    func chooseTheFormOfEachNumber(_ sample: Sample) throws {
        let rules = PluralRules(try sample.rules.mapValues { try PluralRules.Rule($0) })
        #expect(rules.forms == PluralRules.known.filter { sample.rules[$0] != nil } + ["other"])
        for (form, numbers) in sample.numbers {
            for number in numbers {
                let operands = try #require(PluralOperands(number, as: .plain), "\(number)")
                #expect(rules.form(of: operands) == form, "\(number)")
            }
        }
    }

    @Test(arguments: [
        ("", "the end", "one of n, i, v, w, f, t, c and e"), ("x = 1", "x = 1", "one of n, i, v, w, f, t, c and e"),
        ("n is 1", "is 1", "= or !="), ("n = 1 and", "the end", "one of n, i, v, w, f, t, c and e"),
        ("n = 1, ", "the end", "a whole number of at least 0 and at most 9 digits"),
        ("n % 0 = 1", "0 = 1", "a whole number of at least 1 and at most 9 digits"),
        ("n = 3..2", "2", "a whole number of at least 3 and at most 9 digits"),
        ("n = 1234567890", "1234567890", "a whole number of at least 0 and at most 9 digits"),
        ("n = 1 @integer 1", "@integer 1", "\"and\", \"or\" or the end"),
        ("n = 1 i = 2", "i = 2", "\"and\", \"or\" or the end"),
        ("nand = 1", "nand = 1", "one of n, i, v, w, f, t, c and e"),
    ])
    func saysWhereATextIsNoRule(_ text: String, _ rest: String, _ wanted: String) {
        let fault = #expect(throws: PluralRules.Fault.self) { try PluralRules.Rule(text) }
        #expect(fault?.rest == rest && fault?.wanted == wanted)
    }

    @Test(arguments: ["", "∞", "—", "three", "1.", ".5", "1.2.3", "89.6%", "1e", "1e9999", "e5", "+−1", "１"])
    func whatIsNoNumberTakesTheFormOfAllOthers(_ text: String) {
        #expect(PluralOperands(text, as: .plain) == nil)
        #expect(Language.english.pluralForm(of: text) == "other")
    }

    @Test func numbersAreReadAsTheLanguageWritesThem() throws {
        let french = try ThirdLanguageTests.french
        for (number, form) in [
            ("0", "one"), ("1,98", "one"), ("−1", "one"), ("2,0", "other"), ("60\u{202F}000", "other"),
        ] {
            #expect(french.pluralForm(of: number) == form, "\(number)")
        }
        // A point is no sign of French numbers.
        #expect(PluralOperands("1.5", as: french.numbers) == nil)
    }
}
