import Foundation
import Learn

/// Picks, for each network, the run that the site tells of.
public struct RunSelection: Sendable {
    let epochs: Int?
    let seed: UInt64?
    let optimizer: Optimizer
    private let training: ExperimentTraining
    private let arguments: [String]

    /// - Parameters:
    ///   - epochs: only runs of so many epochs, or nil for any.
    ///   - seed: only runs with this seed, or nil for any.
    ///   - optimizer: only runs with these settings, or nil for those of the experiment.
    ///   - training: what the experiment says; a run with its seed goes before others.
    ///   - arguments: what commands add to name the experiment.
    public init(
        epochs: Int? = nil, seed: UInt64? = nil, optimizer: Optimizer? = nil,
        training: ExperimentTraining = .standard, arguments: [String] = []
    ) {
        self.epochs = epochs
        self.seed = seed
        self.optimizer = optimizer ?? training.optimizer
        self.training = training
        self.arguments = arguments
    }

    /// The stored run of each network that serves best: complete and on this data, of the network's default length rather
    /// than longer rather than shorter, of the experiment's seed rather than the lowest.
    ///
    /// - Throws: ``SiteError/noRun(network:folder:command:)`` if there is none; `RunStoreError` if the one picked is
    ///   damaged.
    public func runs(of networks: [Network], in store: RunStore, dataDigests: [String: String]) throws -> [Run] {
        let candidates = try store.list().compactMap { stored -> Configuration? in
            guard let configuration = stored.configuration, stored.state == .complete,
                store.runFolder(for: configuration, dataDigests: dataDigests).lastPathComponent
                    == stored.folder.lastPathComponent
            else { return nil }
            return configuration
        }
        return try networks.concurrentMap { network in
            guard let best = configuration(of: network, among: candidates),
                let run = try store.load(best, dataDigests: dataDigests)
            else {
                throw SiteError.noRun(
                    network: network.name, folder: store.folder.path, command: command(for: network))
            }
            return run
        }
    }

    /// The stored run of one network that serves best, as ``runs(of:in:dataDigests:)`` gives it.
    public func run(of network: Network, in store: RunStore, dataDigests: [String: String]) throws -> Run {
        try runs(of: [network], in: store, dataDigests: dataDigests)[0]
    }

    /// The configuration that serves best, or nil if none is wanted.
    func configuration(of network: Network, among candidates: [Configuration]) -> Configuration? {
        candidates.filter { isWanted($0, network) }.min { rank($0, network) < rank($1, network) }
    }

    private func isWanted(_ configuration: Configuration, _ network: Network) -> Bool {
        let usual = Configuration(
            network, epochs: configuration.epochs, seed: configuration.seed, batchSize: training.batchSize,
            optimizer: optimizer)
        return configuration == usual && configuration.epochs == epochs ?? configuration.epochs
            && configuration.seed == seed ?? configuration.seed
    }

    private func rank(_ configuration: Configuration, _ network: Network) -> (Int, Int, Int, UInt64) {
        (
            configuration.epochs == network.defaultEpochs ? 0 : 1, -configuration.epochs,
            configuration.seed == training.seed ? 0 : 1, configuration.seed
        )
    }

    private func command(for network: Network) -> String {
        "site-build train --network \(network.name)" + (epochs.map { " --epochs \($0)" } ?? "")
            + (seed.map { " --seed \($0)" } ?? "")
            + optimizer.options(besides: training.optimizer).map { " \($0.quoted)" }.joined()
            + arguments.map { " \($0.quoted)" }.joined()
    }
}
