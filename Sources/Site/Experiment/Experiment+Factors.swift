import Foundation
import Learn

/// A change that half of an experiment's networks have.
public struct ExperimentFactor: Sendable, Hashable {
    /// The name by which tables call it.
    public let key: String
    /// What it is called on pages.
    public let name: Texts
    /// The networks that have it.
    public let networks: [String]
}

/// The file of an experiment with factors that another experiment names.
public struct FactorialReference: Sendable, Hashable {
    public let file: URL
    /// Where it is named, for messages.
    let place: FilePlace
}

extension Experiment {
    /// The experiment whose networks differ in two changes: this one or the one that it names; nil if there is none.
    ///
    /// - Throws: ``ExperimentError`` for a fault in the file that is named, or where that has no factors or other data.
    public func withFactors() throws(ExperimentError) -> Experiment? {
        guard let factorial else { return factors.isEmpty ? nil : self }
        let experiment: Experiment
        do throws(ExperimentError) {
            experiment = try Experiment(contentsOf: factorial.file)
        } catch {
            // A file that is not there is the fault of the line that names it.
            throw error.place == nil ? fault(at: factorial, "factorial names \(error)") : error
        }
        guard !experiment.factors.isEmpty else {
            throw fault(at: factorial, "\(experiment.file) has no factors; name an experiment that has, or remove this")
        }
        guard experiment.data == data else {
            throw fault(at: factorial, "\(experiment.file) is about other data; name an experiment on the same")
        }
        return experiment
    }

    private func fault(at reference: FactorialReference, _ problem: String) -> ExperimentError {
        ExperimentError(file: file, place: reference.place, problem: problem)
    }
}

extension ExperimentFactor {
    static let keys = ["name", "networks"]

    /// - Parameter known: the networks of the experiment.
    fileprivate init(_ keyValue: YAMLValue, _ value: YAMLValue, among known: [String]) throws(ExperimentError) {
        let fields = try value.fields(ExperimentFactor.keys, of: "a factor")
        key = try keyValue.key("a factor")
        name = try fields["name"]?.texts("a factor's name") ?? Texts(key)
        var members: [String] = []
        for member in try fields.required("networks", such: "networks: [small]").list("a list of networks") {
            let name = try member.text("a network's name")
            guard known.contains(name) else {
                throw member.fault("no network is called \(name.inQuotes); \(known.advice(for: name))")
            }
            guard !members.contains(name) else { throw member.fault("\(name) is listed already; remove it") }
            members.append(name)
        }
        networks = members
    }
}

extension YAMLValue {
    /// Two changes, of which each network has none, one or both.
    ///
    /// - Parameter networks: of the experiment: one for each combination, trained equally long.
    func factors(of networks: [ExperimentNetwork]) throws(ExperimentError) -> [ExperimentFactor] {
        let entries = try entries("factors, a mapping such as dropout: {networks: [small, large]}")
        guard entries.count == 2 else {
            throw fault("there are not two factors but \(entries.count); name two, each with the networks that have it")
        }
        let known = networks.map(\.key)
        var factors: [ExperimentFactor] = []
        for (key, _, value) in entries { factors.append(try ExperimentFactor(key, value, among: known)) }
        let combinations = known.map { name in factors.map { $0.networks.contains(name) } }
        guard known.count == 4, Set(combinations).count == 4 else {
            throw fault(
                "two factors want four networks, with neither, with the one, with the other and with both; "
                    + "list each network under the factors that it has")
        }
        guard Set(networks.map(\.epochs)).count == 1 else {
            throw fault("networks that differ in factors are compared after equally many epochs; give all the same")
        }
        return factors
    }
}
