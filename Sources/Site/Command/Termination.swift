import Dispatch
import Foundation

/// Signals that tell the program to end.
enum Termination {
    /// Does something when one of the signals comes.
    ///
    /// Until this returns, each has its usual effect; from then on none is lost. Ignored before it is watched, as
    /// Dispatch's manual has it, a signal that came in between would be: sources are set up by a thread of their own.
    ///
    /// - Parameter handle: given the signal, on a thread of Dispatch's.
    /// - Returns: the sources, to be kept as long as the signals are to be watched.
    static func watching(
        _ signals: [Int32], _ handle: @escaping @Sendable (Int32) -> Void
    ) -> [any DispatchSourceSignal] {
        signals.map { number in
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            let isWatched = DispatchSemaphore(value: 0)
            source.setEventHandler { handle(number) }
            source.setRegistrationHandler { isWatched.signal() }
            source.resume()
            isWatched.wait()
            #if canImport(Darwin)
                // Elsewhere the source takes the place of the usual effect.
                signal(number, SIG_IGN)
            #endif
            return source
        }
    }
}
