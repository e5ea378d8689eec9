import Foundation
import Learn

/// Trainings that do not depend on one another: every network with every seed and setting.
public struct StudyPlan: Sendable, Equatable {
    /// In the order in which they are listed: by network, settings and seed.
    public let tasks: [Configuration]

    public init(tasks: [Configuration]) { self.tasks = tasks }

    /// - Parameters:
    ///   - epochs: how long to train; empty for each network's default.
    ///   - optimizer: with its usual rate, or nil for the experiment's.
    ///   - learningRates: empty for the optimiser's.
    ///   - training: what the experiment says.
    public init(
        networks: [Network], epochs: [Int], optimizer: Optimizer? = nil, learningRates: [Float], seeds: [UInt64],
        training: ExperimentTraining = .standard
    ) {
        let optimizer = optimizer ?? training.optimizer
        let optimizers = learningRates.isEmpty ? [optimizer] : learningRates.map(optimizer.with(learningRate:))
        var tasks: [Configuration] = []
        for network in networks {
            for epochs in epochs.isEmpty ? [network.defaultEpochs] : epochs {
                for optimizer in optimizers {
                    tasks += seeds.map {
                        Configuration(
                            network, epochs: epochs, seed: $0, batchSize: training.batchSize, optimizer: optimizer)
                    }
                }
            }
        }
        self.tasks = tasks
    }

    /// The tasks whose runs a store does not hold, whole, for this data.
    ///
    /// - Throws: `RunStoreError` that names the file if a run is there but damaged.
    public func missing(in store: RunStore, dataDigests: [String: String]) throws -> StudyPlan {
        StudyPlan(tasks: try tasks.filter { try store.load($0, dataDigests: dataDigests) == nil })
    }
}
