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

    @OptionGroup var data: DataOptions
    @OptionGroup var runs: RunOptions

    @Option(help: "Network whose answers to print: \(NetworkName.list).")
    var network: NetworkName

    @Option(help: "How many test images, from the first on; all without it.")
    var images: Int?

    func validate() throws {
        if let images, images < 1 { throw ValidationError("--images must be at least 1") }
    }

    func run() async throws {
        let dataset = try await data.load()
        let run = try runs.finishedRun(of: network.network, dataset)
        let table = PredictionTable(run, labels: dataset.test.labels, images: images ?? dataset.test.count)
        try StandardStream.output.write(table.csv)
    }
}
