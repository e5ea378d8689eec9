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

    @OptionGroup var experiment: ExperimentOptions
    @OptionGroup var runs: RunOptions
    @OptionGroup var training: TrainingOptions
    @OptionGroup var site: SiteOptions
    @OptionGroup var log: LogOptions

    func run() async throws {
        let console = Console(log)
        try await console.telling {
            // What is wrong with the templates or the output shows before minutes of training.
            let builder = try await site.builder(runs, experiment)
            try builder.check(experiment.read())
            let setup = try await experiment.load(console)
            try builder.checkStory(of: setup.experiment, networks: setup.networks)
            let networks = try training.networks(setup)
            let settings = setup.experiment.training
            try training.remembering(
                networks.map { runs.configuration(of: $0, settings) }, setup.dataset, in: runs.store
            ) {
                let finished = try setup.networks.map { network in
                    networks.contains(network)
                        ? try training.run(
                            runs.configuration(of: network, settings), setup.dataset, in: runs.store, console)
                        : try runs.finishedRun(of: network, setup)
                }
                try builder.build(runs.materials(finished, setup, telling: console.tell), report: console.tell)
            }
        }
    }
}
