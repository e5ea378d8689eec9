import KernelInterface
import Synchronization

/// A kernel and the sizes it worked on.
struct TimedCall: Hashable {
    let kernel: String
    let sizes: KernelSizes

    var description: String { sizes == .none ? kernel : "\(kernel) \(sizes)" }
}

/// What calls of a kernel did and how long they took.
struct KernelWork {
    var seconds = 0.0
    /// Floating-point operations, a multiplication and its addition counted as two; zero if a kernel rather moves
    /// data.
    var operations = 0.0
    /// Bytes read and written, each operand counted once.
    var bytes = 0.0

    mutating func add(_ other: KernelWork) {
        seconds += other.seconds
        operations += other.operations
        bytes += other.bytes
    }
}

/// Adds up the work of kernels, whichever threads they run on.
final class KernelProfile: Sendable {
    private let works = Mutex<[TimedCall: KernelWork]>([:])

    func add(_ work: KernelWork, to call: TimedCall) {
        works.withLock { $0[call, default: KernelWork()].add(work) }
    }

    /// Most time first.
    var sorted: [(call: TimedCall, work: KernelWork)] {
        works.withLock { $0.map { ($0.key, $0.value) } }.sorted { $0.1.seconds > $1.1.seconds }
    }
}
