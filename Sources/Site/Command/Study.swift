import ArgumentParser
import Foundation
import Learn
import Site

struct Study: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Trains with many seeds, on as many machines as there are, and tells how much is chance.",
        discussion: """
            plan writes down trainings that do not depend on one another; summary tells what the runs in a folder \
            have in common. Where a folder holds enough of them, build and render tell of them in the article.
            """,
        subcommands: [Plan.self, Summary.self])
}

extension Study {
    struct Plan: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Writes down the trainings that are still missing.",
            discussion: """
                  site-build study plan --seeds 0-9 | parallel
                  site-build study plan --seeds 0-9 --format slurm > study.sbatch && sbatch study.sbatch
                  matrix=$(site-build study plan --seeds 0-9 --format github)

                A training that was lost or interrupted is in the next plan again; one that is carried out twice, \
                even at once, does no harm.
                """)

        @OptionGroup var experiment: ExperimentOptions

        @Option(help: "Seeds to train with, such as 0-9 or 1,2,5-7.")
        var seeds: SeedList

        @Option(help: "Network of the experiment to train; may be given more than once. All without it.")
        var network: [String] = []

        @Option(
            help: "Epochs to train; may be given more than once. What the experiment says of each network without it.")
        var epochs: [Int] = []

        @Option(
            help: "Optimiser and its settings, such as adam; the experiment's without it.",
            transform: Optimizer.init(argument:))
        var optimizer: Optimizer?

        @Option(help: "Learning rate; may be given more than once. The optimiser's without it.")
        var learningRate: [Float] = []

        @Option(help: "Folder in which runs are kept.")
        var runs = ".runs"

        @Option(
            help: """
                Threads of each training; the result does not depend on it. Without it, as many as there are \
                processors, and one in a job array.
                """)
        var threads: Int?

        @Flag(help: "List also what the runs folder holds already.")
        var all = false

        @Option(
            help: "Form of the plan: commands (one a line), slurm (a job array) or github (a matrix for fromJSON).")
        var format = StudyPlan.Format.commands

        @Option(
            help: """
                Jobs of a job array or a matrix at most; where there are more trainings, a job carries out several. \
                Without it \(Format.slurm.mostJobs ?? 0) and \(Format.github.mostJobs ?? 0).
                """)
        var jobs: Int?

        @Option(help: "The program that the commands call; this one without it.")
        var program: String?

        private typealias Format = StudyPlan.Format

        func validate() throws {
            if let jobs, jobs < 1 { throw ValidationError("--jobs must be at least 1") }
            if let jobs, format == .github, let most = format.mostJobs, jobs > most {
                throw ValidationError("--jobs must be at most \(most) with --format github")
            }
            if jobs != nil, format == .commands { throw ValidationError("--jobs goes with --format slurm or github") }
            if epochs.contains(where: { $0 < 1 }) { throw ValidationError("--epochs must be at least 1") }
            if learningRate.contains(where: { !($0 > 0 && $0.isFinite) }) {
                throw ValidationError("--learning-rate must be greater than 0")
            }
            if let threads, threads < 1 { throw ValidationError("--threads must be at least 1") }
            for (option, value) in [
                ("--runs", runs), ("--experiment", experiment.experiment), ("--data", experiment.data),
                ("--program", program),
            ]
            where value?.unicodeScalars.contains("\n") == true {
                throw ValidationError("\(option) must not hold a line break: a plan has a command a line")
            }
        }

        func run() async throws {
            let file = try experiment.read()
            // A plan of everything needs no data where the experiment says what form they have.
            let setup = all && file.data == .fashionMNIST ? nil : try await experiment.load()
            let networks =
                try setup?.networks ?? file.networks(input: FashionMNIST.shape, classes: FashionMNIST.classCount)
            var plan = StudyPlan(
                networks: try network.isEmpty ? networks : network.map { try networks.named($0, in: file) },
                epochs: epochs, optimizer: optimizer, learningRates: learningRate, seeds: seeds.seeds,
                training: file.training)
            if !all, let setup {
                let store = RunStore(folder: URL(filePath: runs))
                plan = try plan.missing(in: store, dataDigests: setup.dataset.digests)
            }
            let text = plan.text(format, caller(file.training), mostJobs: jobs)
            if let complaint = format.complaint(about: text) {
                throw ValidationError("\(plan.tasks.count) trainings are too long a plan, \(complaint): plan in parts")
            }
            if let remark = plan.remark(format, mostJobs: jobs) { try StandardStream.remark(remark) }
            try StandardStream.output.write(text)
        }

        private func caller(_ training: ExperimentTraining) -> StudyPlan.Caller {
            let program = program ?? Bundle.main.executablePath ?? CommandLine.arguments[0]
            return StudyPlan.Caller(
                program: program, options: ["--runs", runs] + experiment.arguments, training: training,
                threads: threads)
        }
    }

    struct Summary: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Tells means and spread over the seeds, and whether gains are beyond chance.",
            discussion: """
                The runs that are compared are those like the ones which render would tell of: each network's with \
                those of the one with which its comparisons, as the experiment says them under after, begin.
                """)

        @OptionGroup var experiment: ExperimentOptions
        @OptionGroup var runs: RunOptions

        func run() async throws {
            let setup = try await experiment.load()
            let stored = try runs.store.results(dataDigests: setup.dataset.digests)
            for reason in stored.refused { try StandardStream.remark("left out: \(reason)") }
            let summary = StudySummary(
                stored.results, of: setup.networks, selection: runs.selection(setup), images: setup.dataset.test.count,
                relations: setup.experiment.relations)
            try StandardStream.output.write(summary.text)
        }
    }
}

