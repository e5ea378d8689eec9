import ArgumentParser
import Foundation
import Learn
import Site

/// Why the program ends without having done what it was asked to: one line and an exit code.
struct Failure {
    /// Empty if nothing is left to say.
    let message: String
    let code: Int32

    init(_ error: any Error) {
        switch error {
        case let error as SiteError: (message, code) = (error.description, 1)
        case let error as ExperimentError: (message, code) = (error.description, 2)
        case let error as DataError: (message, code) = (error.description, 2)
        case let error as RunStoreError: (message, code) = (error.description, 3)
        case let error as ArchitectureError: (message, code) = (error.description, 3)
        case let error as ModelFault: (message, code) = (error.description, 5)
        case let error as ChangedResults: (message, code) = (error.description, 4)
        case let error as EarlierVersion: (message, code) = (error.description, 4)
        case let error as TrainingError:
            if case .interrupted = error { code = 128 + Interruption.signal } else { code = 3 }
            message = error.description
        case is CutLog: (message, code) = ("", StreamError.exitCode)
        case let error as StreamError:
            // What a shell says of a program that the signal ended.
            (message, code) = error.readerLeft ? ("", 128 + SIGPIPE) : (error.description, StreamError.exitCode)
        default:
            let isUsage = SiteBuild.exitCode(for: error) == .validationFailure
            message = isUsage ? "\(Failure.usage(error)); see site-build --help" : "\(error)"
            code = SiteBuild.exitCode(for: error).rawValue
        }
    }

    /// The parser's message as part of a line.
    private static func usage(_ error: any Error) -> String {
        let message = SiteBuild.message(for: error).split(whereSeparator: \.isNewline).joined(separator: " ")
        return message.hasSuffix(".") ? String(message.dropLast()) : message
    }

    func exit() -> Never {
        if !message.isEmpty { Failure.write(message) }
        Foundation.exit(code)
    }

    /// One line on standard error. Where that cannot be written, the exit code alone has to tell.
    static func write(_ message: String) { try? StandardStream.remark(message.printable) }
}
