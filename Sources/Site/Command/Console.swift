import Foundation
import Site
import Synchronization

/// Standard output as the events' teller, from any thread.
///
/// The work is what was asked for, not what is told of it: where nothing can be told any more, the work goes on.
final class Console: Sendable {
    private struct State {
        var reporter: Reporter
        /// Why nothing more is told.
        var end: StreamError?
    }

    private let state: Mutex<State>

    convenience init(_ options: LogOptions) { self.init(style: Console.style(options)) }

    init(style: Reporter.Style) { state = Mutex(State(reporter: Reporter(style: style))) }

    @Sendable func tell(_ event: BuildEvent) {
        state.withLock { state in
            guard state.end == nil else { return }
            do throws(StreamError) {
                try StandardStream.output.write(state.reporter.text(for: event))
            } catch {
                state.end = error
                if !error.hasNoReader { Failure.write("\(error.reason): the work goes on, untold") }
            }
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
    ///
    /// - Throws: what the work throws, and ``CutLog`` if it was done but not told to its end.
    func telling(_ work: () async throws -> Void) async throws {
        do {
            try await work()
        } catch {
            let failure = Failure(error)
            tell(.failed(message: failure.message, code: failure.code))
            throw error
        }
        if let end = state.withLock({ $0.end }), !end.hasNoReader { throw CutLog() }
    }
}

/// The work is done, but part of what was to be told of it is lost, which was said when it happened.
struct CutLog: Error {}
