/// Which form of a word goes with a number: the plural rules of Unicode CLDR, in its own syntax.
///
/// Source: Unicode Technical Standard 35, part 3, 5.1 "Plural rules syntax", without samples and the obsolete `is`, `in`,
/// `within` and `mod`. The rules of all languages:
/// <https://www.unicode.org/cldr/charts/latest/supplemental/language_plural_rules.html>.
struct PluralRules: Sendable, Hashable {
    /// Forms that a rule may choose, in the order of CLDR.
    static let known = ["zero", "one", "two", "few", "many"]
    /// The form of the numbers that no rule takes.
    static let others = "other"

    private let rules: [String: Rule]

    /// - Parameter rules: by form.
    init(_ rules: [String: Rule] = [:]) { self.rules = rules }

    /// The forms that a word takes, those of all other numbers last.
    var forms: [String] { PluralRules.known.filter { rules[$0] != nil } + [PluralRules.others] }

    func form(of number: PluralOperands) -> String {
        PluralRules.known.first { rules[$0]?.holds(for: number) ?? false } ?? PluralRules.others
    }
}

extension PluralRules {
    /// `n % 10 = 3..4,9 and n % 100 != 10..19 or ...`
    struct Rule: Sendable, Hashable {
        /// Holds if all relations of any of these do.
        fileprivate let alternatives: [[Relation]]

        func holds(for number: PluralOperands) -> Bool {
            alternatives.contains { $0.allSatisfy { $0.holds(for: number) } }
        }
    }

    fileprivate struct Relation: Sendable, Hashable {
        let operand: PluralOperands.Name
        let modulus: Int?
        let isNegated: Bool
        let ranges: [ClosedRange<Int>]

        func holds(for number: PluralOperands) -> Bool {
            let value = number.value(of: operand, modulo: modulus)
            return ranges.contains { range in value.map(range.contains) ?? false } != isNegated
        }
    }

    /// Where a text stops being a rule.
    struct Fault: Error {
        let rest: String
        let wanted: String
    }
}

extension PluralRules.Rule {
    init(_ text: String) throws(PluralRules.Fault) {
        var parser = RuleParser(rest: text[...])
        var alternatives: [[PluralRules.Relation]] = []
        repeat {
            var relations: [PluralRules.Relation] = []
            repeat { relations.append(try parser.relation()) } while parser.accept("and")
            alternatives.append(relations)
        } while parser.accept("or")
        guard parser.isAtEnd else { throw parser.fault("\"and\", \"or\" or the end") }
        self.alternatives = alternatives
    }
}

private struct RuleParser {
    var rest: Substring

    var isAtEnd: Bool { rest.allSatisfy { $0 == " " } }

    func fault(_ wanted: String) -> PluralRules.Fault {
        PluralRules.Fault(rest: isAtEnd ? "the end" : String(rest.drop { $0 == " " }), wanted: wanted)
    }

    /// Takes a sign, or a word that no other letter follows.
    mutating func accept(_ token: String) -> Bool {
        let start = rest.drop { $0 == " " }
        guard start.hasPrefix(token) else { return false }
        let end = start.dropFirst(token.count)
        if token.allSatisfy(\.isLetter), end.first?.isLetter ?? false { return false }
        rest = end
        return true
    }

    mutating func relation() throws(PluralRules.Fault) -> PluralRules.Relation {
        let names = PluralOperands.Name.allCases
        guard let operand = names.first(where: { accept($0.rawValue) }) else {
            throw fault("one of \(names.map(\.rawValue).listed)")
        }
        let modulus = accept("%") ? try number(least: 1) : nil
        let isNegated = accept("!=")
        guard isNegated || accept("=") else { throw fault("= or !=") }
        var ranges: [ClosedRange<Int>] = []
        repeat {
            let first = try number()
            ranges.append(first...(accept("..") ? try number(least: first) : first))
        } while accept(",")
        return PluralRules.Relation(operand: operand, modulus: modulus, isNegated: isNegated, ranges: ranges)
    }

    private mutating func number(least: Int = 0) throws(PluralRules.Fault) -> Int {
        let start = rest.drop { $0 == " " }
        let digits = start.prefix { $0.isASCII && $0.isNumber }
        // As many as fit into the arithmetic of a remainder.
        guard digits.count <= 9, let number = Int(digits), number >= least else {
            throw fault("a whole number of at least \(least) and at most 9 digits")
        }
        rest = start.dropFirst(digits.count)
        return number
    }
}
