/// What the facts and claims of a site mean, in the words of a language.
struct Definitions {
    private let words: Words
    private let thresholds: [String: String]

    /// - Throws: ``SiteError`` if a threshold cannot be written.
    init(_ facts: Facts, _ words: Words) throws {
        self.words = words
        var thresholds: [String: String] = [:]
        for fact in facts.facts where fact.source == .rule {
            thresholds[fact.key] = try fact.quantity.map { try words($0) }
        }
        self.thresholds = thresholds
    }

    /// - Throws: ``SiteError`` if the strings do not define it.
    func text(of fact: Fact) throws -> String {
        guard words.has(fact.definitionKey) else { return fact.definitionKey }
        return try words(fact.definitionKey, fact.subject.values(words).merging(thresholds) { $1 })
    }

    /// - Throws: ``SiteError`` if the strings do not define it.
    func text(of claim: Claim) throws -> String {
        guard words.has(claim.definitionKey) else { return claim.definitionKey }
        return try words(claim.definitionKey, claim.subject.values(words).merging(thresholds) { $1 })
    }

    func source(of fact: Fact) throws -> String { fact.source.rawValue }
}
