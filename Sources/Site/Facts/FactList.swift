import Foundation

/// All facts and claims of a site as they are listed on the command line.
public struct FactList {
    private let facts: Facts
    private let words: [Words]

    /// - Parameter templates: the folder of templates, whose strings define the facts.
    /// - Throws: ``SiteError`` for strings that cannot be read.
    public init(_ materials: SiteMaterials, templates: URL) throws {
        facts = materials.facts
        words = try materials.names.words(in: templates)
    }

    /// A paragraph each: key and value, then the definition, and what it was worked out from.
    ///
    /// - Throws: ``SiteError`` if a definition is missing.
    public func text(in language: Language) throws -> String {
        guard let words = words.first(where: { $0.language == language }) else { return "" }
        let definitions = try Definitions(facts, words)
        let told = try facts.facts.map { fact in
            let source = try words("numbers.source", ["source": definitions.source(of: fact)])
            let parts = [try definitions.text(of: fact), fact.formula, source].compactMap(\.self)
            return "\(fact.key) = \(try fact.quantity.map { try words($0) } ?? "–")\n    "
                + parts.joined(separator: " ") + "\n"
        }
        let claimed = try facts.claims.map { claim in
            "\(claim.key) = \(claim.outcome)\n    \(try definitions.text(of: claim))\n"
        }
        return (told + claimed).joined(separator: "\n")
    }

    /// What `data/facts.json` of the site holds.
    ///
    /// - Throws: ``SiteError`` if a definition is missing.
    public func json() throws -> Data { try FactSheet(facts, words).json() }
}
