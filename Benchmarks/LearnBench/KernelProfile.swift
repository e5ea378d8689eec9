import Synchronization

/// A kernel and the sizes it worked on.
struct KernelCall: Hashable {
    let kernel: String
    let sizes: Sizes

    enum Sizes: Hashable {
        /// Rows and columns of a convolution's output, channels, filters.
        case convolution(height: Int, width: Int, channels: Int, filters: Int)
        /// Inputs and outputs of a dense layer.
        case dense(inputs: Int, outputs: Int)
        case elements(Int)
        case none
    }

    var description: String {
        switch sizes {
        case .convolution(let height, let width, let channels, let filters):
            "\(kernel) \(height)x\(width)x\(channels) > \(filters)"
        case .dense(let inputs, let outputs): "\(kernel) \(inputs) > \(outputs)"
        case .elements(let count): "\(kernel) \(count)"
        case .none: kernel
        }
    }
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
    private let works = Mutex<[KernelCall: KernelWork]>([:])

    func add(_ work: KernelWork, to call: KernelCall) {
        works.withLock { $0[call, default: KernelWork()].add(work) }
    }

    /// Most time first.
    var sorted: [(call: KernelCall, work: KernelWork)] {
        works.withLock { $0.map { ($0.key, $0.value) } }.sorted { $0.1.seconds > $1.1.seconds }
    }
}
