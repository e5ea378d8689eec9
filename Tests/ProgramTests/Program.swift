import Foundation
import TestSupport
import Testing

/// The program itself, run as a child process in a folder of its own, on a small data set.
final class Program: Sendable {
    /// What is trained and shown.
    enum Subject {
        /// A tiny network on tiny images, and a page of its figures: most of what the program does hangs on no more.
        case network
        /// Three of them.
        case networks
        /// Networks with the layers of the package's, of few filters, and the article on them.
        case article
        /// A network whose epochs take a while, and whose state takes room.
        case large
    }

    private let subject: Subject
    private let temporary: TemporaryFolder
    /// Where it is run: `data` holds the data set that `experiment.yml` names, `runs` and `output` what it makes.
    var folder: URL { temporary.url }

    /// Options with which everything trains in a moment.
    static let small = ["--experiment", "experiment.yml", "--runs", "runs", "--epochs", "4"]
    static let site = ["--templates", package.appending(path: "templates").path, "--output", "output"]
    static let build = ["build"] + small + site
    static let render = ["render"] + small + site

    private static let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    /// Built beside the tests, in their configuration.
    static let executable: URL = {
        #if canImport(Darwin)
            Bundle(for: Program.self).bundleURL.deletingLastPathComponent().appending(path: "site-build")
        #else
            Bundle.main.bundleURL.appending(path: "site-build")
        #endif
    }()

    init(_ subject: Subject = .network) throws {
        self.subject = subject
        temporary = try TemporaryFolder()
        try writeData()
        try write(Program.experiment(subject), to: "experiment.yml")
    }

    /// An experiment on the data set in `data`.
    ///
    /// - Parameter names: lines that name the data set and its classes.
    static func experiment(_ subject: Subject = .network, _ names: String = "") throws -> String {
        let head = "data: {idx: data}\n\(names)\nnetworks:"
        let tiny = "\n  conv: {layers: [conv 2@3x3, maxpool 2, flatten, dense 10], epochs: 4}"
        switch subject {
        case .network: return head + tiny + "\ntraining: {batch: 50}\n"
        case .networks:
            return """
                \(head)\(tiny)
                  deep:
                    layers: [conv 2@3x3 same, maxpool 2, dropout 0.1, conv 3@3x3, flatten, dense 12, dense 10]
                    epochs: 4
                  flat: {layers: [flatten, dense 10], epochs: 4}
                training: {batch: 50}

                """
        case .article:
            let dropping = "flatten, dense 24, dropout 0.3, dense 16, dense 10"
            return """
                \(head)
                  lenet5:
                    layers: [conv 3@5x5 same, avgpool 2, conv 4@5x5, avgpool 2, flatten, dense 24, dense 16, dense 10]
                    epochs: 4
                  maxpool:
                    after: lenet5
                    layers: [conv 3@5x5 same, maxpool 2, dropout 0.2, conv 4@5x5, maxpool 2, dropout 0.2, \(dropping)]
                    epochs: 4
                  wide:
                    after: maxpool
                    layers: [conv 6@5x5 same, maxpool 2, dropout 0.2, conv 8@5x5, maxpool 2, dropout 0.2, \(dropping)]
                    epochs: 4
                training: {batch: 100}
                story: fashion-mnist

                """
        case .large:
            return """
                \(head)
                  large:
                    layers: [conv 6@5x5 same, avgpool 2, conv 16@5x5, avgpool 2, flatten, dense 120, dense 84, dense 10]
                    epochs: 4

                """
        }
    }

    /// Writes the data set anew.
    func writeData(train: Int? = nil, test: Int = 300) throws {
        let (count, edge) =
            switch subject {
            case .network, .networks: (500, 8)
            case .article: (500, 16)
            case .large: (2000, 28)
            }
        try SmallDataSet.write(to: folder.appending(path: "data"), train: train ?? count, test: test, edge: edge)
    }

