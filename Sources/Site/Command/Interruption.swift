import Foundation
import Synchronization

/// Ctrl-C and the request to terminate, while training: it ends cleanly after the epoch under way.
enum Interruption {
    /// The signal that came; 0 while none has.
    private static let received = Atomic<Int32>(0)

    static var signal: Int32 { received.load(ordering: .relaxed) }

    /// Does some work during which the signals only leave a mark; a second one ends the program at once.
    static func marking<Result>(_ work: () throws -> Result) rethrows -> Result {
        // The first access sets the atomic up, which must not happen in the handler.
        received.store(0, ordering: .relaxed)
        for signal in [SIGINT, SIGTERM] {
            Foundation.signal(signal) { signal in
                Interruption.received.store(signal, ordering: .relaxed)
                Foundation.signal(signal, SIG_DFL)
            }
        }
        defer { for signal in [SIGINT, SIGTERM] { Foundation.signal(signal, SIG_DFL) } }
        return try work()
    }
}
