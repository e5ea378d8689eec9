import ArgumentParser
import Foundation
import Learn
import Site

struct Train: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Trains networks and stores the runs.",
        discussion: """
            What has been trained already with the same settings and data is left as it is. The article tells of runs \
            with the usual learning rate, unless render is given another.
            """)

    @OptionGroup var data: DataOptions
    @OptionGroup var runs: RunOptions
    @OptionGroup var training: TrainingOptions
    @OptionGroup var log: LogOptions

    func run() async throws {
        let console = Console(log)
        try await console.telling {
            let dataset = try await data.load(console)
            for network in training.networks {
                _ = try training.run(runs.configuration(of: network), dataset, in: runs.store, console)
            }
        }
    }
}

extension TrainingOptions {
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
        if let final = run.history.last {
            console.tell(hasTrained ? .trained(configuration, final) : .reused(configuration, final))
        }
        return run
    }
}