    /// One in whose folder everything has been trained.
    static func trained(_ subject: Subject = .network) throws -> Program {
        try Program(copying: ["runs"], of: subject)
    }

    /// One in whose folder the site has been built.
    static func finished(_ subject: Subject = .network) throws -> Program {
        try Program(copying: ["runs", "output"], of: subject)
    }

    /// Each built once, when it is first wanted, since most tests begin with what a build leaves.
    private static func reference(_ subject: Subject) throws -> Program {
        switch subject {
        case .network: try network.get()
        case .networks: try networks.get()
        case .article: try article.get()
        case .large: try large.get()
        }
    }
    private static let network = Result { try built(.network) }
    private static let networks = Result { try built(.networks) }
    private static let article = Result { try built(.article) }
    private static let large = Result { try built(.large) }

    private static func built(_ subject: Subject) throws -> Program {
        let program = try Program(subject)
        let outcome = try program.run(build)
        try #require(outcome.code == 0, "\(outcome)")
        return program
    }

    private convenience init(copying folders: [String], of subject: Subject) throws {
        let other = try Program.reference(subject)
        try self.init(subject)
        for name in folders {
            try FileManager.default.copyItem(
                at: other.folder.appending(path: name), to: folder.appending(path: name))
        }
    }

    /// What became of a run.
    struct Outcome: CustomTestStringConvertible {
        /// Exit code; 128 and the signal's number if a signal ended it.
        var code: Int32
        var output: String
        var errors: String

        /// The lines on standard error.
        var complaints: [Substring] { errors.split(separator: "\n") }
        var testDescription: String { "exit code \(code): \(errors)" }
    }

    /// Runs it to its end.
    func run(_ arguments: [String], environment: [String: String] = [:]) throws -> Outcome {
        try start(arguments, environment: environment).outcome()
    }

    /// Runs it to its end in a shell, which may first change what it sees of the machine.
    func run(shell script: String, arguments: [String] = []) throws -> Outcome {
        try start(shell: script, arguments: arguments).outcome()
    }

    /// - Parameter arguments: what the script calls `"$@"`.
    func start(shell script: String, arguments: [String] = []) throws -> Child {
        try Child(
            "/bin/sh", ["-ec", script, "sh"] + arguments, in: folder,
            environment: ["site_build": Program.executable.path])
    }

    func start(_ arguments: [String], environment: [String: String] = [:]) throws -> Child {
        try Child(Program.executable.path, arguments, in: folder, environment: environment)
    }

    /// Content of every file of the runs and the site, locks left out: they name the process that held them last.
    func results() throws -> [String: Data] {
        var results: [String: Data] = [:]
        // One by one, since an enumeration does not enter what is mounted.
        for folder in ["runs", "output"] {
            for (path, content) in try temporary.contents(of: folder) where !path.hasSuffix(".lock") {
                results["\(folder)/\(path)"] = content
            }
        }
        return results
    }

    func contents(of path: String) throws -> [String: Data] { try temporary.contents(of: path) }

    /// Kind, permissions and content of everything in a folder.
    func things(in path: String) throws -> [String: String] { try temporary.things(in: path) }

    func remove(_ path: String) throws { try FileManager.default.removeItem(at: folder.appending(path: path)) }

    func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: folder.appending(path: path).path) }

    func write(_ text: String, to path: String) throws { try temporary.write(text, to: path) }
}

/// A process under way.
final class Child {
    private let process = Process()
    private let output: URL
    private let errors: URL
    /// Kills what hangs, so that its test fails rather than waits; on no machine does any take so long.
    private let end: DispatchWorkItem

