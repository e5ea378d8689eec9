import ArgumentParser
import Foundation
import Learn
import Site

struct Predict: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Prints what a trained network answers to the test images.",
        discussion: """
            One line an image, as comma-separated values: its number from 1 as on the pages, its class, the predicted class, and the \
            probability of each class with all its digits. The answers come from a finished run, which is picked as \
            render picks it.
            """)

    @OptionGroup var experiment: ExperimentOptions
    @OptionGroup var runs: RunOptions

    @Option(help: "Network of the experiment whose answers to print.")
    var network: String

    @Option(help: "How many test images, from the first on; all without it.")
    var images: Int?

    func validate() throws {
        if let images, images < 1 { throw ValidationError("--images must be at least 1") }
    }

    func run() async throws {
        let setup = try await experiment.load()
        let run = try runs.finishedRun(of: setup.network(network), setup)
        let test = setup.dataset.test
        let table = PredictionTable(run, labels: test.labels, images: images ?? test.count)
        try StandardStream.output.write(table.csv)
    }
}
