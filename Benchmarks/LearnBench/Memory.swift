import ArgumentParser
import Foundation
import Learn

/// A process of its own, since the highest mark counts from a process's start.
struct Memory: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Trains one epoch and prints the most memory that the process held, in MiB.")

    @OptionGroup var data: DataOptions
    @OptionGroup var network: NetworkOptions
    @Option(help: "Threads that share a batch.") var threads = ProcessInfo.processInfo.activeProcessorCount

    func run() async throws {
        let configuration = Configuration(try network.chosen(), epochs: 1, seed: 1)
        let trainer = try Trainer(configuration: configuration, dataset: await data.load(), threads: threads)
        try trainer.trainEpoch()
        _ = trainer.finishedRun()
        print(try highestMark().text(0))
    }

    /// Highest resident memory of this process so far, in MiB.
    private func highestMark() throws -> Double {
        #if os(Linux)
            let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
            let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
            guard let kibibytes = line?.split(separator: " ").dropLast().last.flatMap({ Double($0) }) else {
                throw ValidationError("/proc/self/status has no line VmHWM: memory cannot be measured on this system")
            }
            return kibibytes / 1024
        #else
            var usage = rusage()
            getrusage(RUSAGE_SELF, &usage)
            return Double(usage.ru_maxrss) / 0x1p20
        #endif
    }
}

extension Memory {
    /// MiB that a training of the network takes, the data set included.
    static func measure(_ network: Network, data: String?) throws -> Double {
        let process = Process()
        let output = Pipe()
        process.executableURL = Bundle.main.executableURL
        process.arguments = ["memory", "--network", network.name] + (data.map { ["--data", $0] } ?? [])
        process.standardOutput = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0, let mark = Double(text.trimmingCharacters(in: .whitespacesAndNewlines))
        else { throw ExitCode.failure }
        return mark
    }
}