    init(_ path: String, _ arguments: [String], in folder: URL, environment: [String: String]) throws {
        // Files rather than pipes: nobody has to read along, and after a kill all that was written is there.
        output = folder.appending(path: ".\(UUID().uuidString).out")
        errors = output.appendingPathExtension("err")
        for file in [output, errors] { _ = FileManager.default.createFile(atPath: file.path, contents: nil) }
        process.executableURL = URL(filePath: path)
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        let streams = try [output, errors].map { try FileHandle(forWritingTo: $0) }
        (process.standardOutput, process.standardError) = (streams[0], streams[1])
        end = DispatchWorkItem { [process, errors] in
            guard process.isRunning else { return }
            let account = "killed, for it hangs\n" + Child.threads(of: process.processIdentifier)
            if let file = try? FileHandle(forWritingTo: errors) {
                _ = try? file.seekToEnd()
                try? file.write(contentsOf: Data(account.utf8))
            }
            Child.send(SIGKILL, to: process)
        }
        try process.run()
        // The child has its own; the process, and these with it, is kept until the time for `end` has come.
        for stream in streams { try stream.close() }
        DispatchQueue.global().asyncAfter(deadline: .now() + .seconds(600), execute: end)
    }

    deinit { end.cancel() }

    var isRunning: Bool { process.isRunning }

    func signal(_ signal: Int32) { Child.send(signal, to: process) }

    /// One that has ended gets none: its number may be another's by then.
    private static func send(_ signal: Int32, to process: Process) {
        if process.isRunning { kill(process.processIdentifier, signal) }
    }

    /// What each thread of a process is at: its signals, where in the kernel it waits, its system call.
    private static func threads(of process: Int32) -> String {
        let folder = URL(filePath: "/proc/\(process)/task")
        let threads = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return threads.sorted().map { thread in
            func lines(_ name: String) -> [Substring] {
                let text = try? String(contentsOf: folder.appending(path: "\(thread)/\(name)"), encoding: .utf8)
                return (text ?? "").split(separator: "\n")
            }
            let signals = lines("status").filter { $0.contains(/^(State|Sig|Shd)/) }
            return (lines("comm") + lines("wchan") + lines("syscall") + signals).joined(separator: "  ")
        }
        .joined(separator: "\n")
    }

    /// Stops the process wherever it is, does something, and lets it go on.
    ///
    /// - Returns: false, with nothing done, if it had ended before it was stopped.
    func whileStopped(_ work: () throws -> Void) rethrows -> Bool {
        signal(SIGSTOP)
        defer { signal(SIGCONT) }
        var change = siginfo_t()
        let isKnown = waitid(P_PID, id_t(process.processIdentifier), &change, WSTOPPED | WEXITED | WNOWAIT) == 0
        guard isKnown, change.si_code == CLD_STOPPED else { return false }
        try work()
        return true
    }

    /// What it has written to standard output so far. That may end within a character.
    func outputSoFar() throws -> String { String(decoding: try Data(contentsOf: output), as: UTF8.self) }

    /// Waits until standard output holds a text.
    func waitForOutput(_ text: String) throws {
        try wait(for: "it said \(text)") { try outputSoFar().contains(text) }
    }

    /// Waits for something that the process brings about.
    func wait(for event: String = "the event", _ hasCome: () throws -> Bool) throws {
        while process.isRunning {
            if try hasCome() { return }
            usleep(2000)
        }
        try #require(try hasCome(), "ended before \(event)")
    }

    /// What it has written so far.
    func told() throws -> (output: String, errors: String) {
        try (String(contentsOf: output, encoding: .utf8), String(contentsOf: errors, encoding: .utf8))
    }

    /// Waits until what it has written is as wanted.
    func wait(until isAsWanted: (_ output: String, _ errors: String) -> Bool) throws {
        try wait(for: "it wrote what was wanted") {
            let (output, errors) = try told()
            return isAsWanted(output, errors)
        }
    }

    /// Waits for the end.
    func outcome() throws -> Program.Outcome {
        process.waitUntilExit()
        let status = process.terminationStatus
        return Program.Outcome(
            code: process.terminationReason == .uncaughtSignal ? 128 + status : status,
            output: try String(contentsOf: output, encoding: .utf8),
            errors: try String(contentsOf: errors, encoding: .utf8))
    }
}
