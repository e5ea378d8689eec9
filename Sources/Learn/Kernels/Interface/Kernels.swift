/// Samples in a block. Every activation of a block holds its samples innermost: `[y, x, channel, 16]`.
///
/// Vectors run across samples, so layers with few channels waste no lanes; and since a lane never meets its
/// neighbour, the bits are the same whether a register holds 4, 8 or 16 of them.
public let blockLanes = 16

/// What pooling makes of a window.
public enum Pooling: Sendable { case average, maximum }

/// What 2x2 pooling behind ReLU remembers of a window for the backward pass, one byte a sample.
///
/// Maximum: which of the four positions (0...3, row-major) was largest, or ``noWinner`` where ReLU is off.
/// Average: bit i is set where ReLU is on at position i. Dropout closes the gate of what it drops.
public enum PoolingGate {
    public static let noWinner: UInt8 = 4
}

/// One call of a kernel: what it works on, checked when the call was made.
public protocol KernelCall {
    /// For people.
    var name: String { get }
    var sizes: KernelSizes { get }
    /// Floating-point operations, a multiplication and its addition counted as two; zero if a kernel rather moves
    /// data.
    var operations: Double { get }
    /// Bytes read and written, each operand counted once.
    var bytes: Double { get }
}

extension KernelCall {
    public var name: String { "\(Self.self)" }
    public var sizes: KernelSizes { .none }
    public var operations: Double { 0 }
    public var bytes: Double { 0 }
}

/// The sizes by which calls of one kernel are told apart.
public enum KernelSizes: Hashable, Sendable, CustomStringConvertible {
    /// Rows and columns of a convolution's output, channels, filters.
    case convolution(height: Int, width: Int, channels: Int, filters: Int)
    /// Inputs and outputs of a dense layer.
    case dense(inputs: Int, outputs: Int)
    case elements(Int)
    case none

    static func convolution(_ shape: ConvolutionShape) -> KernelSizes {
        .convolution(
            height: shape.outputHeight, width: shape.outputWidth, channels: shape.inputChannels,
            filters: shape.filters)
    }

    public var description: String {
        switch self {
        case .convolution(let height, let width, let channels, let filters):
            "\(height)x\(width)x\(channels) > \(filters)"
        case .dense(let inputs, let outputs): "\(inputs) > \(outputs)"
        case .elements(let count): "\(count)"
        case .none: ""
        }
    }
}

/// The inner loops of training. One implementation a vector width and a plain one to compare with; for equal
/// calls all of them leave equal bits, since each fixes the order of every sum and always fuses multiplication and
/// addition.
///
/// What a call reads and what it writes must not overlap, except where the call says so.
public protocol Kernels: Sendable {
    /// The instruction set, for people.
    var name: String { get }

    func run(_ call: Gather)
    func run(_ call: Convolution)
    func run(_ call: PooledConvolution)
    func run(_ call: Unpooling)
    func run(_ call: ConvolutionKernelGradient)
    func run(_ call: ConvolutionInputGradient)
    func run(_ call: WinnerSearch)
    func run(_ call: WinnersKernelGradient)
    func run(_ call: WinnersInputGradient)
    func run(_ call: SampleSplit)
    func run(_ call: SampleJoin)
    func run(_ call: MapPooling)
    func run(_ call: MapUnpooling)
    func run(_ call: Rectification)
    func run(_ call: Activating)
    func run(_ call: ActivatedGradient)
    func run(_ call: ChannelScaling)
    func run(_ call: RectifiedGradient)
    func run(_ call: DropoutCall)
    func run(_ call: Product)
    func run(_ call: Gate)
    func run(_ call: Transposition)
    func run(_ call: RowSums)
    func run(_ call: SoftmaxCrossEntropy)
    func run(_ call: AdadeltaStep)
    func run(_ call: MomentumStep)
    func run(_ call: AdamStep)
}
