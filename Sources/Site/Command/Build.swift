import ArgumentParser
import Foundation
import Learn
import Site

struct Build: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Trains what has not been trained yet and makes the site.",
        discussion: """
            With --network, only those networks are trained; the runs of the others must be in the runs folder \
            already, because the article tells of all of them.
            """)

    @OptionGroup var data: DataOptions
    @OptionGroup var names: NameOptions
    @OptionGroup var runs: RunOptions
    @OptionGroup var training: TrainingOptions
    @OptionGroup var site: SiteOptions
    @OptionGroup var log: LogOptions

    func run() async throws {
        let console = Console(log)
        try await console.telling {
            // What is wrong with the templates or the output shows before minutes of training.
            let builder = try await site.builder(runs, data)
            try builder.check()
            let dataNames = try names.load()
            let dataset = try await data.load(console)
            let configurations = training.networks.map(runs.configuration(of:))
            try training.remembering(configurations, dataset, in: runs.store) {
                let finished = try Network.all.map { network in
                    training.networks.contains(network)
                        ? try training.run(runs.configuration(of: network), dataset, in: runs.store, console)
                        : try runs.finishedRun(of: network, dataset)
                }
                try builder.build(
                    runs.materials(finished, dataset, names: dataNames, console), report: console.tell)
            }
        }
    }
}
