import Foundation
import Site
import Synchronization

/// Signals that tell the program to end.
enum Termination {
    /// Where the handler says which signal came: the pipe's end to write to.
    private static let written = Atomic<Int32>(-1)

    /// Does something when one of the signals comes, for as long as the program runs.
    ///
    /// When this returns, none is lost any more. All that it takes is a thread of its own, which waits for nothing else:
    /// work that holds all of the program's others keeps no signal waiting.
    ///
    /// - Parameter handle: given the signal, on that thread.
    /// - Throws: ``SiteError/step(_:path:cause:)`` if the system lets no signal be watched.
    static func watch(_ signals: [Int32], _ handle: @escaping @Sendable (Int32) -> Void) throws {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else {
            throw SiteError.step("watch for signals", path: "pipe", cause: String(cString: strerror(errno)))
        }
        let (read, write) = (ends[0], ends[1])
        written.store(write, ordering: .releasing)
        Thread.detachNewThread {
            while true {
                var signal: Int32 = 0
                let size = MemoryLayout<Int32>.size
                if Foundation.read(read, &signal, size) == size { handle(signal) }
            }
        }
        for signal in signals {
            Foundation.signal(signal) { signal in
                // What little is allowed here; the work that the signal cuts into may be about to read errno.
                let error = errno
                var signal = signal
                _ = Foundation.write(Termination.written.load(ordering: .acquiring), &signal, MemoryLayout<Int32>.size)
                errno = error
            }
        }
    }
}
