import ArgumentParser
import Foundation
import Learn
import Site

struct RunOptions: ParsableArguments {
    @Option(help: "Folder in which runs are kept.")
    var runs = ".runs"

    @Option(help: "Epochs to train; what the experiment says of each network without it.")
    var epochs: Int?

    @Option(help: "Seed of all random numbers; without it the experiment's, or any for render.")
    var seed: UInt64?

    @Option(
        help: """
            Optimiser and its settings, such as 'sgd rate 0.1 momentum 0.9' or adam; the experiment's without it.
            """,
        transform: Optimizer.init(argument:))
    var optimizer: Optimizer?

    @Option(help: "Learning rate of the optimiser; without it the experiment's, or what is usual for --optimizer.")
    var learningRate: Float?

    var store: RunStore { RunStore(folder: URL(filePath: runs)) }

    func selection(_ setup: Setup) -> RunSelection {
        let training = setup.experiment.training
        return RunSelection(
            epochs: epochs, seed: seed, optimizer: optimizer(training), training: training, arguments: setup.arguments)
    }

    /// The stored run that the options pick.
    func finishedRun(of network: Network, _ setup: Setup) throws -> Run {
        try selection(setup).run(of: network, in: store, dataDigests: setup.dataset.digests)
    }

    /// The stored runs of all networks.
    func finishedRuns(_ setup: Setup) throws -> [Run] {
        try selection(setup).runs(of: setup.networks, in: store, dataDigests: setup.dataset.digests)
    }

    private func optimizer(_ training: ExperimentTraining) -> Optimizer {
        let optimizer = optimizer ?? training.optimizer
        return learningRate.map(optimizer.with(learningRate:)) ?? optimizer
    }

    func validate() throws {
        if let epochs, epochs < 1 { throw ValidationError("--epochs must be at least 1") }
        if let learningRate, !(learningRate > 0 && learningRate.isFinite) {
            throw ValidationError("--learning-rate must be greater than 0")
        }
    }

    func configuration(of network: Network, _ training: ExperimentTraining) -> Configuration {
        Configuration(
            network, epochs: epochs ?? network.defaultEpochs, seed: seed ?? training.seed,
            batchSize: training.batchSize, optimizer: optimizer(training))
    }
}

extension Optimizer {
    /// - Throws: `ValidationError` that says what would be right.
    init(argument: String) throws {
        do {
            try self.init(parsing: argument)
        } catch {
            throw ValidationError("\(error)")
        }
    }
}

struct TrainingOptions: ParsableArguments {
    @Option(help: "Network of the experiment to train; may be given more than once. All without it.")
    var network: [String] = []

    @Option(
        help: """
            Threads to train with, as far as there is work for them; the result does not depend on it. All processors \
            without it.
            """)
    var threads: Int?

    @Flag(help: "Train anew even what has been trained already; once interrupted, the same command goes on.")
    var fresh = false

    /// The networks asked for, in the order in which the experiment lists them.
    func networks(_ setup: Setup) throws -> [Network] {
        let wanted = try network.map { try setup.network($0).name }
        return wanted.isEmpty ? setup.networks : setup.networks.filter { wanted.contains($0.name) }
    }

    func validate() throws {
        if let threads, threads < 1 { throw ValidationError("--threads must be at least 1") }
    }
}

struct SiteOptions: ParsableArguments {
    @Option(help: "Folder in which the site is published.")
    var output = "output"

    @Option(help: "Folder of the templates.")
    var templates = "templates"

    @Option(
        name: .customLong("base-url"),
        help: "Where the site will be published, such as https://example.org/article/; for links that must be absolute."
    )
    var baseURL: String?

    @Option(
        help:
            "Day of publication, such as 2026-11-24; without it $SOURCE_DATE_EPOCH, else today if --base-url is given.")
    var date: Day?

    @Option(
        help: "The site published before, a folder or an address: if nothing has changed since, its day stays.")
    var previous: String?

    func validate() throws {
        // As a variable that is not set would leave it.
        if output.isEmpty { throw ValidationError("--output must name a folder; . is the one where this is run") }
        _ = try address
        _ = try day()
        if previous != nil && baseURL == nil { throw ValidationError("--previous wants --base-url as well") }
    }

    private var address: SiteAddress? {
        get throws {
            guard let baseURL else { return nil }
            if let address = SiteAddress(baseURL) { return address }
            throw ValidationError("--base-url must be an http or https address without user, ? or #")
        }
    }

    /// The day of publication, if any.
    func day(environment: [String: String] = ProcessInfo.processInfo.environment) throws -> Day? {
        if let date { return date }
        guard let seconds = environment["SOURCE_DATE_EPOCH"], !seconds.isEmpty else {
            return baseURL == nil ? nil : Day(Date())
        }
        if let day = Day(secondsSince1970: seconds) { return day }
        throw ValidationError("$SOURCE_DATE_EPOCH must be a whole number of seconds since 1970, not '\(seconds)'")
    }

    func builder(_ runs: RunOptions, _ experiment: ExperimentOptions) async throws -> SiteBuilder {
        try await builder(keepClearOf: [runs.runs, experiment.data].compactMap { $0 }.map { URL(filePath: $0) })
    }

    /// - Parameter places: what the site must be written neither into nor around, besides the templates.
    func builder(keepClearOf places: [URL]) async throws -> SiteBuilder {
        var record: PublicationRecord?
        if let previous { record = try await PublicationRecord(at: previous) }
        return SiteBuilder(
            templates: URL(filePath: templates), output: URL(filePath: output),
            publication: Publication(address: try address, day: try day(), previous: record),
            keepClearOf: places)
    }
}

extension Day: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }
}

struct LogOptions: ParsableArguments {
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json
    }

    @Option(help: "Form of what is told on standard output: text, or json for one object a line.")
    var log = Format.text

    @Flag(help: "Tell errors only.")
    var quiet = false
}
