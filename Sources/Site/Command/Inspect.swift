import ArgumentParser
import Foundation
import Learn
import Site

struct Inspect: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Makes the site of networks that another program trained, from their files.",
        discussion: """
            Nothing is trained: each model is run on the test images, looked into, and has its page, beside the others. \
            Taken are ONNX files of networks that are a sequence of layers and classify images, as PyTorch and Keras \
            export them. Data and names of classes come from an experiment's file, of which nothing is trained, or \
            from the data themselves. Networks of the experiment that come with their weights, as .safetensors, are told \
            of as well, or alone. What the models want done to an image's pixels, the experiment says under input.
            """)

    @Argument(help: "Files of models, such as mine.onnx.")
    var models: [String] = []

    @Option(help: "Experiment that names the data, their classes, and what is done to the pixels.")
    var experiment: String?

    @Option(help: "Folder or file of the data, in place of the experiment's, or without one.")
    var data: String?

    @OptionGroup var site: SiteOptions
    @OptionGroup var log: LogOptions

    func validate() throws {
        if experiment == nil, data == nil { throw ValidationError("name --experiment or --data") }
        if experiment == nil, models.isEmpty { throw ValidationError("name a model's file") }
    }

    func run() async throws {
        let console = Console(log)
        try await console.telling {
            let files = models.map { URL(filePath: $0) }
            let builder = try await site.builder(
                keepClearOf: files + [data].compactMap { $0 }.map { URL(filePath: $0) })
            let (experiment, dataset) = try await load(console)
            var models: [ForeignModel] = []
            for network in experiment.networks {
                guard let weights = network.weights else { continue }
                models.append(try ForeignModel(network, weights, for: dataset, input: experiment.input))
            }
            for file in files {
                models.append(
                    try ForeignModel(
                        file, for: dataset, input: experiment.input, besides: models.map(\.key)))
            }
            guard !models.isEmpty else {
                throw ValidationError("no network of the experiment has weights; name a model's file")
            }
            let told = experiment.telling(of: models)
            try builder.check(told)
            let threads = ProcessInfo.processInfo.activeProcessorCount
            var (runs, inspections): ([Run], [Inspection]) = ([], [])
            for model in models {
                let (network, run) = try model.run(on: dataset, threads: threads)
                console.tell(.evaluated(network: model.key, run.evaluation))
                if let guesswork = run.guesswork {
                    console.tell(try doubt(guesswork, model, experiment, dataset))
                }
                runs.append(run)
                inspections.append(
                    try network.inspect(on: dataset) { step in
                        console.tell(.step("inspect \(model.key): \(step.rawValue)"))
                    })
            }
            let materials = SiteMaterials(dataset: dataset, runs: runs, inspections: inspections, experiment: told)
            try builder.build(materials, report: console.tell)
        }
    }

    /// The experiment and its data; of data without one, those that the first model takes, scaled to it.
    private func load(_ console: Console) async throws -> (Experiment, Dataset) {
        let place = data.map { URL(filePath: $0) }
        func load(_ source: DataSource) async throws -> Dataset {
            let dataset = try await source.load { console.tell(BuildEvent($0)) }
            console.tell(.data(train: dataset.train.count, test: dataset.test.count))
            return dataset
        }
        if let file = experiment {
            let experiment = try Experiment(contentsOf: URL(filePath: file), needsNetworks: false)
            let dataset = try await experiment.dataset(at: place) { console.tell(BuildEvent($0)) }
            try experiment.checkClasses(of: dataset)
            console.tell(.data(train: dataset.train.count, test: dataset.test.count))
            return (experiment, dataset)
        }
        let source = try DataSource(at: place ?? URL(filePath: "."), forModel: URL(filePath: models[0]))
        let dataset = try await load(source)
        return (try Experiment(of: dataset, from: source, at: place ?? URL(filePath: ".")), dataset)
    }

    /// What a model that answers no better than chance would answer if its images were made ready in other ways.
    private func doubt(
        _ guesswork: Guesswork, _ model: ForeignModel, _ experiment: Experiment, _ dataset: Dataset
    ) throws -> BuildEvent {
        let others = try experiment.input.alternatives(channels: dataset.shape.channels).map { input in
            (input, try model.with(input))
        }
        return .doubt(
            network: model.key, guesswork, given: experiment.input,
            others: try ForeignModel.accuracies(of: others, on: dataset.test))
    }
}
