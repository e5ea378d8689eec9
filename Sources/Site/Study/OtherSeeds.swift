import Learn

/// What runs measured that differ in nothing but the seed from those which the article tells of.
public struct OtherSeeds: Sendable {
    private let results: [RunResult]
    /// Of the runs that are whole, in the order of those told of.
    private let portraits: [[Portrait]]

    /// - Parameters:
    ///   - told: the configurations of the runs that the article tells of.
    ///   - results: what all stored runs on the same data measured.
    ///   - portraits: what those with other seeds look like inside, for each of the runs told of.
    public init(
        than told: [Configuration] = [], among results: [RunResult] = [], portraits: [[Portrait]] = []
    ) {
        self.portraits = portraits
        self.results = results.filter { result in
            !told.contains(result.configuration) && told.contains { result.configuration.isLike($0) }
        }
    }

    /// Portraits of the runs like the one at this place among those told of.
    func portraits(at place: Int) -> [Portrait] { portraits.indices.contains(place) ? portraits[place] : [] }

    func histories(of network: String) -> [[EpochMetrics]] {
        results.filter { $0.configuration.network == network }.map(\.history)
    }

    /// The histories of these networks with each seed that all of them have, in the networks' order.
    func histories(of networks: [String]) -> [[[EpochMetrics]]] {
        let seeds = Set(results.map(\.configuration.seed)).sorted()
        return seeds.compactMap { seed in
            let histories = networks.compactMap { network in
                results.first { $0.configuration.network == network && $0.configuration.seed == seed }?.history
            }
            return histories.count == networks.count ? histories : nil
        }
    }
}
