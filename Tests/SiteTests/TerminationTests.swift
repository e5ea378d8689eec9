import Dispatch
import Foundation
import Testing

@testable import site_build

@Suite struct TerminationTests {
    /// Neither one that comes at once, when what watches it might not be set up yet, nor one of several.
    @Test func noSignalIsLostOnceItIsWatched() throws {
        let signals = [SIGUSR1, SIGUSR2]
        let came = signals.map { _ in DispatchSemaphore(value: 0) }
        try Termination.watch(signals) { number in
            for (signal, came) in zip(signals, came) where signal == number { came.signal() }
        }
        for signal in signals { kill(getpid(), signal) }
        // The limit ends a test that fails.
        for came in came { #expect(came.wait(timeout: .now() + .seconds(120)) == .success) }
    }
}
