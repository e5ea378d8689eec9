import Learn

/// What runs measured that differ in nothing but the seed from those which the article tells of.
public struct OtherSeeds: Sendable, Equatable {
    private let results: [RunResult]

    /// - Parameters:
    ///   - told: the configurations of the runs that the article tells of.
    ///   - results: what all stored runs on the same data measured.
    public init(than told: [Configuration] = [], among results: [RunResult] = []) {
        self.results = results.filter { result in
            !told.contains(result.configuration) && told.contains { result.configuration.isLike($0) }
        }
    }

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
