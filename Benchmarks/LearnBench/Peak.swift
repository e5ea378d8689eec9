import CPeak
import Dispatch
import Synchronization

/// What the processor could do at best: fused multiplications and additions in registers, nothing else.
struct Peak {
    /// Floats in the widest vector of the kernels that are measured.
    let lanes: Int

    /// - Parameter kernels: name of the set that is measured
    init(kernels: String) {
        lanes = ["AVX-512": 16, "AVX2": 8][kernels] ?? 4
    }

    /// FLOP/s of `threads` threads together, over about a tenth of a second.
    func measure(threads: Int) -> Double {
        let rounds = 4_000_000
        let total = Mutex(0.0)
        let seconds = seconds {
            DispatchQueue.concurrentPerform(iterations: threads) { _ in
                let done = peak_run(Int32(lanes), rounds)
                total.withLock { $0 += done }
            }
        }
        return total.withLock { $0 } / seconds
    }
}
