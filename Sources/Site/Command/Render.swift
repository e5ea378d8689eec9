import ArgumentParser
import Foundation
import Learn
import Site

struct Render: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Makes the site from runs that have been trained already.",
        discussion: """
            Of several runs of a network, the one of the default number of epochs is taken, else the longest; \
            --epochs and --seed pick another.
            """)

    @OptionGroup var experiment: ExperimentOptions
    @OptionGroup var runs: RunOptions
    @OptionGroup var site: SiteOptions
    @OptionGroup var log: LogOptions

    func run() async throws {
        let console = Console(log)
        try await console.telling {
            let builder = try await site.builder(runs, experiment)
            try builder.check(experiment.read())
            let setup = try await experiment.load(console)
            try builder.checkStory(of: setup.experiment, networks: setup.networks)
            let finished = try runs.finishedRuns(setup)
            for run in finished { console.tell(of: run, isNew: false) }
            try builder.build(runs.materials(finished, setup, telling: console.tell), report: console.tell)
        }
    }
}
