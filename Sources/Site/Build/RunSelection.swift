import Foundation
import Learn

/// Picks, for each network, the run that the site tells of.
public struct RunSelection: Sendable {
    let epochs: Int?
    let seed: UInt64?

    /// - Parameters:
    ///   - epochs: only runs of so many epochs, or nil for any.
    ///   - seed: only runs with this seed, or nil for any.
    public init(epochs: Int? = nil, seed: UInt64? = nil) {
        self.epochs = epochs
        self.seed = seed
    }

    /// The stored run that serves best: complete and on this data, of the network's default length rather than
    /// longer rather than shorter, of the lowest seed.
    ///
    /// - Throws: ``SiteError/noRun(network:folder:command:)`` if there is none; `RunStoreError` if the one picked is
    ///   damaged.
    public func run(of network: Network, in store: RunStore, dataDigests: [String: String]) throws -> Run {
        let candidates = try store.list().compactMap { stored -> Configuration? in
            guard let configuration = stored.configuration, stored.state == .complete,
                isWanted(configuration, network),
                store.runFolder(for: configuration, dataDigests: dataDigests).lastPathComponent
                    == stored.folder.lastPathComponent
            else { return nil }
            return configuration
        }
        let best = candidates.min { rank($0, network) < rank($1, network) }
        guard let best, let run = try store.load(best, dataDigests: dataDigests) else {
            throw SiteError.noRun(network: network.name, folder: store.folder.path, command: command(for: network))
        }
        return run
    }

    private func isWanted(_ configuration: Configuration, _ network: Network) -> Bool {
        let usual = Configuration(network: network.name, epochs: configuration.epochs, seed: configuration.seed)
        return configuration == usual && configuration.epochs == epochs ?? configuration.epochs
            && configuration.seed == seed ?? configuration.seed
    }

    private func rank(_ configuration: Configuration, _ network: Network) -> (Int, Int, UInt64) {
        (configuration.epochs == network.defaultEpochs ? 0 : 1, -configuration.epochs, configuration.seed)
    }

    private func command(for network: Network) -> String {
        "site-build train --network \(network.name)" + (epochs.map { " --epochs \($0)" } ?? "")
            + (seed.map { " --seed \($0)" } ?? "")
    }
}
