import Foundation
import Learn

/// The commands that pages print: typed in the package's folder, they make the same runs and pages again.
///
/// What an experiment says of the training, its batches for one, goes with its file; only what a run did otherwise is
/// told by options.
struct PrintedCommands {
    private let training: ExperimentTraining
    /// ` --experiment FILE`, or nothing for the one that the program takes by itself.
    private let options: String

    init(_ experiment: Experiment) {
        training = experiment.training
        let file = experiment.printedFile
        options = file == Experiment.standardFile ? "" : " --experiment \(file.quoted)"
    }

    func train(_ settings: Configuration) -> String {
        "swift run site-build train --network \(settings.network) --epochs \(settings.epochs)"
            + " --seed \(settings.seed)" + typed(settings.optimizer) + options
    }

    func study(_ settings: Configuration, seeds: [UInt64]) -> String {
        plan(" --network \(settings.network)", settings, seeds)
    }

    /// - Parameter settings: of any of the networks, which are trained alike.
    func studyOfAll(_ settings: Configuration, seeds: [UInt64]) -> String { plan("", settings, seeds) }

    private func plan(_ network: String, _ settings: Configuration, _ seeds: [UInt64]) -> String {
        "swift run site-build study plan\(network) --epochs \(settings.epochs)"
            + " --seeds \(SeedStudy.text(ofSeeds: seeds))" + typed(settings.optimizer) + options + " | sh"
    }

    /// - Parameter runs: the runs that the site shows.
    func render(_ runs: [Run]) -> String {
        let optimizers = Set(runs.compactMap(\.training?.configuration.optimizer))
        let common = optimizers.count == 1 ? optimizers.first : nil
        return "swift run site-build render" + (common.map(typed) ?? "") + options
    }

    private func typed(_ optimizer: Optimizer) -> String {
        optimizer.options(besides: training.optimizer).map { " " + $0.quoted }.joined()
    }
}

extension Experiment {
    /// The file that is read where none is named, below the package's folder.
    public static let standardFile = "experiments/fashion-mnist.yml"

    /// The file as a page names it, without the folders of the machine that made the page: from `experiments` on.
    fileprivate var printedFile: String {
        let parts = file.split(separator: "/").filter { $0 != "." }
        // Nor does it matter from which folder it was named.
        guard file.hasPrefix("/") || parts.contains("..") else { return parts.joined(separator: "/") }
        return parts.suffix(parts.dropLast().last == "experiments" ? 2 : 1).joined(separator: "/")
    }
}