/// Seeds by number and by range: `0-9`, `1,2,5-7`.
struct SeedList: ExpressibleByArgument, Equatable {
    /// Without repetitions, in the order given.
    let seeds: [UInt64]
    /// More than any study will see; a slip of the keyboard should not fill the memory.
    private static let most = 100_000

    init?(argument: String) {
        var seeds: [UInt64] = []
        for part in argument.split(separator: ",", omittingEmptySubsequences: false) {
            let ends = part.split(separator: "-", omittingEmptySubsequences: false).map { UInt64($0) }
            guard (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1], first <= last,
                last - first < UInt64(SeedList.most - seeds.count)
            else { return nil }
            seeds += first...last
        }
        var known: Set<UInt64> = []
        self.seeds = seeds.filter { known.insert($0).inserted }
    }
}

extension StudyPlan.Format: ExpressibleByArgument {}

extension RunOptions {
    /// What further runs tell: a study of seeds if there are enough, one of factors if there are some, and what those
    /// with other seeds measured in any case.
    func study(
        of runs: [Run], _ setup: Setup, telling: (BuildEvent) -> Void
    ) throws -> (study: SeedStudy?, factorial: FactorialStudy?, others: OtherSeeds) {
        let dataset = setup.dataset
        let stored = try store.results(dataDigests: dataset.digests)
        for reason in stored.refused { telling(.leftOut(reason: "\(reason)")) }
        let found = try store.portraits(besides: runs, of: setup.networks, among: stored.results, dataset) { run in
            try roles(of: run, setup)
        }
        for reason in found.refused { telling(.leftOut(reason: "\(reason)")) }
        let told = runs.compactMap(\.training?.configuration)
        return (
            SeedStudy(
                around: told, results: stored.results, images: dataset.test.count,
                relations: setup.experiment.relations),
            try factorial(around: told, setup, stored.results),
            OtherSeeds(than: told, among: stored.results, portraits: found.portraits)
        )
    }

    /// - Parameter told: what the runs of the experiment's own networks were trained with.
    private func factorial(
        around told: [Configuration], _ setup: Setup, _ results: [RunResult]
    ) throws -> FactorialStudy? {
        guard let experiment = try setup.experiment.withFactors() else { return nil }
        let dataset = setup.dataset
        let configurations =
            setup.experiment.factorial == nil
            ? told
            : try experiment.networks(input: dataset.shape, classes: dataset.classCount)
                .map { configuration(of: $0, experiment.training) }
        return FactorialStudy(experiment, around: configurations, results: results, images: dataset.test.count)
    }

    /// What the site is made from.
    func materials(_ runs: [Run], _ setup: Setup, telling: (BuildEvent) -> Void) throws -> SiteMaterials {
        let (study, factorial, others) = try study(of: runs, setup, telling: telling)
        let store = store
        let epochs = try runs.concurrentMap { ($0.name, try store.epochWeights(of: $0)) }
        return SiteMaterials(
            dataset: setup.dataset, runs: runs, inspections: try inspections(of: runs, setup, telling: telling),
            epochs: Dictionary(uniqueKeysWithValues: epochs), study: study, factorial: factorial, others: others,
            experiment: setup.experiment)
    }
}
