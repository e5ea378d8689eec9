import Foundation
import Learn

/// A change that half of an experiment's networks have.
public struct ExperimentFactor: Sendable, Hashable {
    /// The name by which facts call it.
    public let key: String
    /// What it is called on pages.
    public let name: Texts
    /// The networks that have it.
    public let networks: [String]
}

extension ExperimentFactor {
    static let keys = ["name", "networks"]
}

extension YAMLValue {
    /// Two changes, of which each network has none, one or both.
    ///
    /// - Parameter networks: of the experiment: one for each combination.
    func factors(of networks: [ExperimentNetwork]) throws(ExperimentError) -> [ExperimentFactor] {
        let known = networks.map(\.key)
        let entries = try entries("factors, a mapping such as dropout: {networks: [small, large]}")
        guard entries.count == 2 else {
            throw fault("there are \(entries.count) factors; name two, each with the networks that have it")
        }
        var factors: [ExperimentFactor] = []
        for (keyValue, _, value) in entries {
            let fields = try value.fields(ExperimentFactor.keys, of: "a factor")
            let key = try keyValue.key("a factor")
            var members: [String] = []
            for member in try fields.required("networks", such: "networks: [small]").list("a list of networks") {
                let name = try member.text("a network's name")
                guard known.contains(name) else {
                    throw member.fault("no network is called \(name.inQuotes); \(known.advice(for: name))")
                }
                guard !members.contains(name) else { throw member.fault("\(name) is listed already; remove it") }
                members.append(name)
            }
            let name = try fields["name"]?.texts("a factor's name") ?? Texts(key)
            factors.append(ExperimentFactor(key: key, name: name, networks: members))
        }
        let combinations = known.map { name in factors.map { $0.networks.contains(name) } }
        guard known.count == 4, Set(combinations).count == 4 else {
            throw fault(
                "of two factors there are four networks: with neither, with the one, with the other and with both; "
                    + "let each combination be one network")
        }
        return factors
    }
}
