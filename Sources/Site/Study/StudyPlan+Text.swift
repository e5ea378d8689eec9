import Foundation
import Learn

extension StudyPlan {
    /// How a plan is written down, each for the engines that read it.
    public enum Format: String, CaseIterable, Sendable {
        /// One command a line: for a shell, `parallel`, `xargs`.
        case commands
        /// A batch script for a job array of Slurm.
        case slurm
        /// A matrix for a workflow of GitHub Actions, to be read with `fromJSON`.
        case github
    }

    /// How each training is called.
    public struct Caller: Sendable {
        /// The program, by name or path.
        let program: String
        /// What follows the options that say what is trained, such as where runs are kept.
        let options: [String]
        /// What the experiment says, so that no option has to.
        let training: ExperimentTraining
        /// Threads of each training; as many as the machine has processors if nil.
        var threads: Int?

        public init(
            program: String, options: [String], training: ExperimentTraining = .standard, threads: Int? = nil
        ) {
            self.program = program
            self.options = options
            self.training = training
            self.threads = threads
        }
    }

    /// The plan as text that ends with a line break; empty for no commands.
    ///
    /// Where an engine takes fewer jobs than there are trainings, a job carries out several. A job array shares its
    /// machines with others' jobs: each training keeps to the processors that it asks for, one
    /// unless the caller says how many.
    ///
    /// - Parameter mostJobs: jobs at most; as many as the engine usually takes if nil.
    public func text(_ format: Format, _ caller: Caller, mostJobs: Int? = nil) -> String {
        let threads = caller.threads ?? 1
        var caller = caller
        if format == .slurm { caller.threads = threads }
        let deal = Deal(tasks.count, atMost: mostJobs ?? format.mostJobs)
        let arguments = tasks.map { self.arguments(of: $0, caller).map(\.quoted).joined(separator: " ") }
        let commands = arguments.map { "\(caller.program.quoted) \($0)" }
        switch format {
        case .commands: return commands.map { $0 + "\n" }.joined()
        case .slurm:
            return StudyPlan.slurm(
                commands, jobs: deal.jobs, processors: threads, remark: remark(.slurm, mostJobs: mostJobs))
        case .github: return matrix(arguments, deal)
        }
    }

    private func arguments(of task: Configuration, _ caller: Caller) -> [String] {
        return ["train", "--network", task.network, "--epochs", "\(task.epochs)", "--seed", "\(task.seed)"]
            + task.optimizer.options(besides: caller.training.optimizer) + caller.options
            + (caller.threads.map { ["--threads", "\($0)"] } ?? [])
    }

    private static func slurm(_ commands: [String], jobs: Int, processors: Int, remark: String?) -> String {
        guard !commands.isEmpty else { return "#!/bin/bash\n# Nothing is missing: there is no job to submit.\n" }
        return """
            #!/bin/bash
            #SBATCH --job-name=study
            #SBATCH --array=1-\(jobs)
            #SBATCH --cpus-per-task=\(processors)
            #SBATCH --requeue
            # \(remark ?? "one training a job")
            mapfile -t trainings <<'TRAININGS'
            \(commands.joined(separator: "\n"))
            TRAININGS
            # One that fails does not keep the next from its turn.
            outcome=0
            for ((turn = SLURM_ARRAY_TASK_ID - 1; turn < ${#trainings[@]}; turn += \(jobs))); do
                eval "${trainings[turn]}" || outcome=$?
            done
            exit "$outcome"

            """
    }

    private func matrix(_ arguments: [String], _ deal: Deal) -> String {
        let matrix = Matrix(
            include: (0..<deal.jobs).map { job in
                let trainings = deal.trainings(of: job)
                let others = trainings.count { _ in true } - 1
                return Matrix.Job(
                    job: job + 1, name: tasks[job].inShort + (others > 0 ? "; and \(others) more" : ""),
                    trainings: trainings.map { arguments[$0] }.joined(separator: "\n"))
            })
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return String(decoding: try encoder.encode(matrix), as: UTF8.self) + "\n"
        } catch {
            preconditionFailure("texts and numbers can be encoded: \(error)")
        }
    }

    private struct Matrix: Encodable {
        let include: [Job]

        struct Job: Encodable {
            /// From 1.
            let job: Int
            /// For people: the first of the trainings, and how many there are.
            let name: String
            /// What follows the program's name, a line a training.
            let trainings: String
        }
    }
}

extension Configuration {
    fileprivate var inShort: String {
        let isUsual = optimizer == .adadelta()
        return "\(network), epochs \(epochs), seed \(seed)" + (isUsual ? "" : ", \(optimizer.inShort)")
    }
}

extension String {
    /// The text as one word of a shell's command line.
    var quoted: String {
        let plain = wholeMatch(of: /[A-Za-z0-9_\/.,:=@%+-]+/) != nil
        // By scalar: with a combining mark after it, a quote is part of a longer `Character`, but the shell sees it.
        return plain ? self : "'" + unicodeScalars.map { $0 == "'" ? "'\\''" : String($0) }.joined() + "'"
    }
}
