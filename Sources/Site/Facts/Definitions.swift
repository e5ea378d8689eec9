import Learn

/// What numbers and claims mean and where they come from, in one language.
struct Definitions {
    private let words: Words
    /// What the rules set, by key, as the language writes it.
    private let thresholds: [String: String]

    /// - Throws: ``SiteError`` if the strings lack a noun that a threshold is written with.
    init(_ facts: Facts, _ words: Words) throws {
        self.words = words
        let rules = facts.facts.filter { $0.source == .rule && $0.subject.network == nil }
        thresholds = try Dictionary(
            rules.compactMap { rule in try rule.quantity.map { (rule.key, try words($0)) } },
            uniquingKeysWith: { first, _ in first })
    }

    /// What exactly the number is.
    ///
    /// - Throws: ``SiteError`` if the strings do not define it, or a placeholder has no value.
    func text(of fact: Fact) throws -> String { try parts(of: fact).map(\.text).joined() }

    /// The same in its parts.
    func parts(of fact: Fact) throws -> [Words.Part] { try parts(fact.definitionKey, fact.subject) }

    /// The rule with its thresholds and each outcome in backticks, but for that of not being decided.
    ///
    /// - Throws: ``SiteError`` if the strings do not define it, or a placeholder has no value.
    func text(of claim: Claim) throws -> String { try parts(of: claim).map(\.text).joined() }

    /// The same in its parts.
    func parts(of claim: Claim) throws -> [Words.Part] { try parts(claim.definitionKey, claim.subject) }

    /// Where the number comes from, in a few words; files and parts of them by their names.
    ///
    /// - Throws: ``SiteError`` if the strings do not tell, or a placeholder has no value.
    func source(of fact: Fact) throws -> String {
        try words(fact.sourceKey, fact.subject.ownNetwork.map { ["network": $0] } ?? [:])
    }

    private func parts(_ key: String, _ subject: FactSubject) throws -> [Words.Part] {
        try words.parts(key, subject.values(words).merging(thresholds) { value, _ in value })
    }
}

extension Fact {
    /// Of the string that tells where it comes from.
    fileprivate var sourceKey: String {
        let key = "source.\(source.rawValue)"
        return source.isOfEachNetwork && subject.ownNetwork == nil ? key + ".all" : key
    }
}

extension FactSource {
    /// Whether each network has its own, so that it matters whether a fact is about one or about several.
    fileprivate var isOfEachNetwork: Bool {
        switch self {
        case .architecture, .settings, .history, .answers: true
        case .data, .maps, .weights, .kernelHistory, .inspection, .seeds, .rule: false
        }
    }
}

extension FactSubject {
    /// The only network whose numbers these are; nil if there are several, or none.
    fileprivate var ownNetwork: String? {
        switch self {
        case .pair: nil
        case .other(let pair): pair.other
        default: network
        }
    }
}
