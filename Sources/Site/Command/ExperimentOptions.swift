import ArgumentParser
import Foundation
import Learn
import Site

struct ExperimentOptions: ParsableArguments {
    @Option(help: "File that says what the site is made of: data, classes, networks, training.")
    var experiment = Experiment.standardFile

    @Option(help: "Folder or file of the data, in place of the one that the experiment names.")
    var data: String?

    func load(_ console: Console) async throws -> Setup {
        let setup = try await load { console.tell($0) }
        console.tell(.data(train: setup.dataset.train.count, test: setup.dataset.test.count))
        return setup
    }

    /// For a command whose standard output is its result: what takes time or goes wrong is told beside it.
    func load() async throws -> Setup {
        try await load { event in
            if let line = event.line { Failure.write(line) }
        }
    }

    /// The experiment alone, for a command that needs no data.
    func read() throws -> Experiment {
        guard experiment != Experiment.standardFile || FileManager.default.fileExists(atPath: experiment) else {
            throw ExperimentError.missing(experiment)
        }
        let experiment = try Experiment(contentsOf: URL(filePath: experiment))
        // A fault in the other file is told before anything is trained.
        _ = try experiment.withFactors()
        return experiment
    }

    private func load(telling: (BuildEvent) -> Void) async throws -> Setup {
        let experiment = try read()
        let dataset = try await experiment.dataset(at: data.map { URL(filePath: $0) }) { telling(BuildEvent($0)) }
        return Setup(
            experiment: experiment, dataset: dataset,
            networks: try experiment.networks(input: dataset.shape, classes: dataset.classCount),
            arguments: arguments)
    }

    /// What a command adds so that it is about the same experiment, each an argument.
    var arguments: [String] {
        (experiment == Experiment.standardFile ? [] : ["--experiment", experiment])
            + (data.map { ["--data", $0] } ?? [])
    }
}

/// An experiment with its data and networks.
struct Setup {
    let experiment: Experiment
    let dataset: Dataset
    let networks: [Network]
    /// What a command adds so that it is about the same experiment.
    let arguments: [String]

    func network(_ name: String) throws -> Network { try networks.named(name, in: experiment) }
}

extension [Network] {
    /// The network of an experiment with the name that the command line gives.
    func named(_ name: String, in experiment: Experiment) throws -> Network {
        if let network = first(where: { $0.name == name }) { return network }
        throw ValidationError("--network: \(experiment.complaint(ofNetwork: name))")
    }
}
