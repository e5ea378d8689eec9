import Dispatch
import KernelInterface
import Synchronization

/// Threads that share numbered pieces of work, each with a pass of its own.
struct ThreadTeam: Sendable {
    /// One a thread.
    let passes: [Pass]

    /// Runs `work` once for each index in 0..<count and returns when all are done. Whoever is free takes the next
    /// index, so a thread that the system disturbs holds nobody up; results must not depend on who did what.
    func share(_ count: Int, work: @Sendable (_ index: Int, _ pass: Pass) -> Void) {
        let next = Atomic(0)
        DispatchQueue.concurrentPerform(iterations: min(count, passes.count)) { thread in
            while true {
                let index = next.add(1, ordering: .relaxed).oldValue
                guard index < count else { break }
                work(index, passes[thread])
            }
        }
    }

    /// Runs `work` for ranges of 0..<count that together are all of it, in whole blocks: as many as a pass takes at
    /// once, or fewer, so that each thread has some. For what an image gets whatever stands beside it.
    func share(images count: Int, atOnce: Int, work: @Sendable (_ images: Range<Int>, _ pass: Pass) -> Void) {
        let blocks = (count + blockLanes - 1) / blockLanes
        let size = min(atOnce, max(1, (blocks + passes.count - 1) / passes.count) * blockLanes)
        share((count + size - 1) / size) { piece, pass in
            work(piece * size..<min(count, (piece + 1) * size), pass)
        }
    }
}
