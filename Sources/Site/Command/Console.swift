import Foundation
import Site
import Synchronization

/// Standard output as the events' teller, from any thread.
final class Console: Sendable {
    private let reporter: Mutex<Reporter>

    convenience init(_ options: LogOptions) { self.init(style: Console.style(options)) }

    init(style: Reporter.Style) { reporter = Mutex(Reporter(style: style)) }

    @Sendable func tell(_ event: BuildEvent) {
        reporter.withLock { reporter in
            let text = reporter.text(for: event)
            if !text.isEmpty { FileHandle.standardOutput.write(Data(text.utf8)) }
        }
    }

    private static func style(_ options: LogOptions) -> Reporter.Style {
        if options.quiet { return .quiet }
        if options.log == .json { return .json }
        guard isatty(STDOUT_FILENO) == 1 else { return .plain }
        var size = winsize()
        let isKnown = ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
        return .live(columns: isKnown ? Int(size.ws_col) : 80)
    }
}

extension Console {
    /// Does the work of a command; an error is told as an event as well before it ends the program.
    func telling(_ work: () async throws -> Void) async throws {
        do {
            try await work()
        } catch {
            let failure = Failure(error)
            tell(.failed(message: failure.message, code: failure.code))
            throw error
        }
    }
}
