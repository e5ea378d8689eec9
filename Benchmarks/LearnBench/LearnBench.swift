import ArgumentParser
import Foundation
import KernelInterface
import Learn

@main
struct LearnBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "learn-bench",
        abstract: "Measures how fast the networks train, and whether the bits stay the same.",
        subcommands: [Measure.self, Digest.self, Memory.self, ListKernels.self, ListNetworks.self],
        defaultSubcommand: Measure.self)
}

struct ListKernels: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kernels", abstract: "Names the sets of kernels that this processor runs, fastest first.")

    func run() {
        for kernels in KernelChoice.available { print(kernels.name) }
    }
}

struct ListNetworks: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "networks", abstract: "Names the networks that are measured.")

    @Flag(help: "Tell the layers of each behind its name.") var layers = false

    func run() throws {
        for network in try Network.measured() {
            print(network.name + (layers ? ": " + network.architecture.notation.joined(separator: ", ") : ""))
        }
    }
}

struct DataOptions: ParsableArguments {
    @Option(help: "Folder of the four data files; looked for in the usual places and downloaded without it.")
    var data: String?

    func load() async throws -> Dataset {
        try await FashionMNIST.load(from: data.map { URL(filePath: $0) })
    }
}

struct KernelOptions: ParsableArguments {
    @Option(help: "Set of kernels by its name, such as AVX2; the fastest that this processor runs without it.")
    var kernels: String?

    func chosen() throws -> any Kernels {
        guard let name = kernels else { return KernelChoice.fastest }
        guard let kernels = KernelChoice.available.first(where: { $0.name == name }) else {
            let names = KernelChoice.available.map(\.name).joined(separator: ", ")
            throw ValidationError("this processor runs no kernels named \"\(name)\": use \(names)")
        }
        return kernels
    }
}
