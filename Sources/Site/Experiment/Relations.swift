/// How classes and networks of an experiment belong together.
public struct Relations: Sendable, Equatable {
    /// Classes that are alike.
    let families: [ExperimentFamily]
    /// What each network is compared with, by name; a network that is compared with none is not there.
    private let predecessors: [String: String]
    /// Whether an article tells of them, and not the generated pages alone.
    let hasStory: Bool

    init(_ experiment: Experiment) {
        families = experiment.families
        predecessors = Dictionary(
            experiment.networks.compactMap { network in network.after.map { (network.key, $0) } },
            uniquingKeysWith: { first, _ in first })
        hasStory = experiment.story != nil
    }

    /// A network beside the one with which it is compared, by name.
    public struct Pair: Hashable, Sendable {
        let network, other: String
    }

    /// Each network beside the one that it comes after.
    ///
    /// - Parameter names: of the networks that there are. One that comes after another which is not among them is
    ///   compared with what that one comes after.
    func steps(among names: [String]) -> [Pair] {
        names.compactMap { name in chain(from: name, among: names).first.map { Pair(network: name, other: $0) } }
    }

    /// Each network beside the one with which its chain of comparisons begins.
    func gains(among names: [String]) -> [Pair] {
        names.compactMap { name in chain(from: name, among: names).last.map { Pair(network: name, other: $0) } }
    }

    /// What a network comes after, and what that comes after, and so on.
    private func chain(from name: String, among names: [String]) -> [String] {
        // A network comes after one that stands above it, so that each chain ends.
        Array(sequence(first: name) { predecessors[$0] }.dropFirst().filter(names.contains))
    }
}

extension Experiment {
    /// How its classes and networks belong together.
    public var relations: Relations { Relations(self) }
}
