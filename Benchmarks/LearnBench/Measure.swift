import ArgumentParser
import Foundation
import KernelInterface
import Learn

struct Measure: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Prints how fast the networks train, beside Keras if there is one.",
        discussion: "Let nothing else run meanwhile. Times are medians; what is compared is measured in turn.")

    enum Part: String, ExpressibleByArgument, CaseIterable {
        case training, kernels, scaling, checkpoints, memory
    }

    @OptionGroup var data: DataOptions
    @OptionGroup var kernels: KernelOptions
    @Option(help: "Network to measure; may be given more than once. All without it.")
    var network: [String] = []
    @Option(help: "What to measure; may be given more than once. Everything without it.")
    var part: [Part] = []
    @Option(help: "Epochs that are trained in a row before it is the other's turn: a multiple of the default.")
    var epochsPerSample = Configuration.evaluationInterval
    @Option(help: "Turns of each.")
    var rounds = 5
    @Option(help: "Python with keras and tensorflow-cpu to compare with.")
    var peer: String?
    @Option(help: "Script that the peer runs.")
    var peerScript = "Benchmarks/peers/keras_train.py"
    @Flag(help: "Print tables in Markdown.")
    var markdown = false

    func validate() throws {
        // Else some turns would hold one evaluation of the training images more than others.
        let interval = Configuration.evaluationInterval
        if epochsPerSample < 1 || !epochsPerSample.isMultiple(of: interval) {
            throw ValidationError("--epochs-per-sample must be a multiple of \(interval)")
        }
        if rounds < 1 { throw ValidationError("--rounds must be at least 1") }
    }

    func run() async throws {
        let networks = try Network.measured(network)
        let bench = Bench(
            dataset: try await data.load(), kernels: try kernels.chosen(), networks: networks,
            epochsPerSample: epochsPerSample, rounds: rounds)
        let parts = part.isEmpty ? Part.allCases : part
        print("Kernels: \(bench.kernels.name). Processors: \(bench.threads).")
        if parts.contains(.training) {
            show(try bench.training(peer: peer.map { (python: $0, script: peerScript) }))
        }
        if parts.contains(.kernels) {
            for network in networks { show(try bench.kernels(of: network)) }
        }
        if parts.contains(.scaling) { show(try bench.scaling()) }
        if parts.contains(.checkpoints) { show(try bench.checkpoints()) }
        if parts.contains(.memory) { show(try memory(of: networks)) }
    }

    private func show(_ table: Table) { print(table.text(markdown: markdown)) }

    private func memory(of networks: [Network]) throws -> Table {
        var table = Table("Most memory that a training holds, the data set included", ["network", "MiB"])
        for network in networks {
            table.rows.append([network.name, try Memory.measure(network, data: data.data).text(0)])
        }
        return table
    }
}
