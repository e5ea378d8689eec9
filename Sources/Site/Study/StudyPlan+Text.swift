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
        /// Threads of each training; as many as the machine has processors if nil.
        var threads: Int?

        public init(program: String, options: [String], threads: Int? = nil) {
            self.program = program
            self.options = options
            self.threads = threads
        }
    }

    /// The plan as text that ends with a line break; empty for no commands.
    ///
    /// A job array shares its machines with others' jobs: each training keeps to the processors that it asks for, one
    /// unless the caller says how many.
    public func text(_ format: Format, _ caller: Caller) -> String {
        let threads = caller.threads ?? 1
        var caller = caller
        if format == .slurm { caller.threads = threads }
        let commands = tasks.map { task in ([caller.program] + arguments(of: task, caller)).map(\.quoted) }
            .map { $0.joined(separator: " ") }
        switch format {
        case .commands: return commands.map { $0 + "\n" }.joined()
        case .slurm: return StudyPlan.slurm(commands, processors: threads)
        case .github: return matrix(caller)
        }
    }

    private func arguments(of task: Configuration, _ caller: Caller) -> [String] {
        let usual = Adadelta().learningRate
        let rate = task.optimizer.learningRate
        return ["train", "--network", task.network, "--epochs", "\(task.epochs)", "--seed", "\(task.seed)"]
            + (rate == usual ? [] : ["--learning-rate", "\(rate)"]) + caller.options
            + (caller.threads.map { ["--threads", "\($0)"] } ?? [])
    }

    private static func slurm(_ commands: [String], processors: Int) -> String {
        guard !commands.isEmpty else { return "#!/bin/bash\n# Nothing is missing: there is no job to submit.\n" }
        return """
            #!/bin/bash
            #SBATCH --job-name=study
            #SBATCH --array=1-\(commands.count)
            #SBATCH --cpus-per-task=\(processors)
            #SBATCH --requeue
            set -euo pipefail
            command=$(sed -n "${SLURM_ARRAY_TASK_ID}p" <<'TASKS'
            \(commands.joined(separator: "\n"))
            TASKS
            )
            eval "exec $command"

            """
    }

    private func matrix(_ caller: Caller) -> String {
        let matrix = Matrix(
            include: tasks.map { task in
                Matrix.Job(
                    network: task.network, epochs: task.epochs, seed: task.seed,
                    learningRate: task.optimizer.learningRate,
                    arguments: arguments(of: task, caller).map(\.quoted).joined(separator: " "))
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
            let network: String
            let epochs: Int
            let seed: UInt64
            let learningRate: Float
            /// What follows the program's name.
            let arguments: String
        }
    }
}

extension String {
    /// The text as one word of a shell's command line.
    fileprivate var quoted: String {
        let plain = wholeMatch(of: /[A-Za-z0-9_\/.,:=@%+-]+/) != nil
        // By scalar: with a combining mark after it, a quote is part of a longer `Character`, but the shell sees it.
        return plain ? self : "'" + unicodeScalars.map { $0 == "'" ? "'\\''" : String($0) }.joined() + "'"
    }
}
