import Dispatch
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
}
