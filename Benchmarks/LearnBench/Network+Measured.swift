import ArgumentParser
import Foundation
import Learn
import Site

extension Network {
    /// The networks of the package's experiment.
    static func article() throws -> [Network] {
        try Experiment(contentsOf: URL(filePath: Experiment.standardFile))
            .networks(input: FashionMNIST.shape, classes: FashionMNIST.classCount)
    }

    /// Those, and one whose convolutions do not all stand before a pooling.
    static func measured() throws -> [Network] {
        let layers = [
            "conv 32@3x3", "conv 32@3x3", "maxpool 2", "conv 64@3x3", "conv 64@3x3", "maxpool 2", "flatten", "dense 10",
        ]
        let architecture = try Architecture(
            input: FashionMNIST.shape, classes: FashionMNIST.classCount, notation: layers)
        return try article() + [Network(name: "tinyvgg", architecture: architecture, defaultEpochs: 1)]
    }

    /// Those of the names that the command line gives, in its order; all of them if it gives none.
    static func measured(_ names: [String]) throws -> [Network] {
        let known = try measured()
        if names.isEmpty { return known }
        return try names.map { name in
            guard let network = known.first(where: { $0.name == name }) else {
                let names = known.map(\.name).joined(separator: ", ")
                throw ValidationError("--network: there is no network named \"\(name)\": use \(names)")
            }
            return network
        }
    }
}

/// For a command about one network.
struct NetworkOptions: ParsableArguments {
    @Option(help: "Network to train; the first of the package's experiment without it.")
    var network: String?

    func chosen() throws -> Network { try Network.measured(network.map { [$0] } ?? [])[0] }
}
