import Foundation
import Learn

/// Keras in a process of its own, which trains an epoch whenever it is asked to and rests meanwhile.
final class Peer {
    private let process = Process()
    private let requests = Pipe()
    private let answers = Pipe()
    private var received = Data()
    private let python: String
    private let log: URL

    /// - Parameters:
    ///   - python: a Python that has keras and tensorflow-cpu
    ///   - data: folder of the four files
    ///   - log: file for what the peer tells beside its answers
    ///   - epochs: at most as many will be asked for
    init(python: String, script: String, network: Network, data: URL, log: URL, epochs: Int) throws {
        self.python = python
        self.log = log
        // A peer that has died is reported by its missing answer, not by a signal.
        signal(SIGPIPE, SIG_IGN)
        process.executableURL = URL(filePath: python)
        let layers = network.architecture.notation.joined(separator: ", ")
        process.arguments = [script, network.name, layers, data.path(), "--epochs", "\(epochs)", "--paced"]
        process.standardInput = requests
        process.standardOutput = answers
        try Data().write(to: log)
        process.standardError = try FileHandle(forWritingTo: log)
        do {
            try process.run()
        } catch {
            throw PeerError.unstartable(python: python, reason: error.localizedDescription)
        }
    }

    deinit {
        try? requests.fileHandleForWriting.close()
        process.waitUntilExit()
    }

    /// Trains one epoch with its validation pass.
    /// - Returns: seconds, as the peer measured them
    func epoch() throws -> Double {
        do {
            try requests.fileHandleForWriting.write(contentsOf: Data("\n".utf8))
        } catch {
            throw try ended()
        }
        return try JSONDecoder().decode(Answer.self, from: line()).seconds
    }

    private func line() throws -> Data {
        while true {
            if let end = received.firstIndex(of: UInt8(ascii: "\n")) {
                defer { received = Data(received[(end + 1)...]) }
                return Data(received[..<end])
            }
            let more = answers.fileHandleForReading.availableData
            if more.isEmpty { throw try ended() }
            received += more
        }
    }

    /// The error that says how the peer ended.
    private func ended() throws -> PeerError {
        let told = try String(contentsOf: log, encoding: .utf8).split(separator: "\n")
        return .ended(python: python, reason: told.last.map(String.init) ?? "it told nothing")
    }

    private struct Answer: Decodable {
        let seconds: Double
    }
}

/// Why there is nothing to compare with.
enum PeerError: Error, CustomStringConvertible {
    case unstartable(python: String, reason: String)
    case ended(python: String, reason: String)

    var description: String {
        switch self {
        case .unstartable(let python, let reason):
            "\(python) does not start (\(reason)); make bench-peers installs a Python with tensorflow-cpu"
        case .ended(let python, let reason):
            "\(python) ended before it had trained (\(reason)); make bench-peers installs a Python with tensorflow-cpu"
        }
    }
}

extension Dataset {
    /// Writes the four files, so that the peer trains on the same bytes wherever they were found.
    func write(to folder: URL) throws {
        for (prefix, split) in [("train", train), ("t10k", test)] {
            let images = header(3, [split.count, shape.height, shape.width]) + split.pixels
            let labels = header(1, [split.count]) + split.labels
            try Data(images).write(to: folder.appending(path: prefix + "-images-idx3-ubyte"))
            try Data(labels).write(to: folder.appending(path: prefix + "-labels-idx1-ubyte"))
        }
    }

    /// The head of an IDX file of bytes: magic number, then the sizes, big-endian.
    private func header(_ dimensions: UInt8, _ sizes: [Int]) -> [UInt8] {
        [0, 0, 8, dimensions] + sizes.flatMap { size in withUnsafeBytes(of: UInt32(size).bigEndian, Array.init) }
    }
}
