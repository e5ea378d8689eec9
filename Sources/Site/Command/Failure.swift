import ArgumentParser
import Foundation
import Learn
import Site

/// Why the program ends without having done what it was asked to: one line and an exit code.
struct Failure {
    let message: String
    let code: Int32
    private let error: any Error

    init(_ error: any Error) {
        self.error = error
        switch error {
        case let error as SiteError: (message, code) = (error.description, 1)
        case let error as DataError: (message, code) = (error.description, 2)
        case let error as RunStoreError: (message, code) = (error.description, 3)
        case let error as NetworkError: (message, code) = (error.description, 3)
        case let error as ChangedResults: (message, code) = (error.description, 4)
        case let error as TrainingError:
            if case .interrupted = error { code = 128 + Interruption.signal } else { code = 3 }
            message = error.description
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
        // Help and version are no failures: the parser prints them itself.
        if code == 0 { SiteBuild.exit(withError: error) }
        Failure.write(message)
        Foundation.exit(code)
    }

    /// One line on standard error.
    static func write(_ message: String) {
        FileHandle.standardError.write(Data("site-build: \(message.printable)\n".utf8))
    }
}
