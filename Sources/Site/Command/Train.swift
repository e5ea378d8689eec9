import ArgumentParser
import Foundation
import Learn
import Site

struct Train: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Trains networks and stores the runs.",
        discussion: """
            What has been trained already with the same settings and data is left as it is. The article tells of runs \
            with the experiment's learning rate, unless render is given another. A network that ends no better than guessing \
            is told: one whose test accuracy is within three standard errors of always naming the commonest class, or \
            whose test loss is above that of equal probabilities.
            """)

    @OptionGroup var experiment: ExperimentOptions
    @OptionGroup var runs: RunOptions
    @OptionGroup var training: TrainingOptions
    @OptionGroup var log: LogOptions

    func run() async throws {
        let console = Console(log)
        try await console.telling {
            let setup = try await experiment.load(console)
            let configurations = try training.networks(setup).map {
                runs.configuration(of: $0, setup.experiment.training)
            }
            try training.remembering(configurations, setup.dataset, in: runs.store) {
                for configuration in configurations {
                    _ = try training.run(configuration, setup.dataset, in: runs.store, console)
                }
            }
        }
    }
}

extension TrainingOptions {
    /// Does the work of a command that trains runs; whether it is to train them anew, and which of them are done, is
    /// remembered until it has succeeded, so that the same command goes on where it was interrupted.
    func remembering(
        _ configurations: [Configuration], _ dataset: Dataset, in store: RunStore, _ work: () throws -> Void
    ) throws {
        if fresh { try store.beginAnew(configurations, dataDigests: dataset.digests) }
        try work()
        if fresh { try store.endAnew(configurations, dataDigests: dataset.digests) }
    }

    /// A finished run, from the store or trained.
    func run(_ configuration: Configuration, _ dataset: Dataset, in store: RunStore, _ console: Console) throws -> Run {
        let threads = threads ?? ProcessInfo.processInfo.activeProcessorCount
        var hasTrained = false
        let training = Training(store: store, dataset: dataset, threads: threads)
        let folder = store.folder.path
        let run = try Interruption.marking {
            try training.run(
                configuration, fresh: fresh, isInterrupted: { Interruption.signal != 0 },
                waiting: { console.tell(.waiting(path: folder, holder: $0)) },
                progress: { progress in
                    hasTrained = true
                    console.tell(.training(progress))
                })
        }
        // The signal may have come in the last epoch, after which nothing of this run is left to do.
        if Interruption.signal != 0 {
            throw TrainingError.interrupted(network: configuration.network, epochsDone: configuration.epochs)
        }
        console.tell(of: run, isNew: hasTrained)
        return run
    }
}

extension Console {
    /// Tells of a finished run, and what it is worth if that is nothing.
    func tell(of run: Run, isNew: Bool) {
        guard let training = run.training, let final = training.history.last else { return }
        tell(isNew ? .trained(training.configuration, final) : .reused(training.configuration, final))
        if let guesswork = run.guesswork { tell(.guesswork(training.configuration, guesswork)) }
    }
}
