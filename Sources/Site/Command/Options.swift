import ArgumentParser
import Foundation
import Learn
import Site

struct DataOptions: ParsableArguments {
    @Option(help: "Folder of the four data files; looked for in the usual places and downloaded without it.")
    var data: String?

    @Flag(help: "Take other data of the same form, such as MNIST.")
    var allowOtherData = false

    func load(_ console: Console) async throws -> Dataset {
        let dataset = try await load { console.tell($0) }
        console.tell(.data(train: dataset.train.count, test: dataset.test.count))
        return dataset
    }

    /// For a command whose standard output is its result: what takes time or goes wrong is told beside it.
    func load() async throws -> Dataset {
        try await load { event in
            if let line = event.line { Failure.write(line) }
        }
    }

    private func load(telling: (BuildEvent) -> Void) async throws -> Dataset {
        try await FashionMNIST.load(
            from: data.map { URL(filePath: $0) }, allowOtherData: allowOtherData, telling: { telling(BuildEvent($0)) })
    }
}

struct NameOptions: ParsableArguments {
    @Option(
        help: "JSON file of the names of the data set and its classes; other data than Fashion-MNIST have none without."
    )
    var classNames: String?

    func load() throws -> DataNames? { try classNames.map { try DataNames(contentsOf: URL(filePath: $0)) } }
}

struct RunOptions: ParsableArguments {
    @Option(help: "Folder in which runs are kept.")
    var runs = ".runs"

    @Option(help: ArgumentHelp("Epochs to train; without it \(RunOptions.defaultEpochs)."))
    var epochs: Int?

    @Option(help: "Seed of all random numbers; without it \(RunOptions.defaultSeed), or any for render.")
    var seed: UInt64?

    @Option(
        help: """
            Optimiser and its settings, such as 'sgd rate 0.1 momentum 0.9' or adam; without it \
            '\(Optimizer.adadelta())'.
            """,
        transform: Optimizer.init(argument:))
    var optimizer: Optimizer?

    @Option(help: "Learning rate of the optimiser; without it \(Optimizer.adadelta().learningRate).")
    var learningRate: Float?

    static let defaultSeed = RunSelection.defaultSeed

    private static var defaultEpochs: String {
        Network.all.map { "\($0.defaultEpochs) for \($0.name)" }.joined(separator: ", ")
    }

    var store: RunStore { RunStore(folder: URL(filePath: runs)) }

    var selection: RunSelection { RunSelection(epochs: epochs, seed: seed, optimizer: chosenOptimizer) }

    /// The stored run that the options pick.
    func finishedRun(of network: Network, _ dataset: Dataset) throws -> Run {
        try selection.run(of: network, in: store, dataDigests: dataset.digests)
    }

    private var chosenOptimizer: Optimizer {
        let optimizer = optimizer ?? .adadelta()
        return learningRate.map(optimizer.with(learningRate:)) ?? optimizer
    }

    func validate() throws {
        if let epochs, epochs < 1 { throw ValidationError("--epochs must be at least 1") }
        if let learningRate, !(learningRate > 0 && learningRate.isFinite) {
            throw ValidationError("--learning-rate must be greater than 0")
        }
    }

    func configuration(of network: Network) -> Configuration {
        Configuration(
            network, epochs: epochs ?? network.defaultEpochs, seed: seed ?? RunOptions.defaultSeed,
            optimizer: chosenOptimizer)
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
    @Option(help: "Network to train: \(NetworkName.list); may be given more than once. All without it.")
    var network: [NetworkName] = []

    @Option(
        help: """
            Threads to train with, as far as there is work for them; the result does not depend on it. All processors \
            without it.
            """)
    var threads: Int?

    @Flag(help: "Train anew even what has been trained already; once interrupted, the same command goes on.")
    var fresh = false

    /// The networks asked for, in the order in which the article tells of them.
    var networks: [Network] {
        network.isEmpty
            ? Network.all : Network.all.filter { candidate in network.contains { $0.rawValue == candidate.name } }
    }

    func validate() throws {
        if let threads, threads < 1 { throw ValidationError("--threads must be at least 1") }
    }
}

/// A network by the name that it has on the command line.
struct NetworkName: ExpressibleByArgument, Equatable {
    let rawValue: String

    init?(argument: String) {
        guard Network.all.contains(where: { $0.name == argument }) else { return nil }
        rawValue = argument
    }

    static var allValueStrings: [String] { Network.all.map(\.name) }

    /// All names in a row, as a sentence has them.
    static var list: String {
        allValueStrings.dropLast().joined(separator: ", ") + " or " + allValueStrings.suffix(1).joined()
    }

    /// - Precondition: the name was taken from the command line, which lets no other through.
    var network: Network {
        guard let network = Network.all.first(where: { $0.name == rawValue }) else {
            preconditionFailure("no network is called \(rawValue)")
        }
        return network
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

    func builder(_ runs: RunOptions, _ data: DataOptions) async throws -> SiteBuilder {
        var record: PublicationRecord?
        if let previous { record = try await PublicationRecord(at: previous) }
        return SiteBuilder(
            templates: URL(filePath: templates), output: URL(filePath: output),
            publication: Publication(address: try address, day: try day(), previous: record),
            keepClearOf: [runs.runs, data.data].compactMap { $0 }.map { URL(filePath: $0) })
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
