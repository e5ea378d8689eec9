import Foundation

/// All facts and claims with what they mean, as `data/facts.json` has them; `schemas/facts.schema.json` describes it.
struct FactSheet: Encodable {
    let format = 1
    let facts: [Entry]
    let claims: [Statement]

    struct Entry: Encodable {
        let key: String
        let value: FactValue?
        let unit: String?
        /// Decimal places that are written.
        let places: Int?
        /// As each language writes it; nil where these runs have none.
        let written: [String: String]?
        let definition: [String: String]
        let formula: String?
        let source: String
    }

    struct Statement: Encodable {
        let key: String
        let outcome: String
        let outcomes: [String]
        /// What had only to be changed a little for another outcome.
        let turnedBy: [String]
        let definition: [String: String]
    }

    /// - Parameter words: of each language.
    /// - Throws: ``SiteError`` if a definition is missing.
    init(_ facts: Facts, _ words: [Words]) throws {
        let definitions = try words.map { ($0, try Definitions(facts, $0)) }
        func inEach(_ text: (Words, Definitions) throws -> String) rethrows -> [String: String] {
            var texts: [String: String] = [:]
            for (words, definitions) in definitions { texts[words.language.code] = try text(words, definitions) }
            return texts
        }
        self.facts = try facts.facts.map { fact in
            Entry(
                key: fact.key, value: fact.quantity?.value, unit: fact.quantity?.unit, places: fact.quantity?.places,
                written: try fact.quantity.map { quantity in try inEach { words, _ in try words(quantity) } },
                definition: try inEach { try $1.text(of: fact) }, formula: fact.formula, source: fact.source.rawValue)
        }
        claims = try facts.claims.map { claim in
            Statement(
                key: claim.key, outcome: claim.outcome, outcomes: claim.outcomes,
                turnedBy: claim.turnedBy.map(\.rawValue).sorted(), definition: try inEach { try $1.text(of: claim) })
        }
    }

    /// The same bytes for the same facts.
    func json() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        return try encoder.encode(self) + Data("\n".utf8)
    }
}

extension FactSheet {
    static let path = "data/facts.json"
}
