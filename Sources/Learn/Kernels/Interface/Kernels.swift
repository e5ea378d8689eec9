/// Samples in a block. Every activation of a block holds its samples innermost: `[y, x, channel, 16]`.
///
/// Vectors run across samples, so layers with few channels waste no lanes; and since a lane never meets its
/// neighbour, the bits are the same whether a register holds 4, 8 or 16 of them.
public let blockLanes = 16

/// Sizes of one convolution, stride 1, over an input that already carries its zero border.
public struct ConvolutionShape: Sendable, Equatable {
    /// Input rows and columns, border included.
    public let inputHeight, inputWidth: Int
    public let inputChannels: Int
    /// Edge of the square kernel.
    public let kernel: Int
    public let filters: Int

    public init(inputHeight: Int, inputWidth: Int, inputChannels: Int, kernel: Int, filters: Int) {
        self.inputHeight = inputHeight
        self.inputWidth = inputWidth
        self.inputChannels = inputChannels
        self.kernel = kernel
        self.filters = filters
    }

    @inlinable public var outputHeight: Int { inputHeight - kernel + 1 }
    @inlinable public var outputWidth: Int { inputWidth - kernel + 1 }
    /// Rows after 2x2 pooling.
    @inlinable public var pooledHeight: Int { outputHeight / 2 }
    @inlinable public var pooledWidth: Int { outputWidth / 2 }
    /// Elements of the kernel, `[kernel, kernel, inputChannels, filters]`.
    @inlinable public var kernelCount: Int { kernel * kernel * inputChannels * filters }
}

/// 2x2 pooling with stride 2.
public enum Pooling: Sendable { case average, maximum }

/// What pooling remembers of a window for the backward pass, one byte a sample.
///
/// Maximum: which of the four positions (0...3, row-major) was largest, or ``noWinner`` where ReLU is off.
/// Average: bit i is set where ReLU is on at position i. Dropout closes the gate of what it drops.
public enum PoolingGate {
    public static let noWinner: UInt8 = 4
}

/// One winner of a pooling window.
public struct Winner: BitwiseCopyable {
    /// In a filter's list: where its input begins among the samples. In a window's list: 4 filter + position.
    public var place: Int32
    /// Gradient at it.
    public var gradient: Float

    public init(place: Int32, gradient: Float) {
        self.place = place
        self.gradient = gradient
    }
}

/// The winners of a block, listed twice: by filter, for the gradient of the kernel, and by window and sample, for
/// the gradient at the input.
public struct Winners {
    /// A list a filter, `capacity = windows * 16 + 1` apart, windows row-major, samples innermost.
    public let byFilter: UnsafeMutablePointer<Winner>
    public let filterCounts: UnsafeMutablePointer<Int32>
    /// A list a window and sample, `capacity = filters + 1` apart, by filter.
    public let byWindow: UnsafeMutablePointer<Winner>
    public let windowCounts: UnsafeMutablePointer<Int32>

    public init(
        byFilter: UnsafeMutablePointer<Winner>, filterCounts: UnsafeMutablePointer<Int32>,
        byWindow: UnsafeMutablePointer<Winner>, windowCounts: UnsafeMutablePointer<Int32>
    ) {
        self.byFilter = byFilter
        self.filterCounts = filterCounts
        self.byWindow = byWindow
        self.windowCounts = windowCounts
    }
}

extension ConvolutionShape {
    @inlinable public var windows: Int { pooledHeight * pooledWidth }
    /// Room of one filter's list of winners; one more than can be, since lists are written without branches.
    @inlinable public var filterCapacity: Int { windows * blockLanes + 1 }
    @inlinable public var windowCapacity: Int { filters + 1 }
    /// Floats of a kernel row, `[kernel, inputChannels]`, rounded up to 16.
    @inlinable public var kernelRowStride: Int { (kernel * inputChannels + 15) / 16 * 16 }
    /// Floats of a patch row, `[kernel + 1, inputChannels]`, rounded up to 16.
    @inlinable public var patchRowStride: Int { ((kernel + 1) * inputChannels + 15) / 16 * 16 }
    /// Floats of the patch of one filter and position.
    @inlinable public var patchCount: Int { (kernel + 1) * patchRowStride }
}

/// A part of a batch's maps whose elements (16 samples each) lie `element` floats apart, its rows `row` elements.
public struct MapLayout: Sendable {
    /// Floats from one element to the next: 16 inside a block, the number of samples in a matrix.
    public let element: Int
    /// Elements from one row of the map to the next.
    public let row: Int

    public init(element: Int, row: Int) {
        self.element = element
        self.row = row
    }
}

/// `c[m, n] (+)= sum over k of b[k, m] * a[k, n]`, where n runs along vectors.
///
/// Strides are in floats; n of `a` and `c` is contiguous.
public struct Product: Sendable {
    public let m, n, k: Int
    public let aStride: Int
    public let bStride, bColumn: Int
    public let cStride: Int

    /// - Parameters:
    ///   - n: a multiple of 16.
    ///   - aStride: from one k to the next in `a`.
    ///   - bStride: from one k to the next in `b`.
    ///   - bColumn: from one m to the next in `b`.
    ///   - cStride: from one m to the next in `c`.
    public init(m: Int, n: Int, k: Int, aStride: Int, bStride: Int, bColumn: Int, cStride: Int) {
        self.m = m
        self.n = n
        self.k = k
        self.aStride = aStride
        self.bStride = bStride
        self.bColumn = bColumn
        self.cStride = cStride
    }
}

/// What a product becomes before it is stored.
public enum ProductEnd {
    /// Added to what is there.
    case accumulate
    /// Stored.
    case store
    /// Stored after the bias of each m was added.
    case bias(UnsafePointer<Float>)
    /// Stored after bias and ReLU.
    case biasReLU(UnsafePointer<Float>)
}

/// Decides which activations dropout drops; see ``Kernels/dropout(_:gates:count:stride:setting:)``.
public struct DropoutSetting {
    /// One random key a sample, 16 of them.
    public let keys: UnsafePointer<UInt32>
    /// Number of the first element in the sample's sequence of random numbers.
    public let firstElement: UInt32
    /// An element is dropped if its 32-bit random number is below.
    public let threshold: UInt32
    /// Factor of the elements that stay: 1 / (1 - rate).
    public let scale: Float
    /// What a dropped element's pooling gate becomes.
    public let closedGate: UInt8

    public init(
        keys: UnsafePointer<UInt32>, firstElement: UInt32, threshold: UInt32, scale: Float, closedGate: UInt8
    ) {
        self.keys = keys
        self.firstElement = firstElement
        self.threshold = threshold
        self.scale = scale
        self.closedGate = closedGate
    }
}

/// Adadelta's constants for one step.
public struct AdadeltaConstants: Sendable {
    public let learningRate, rho, epsilon: Float

    public init(learningRate: Float, rho: Float, epsilon: Float) {
        self.learningRate = learningRate
        self.rho = rho
        self.epsilon = epsilon
    }
}

/// The inner loops of training. One implementation a vector width and a plain one to compare with; for equal
/// arguments all of them leave equal bits, since each fixes the order of every sum and always fuses
/// multiplication and addition.
///
/// Pointers are aligned to 64 bytes and must not overlap; sizes are checked by the caller.
public protocol Kernels: Sendable {
    /// The instruction set, for people.
    var name: String { get }

    /// Pixels of 16 images, divided by 255, into a map `[edge + 2 border, edge + 2 border, 16]`.
    ///
    /// The border is left as it is. Lanes from `count` on are filled with zeros.
    /// - Parameters:
    ///   - pixels: `[images, edge, edge]`
    ///   - images: positions in `pixels`, `count` of them
    func gather(
        pixels: UnsafePointer<UInt8>, edge: Int, images: UnsafePointer<Int32>, count: Int, border: Int,
        into map: UnsafeMutablePointer<Float>)

    /// Convolution, bias, ReLU and 2x2 pooling of one block.
    /// - Parameters:
    ///   - input: `[inputHeight, inputWidth, inputChannels, 16]`
    ///   - kernel: `[kernel, kernel, inputChannels, filters]`
    ///   - bias: `[filters]`
    ///   - output: `[pooledHeight, pooledWidth, filters, 16]`, laid out as `layout` says
    ///   - gates: `[pooledHeight, pooledWidth, filters, 16]`; see ``PoolingGate``
    func convolveAndPool(
        _ input: UnsafePointer<Float>, kernel: UnsafePointer<Float>, bias: UnsafePointer<Float>,
        shape: ConvolutionShape, pooling: Pooling, output: UnsafeMutablePointer<Float>, layout: MapLayout,
        gates: UnsafeMutablePointer<UInt8>)

    /// Undoes pooling and ReLU: the gradient at the convolution's output, inside a zero border.
    /// - Parameters:
    ///   - pooled: gradient after pooling, `[pooledHeight, pooledWidth, filters, 16]`
    ///   - scale: dropout's factor, 1 without dropout
    ///   - gradient: `[outputHeight + 2 border, outputWidth + 2 border, filters, 16]`; its border stays
    ///   - bias: sums a lane, `[filters, 16]`, added to
    func unpool(
        _ pooled: UnsafePointer<Float>, layout: MapLayout, gates: UnsafePointer<UInt8>, shape: ConvolutionShape,
        pooling: Pooling, scale: Float, border: Int, gradient: UnsafeMutablePointer<Float>,
        bias: UnsafeMutablePointer<Float>)

    /// Gradient of a convolution's kernel over one block, a sum a lane.
    /// - Parameters:
    ///   - gradient: at the convolution's output, as ``unpool`` leaves it
    ///   - kernelGradient: `[kernel, kernel, inputChannels, filters, 16]`, added to
    func convolutionKernelGradient(
        _ input: UnsafePointer<Float>, gradient: UnsafePointer<Float>, border: Int, shape: ConvolutionShape,
        kernelGradient: UnsafeMutablePointer<Float>)

    /// Gradient at a convolution's input, without its border.
    /// - Parameters:
    ///   - gradient: at the convolution's output, inside a zero border of `border` = kernel - 1 - padding
    ///   - turnedKernel: the kernel turned by 180 degrees, channels swapped:
    ///     `[kernel, kernel, filters, inputChannels]`
    ///   - inputGradient: `[inputHeight - 2 padding, inputWidth - 2 padding, inputChannels, 16]`
    func convolutionInputGradient(
        gradient: UnsafePointer<Float>, border: Int, turnedKernel: UnsafePointer<Float>, shape: ConvolutionShape,
        inputGradient: UnsafeMutablePointer<Float>)

    /// Lists the winners of a block's max pooling; nothing else carries a gradient back.
    /// - Parameters:
    ///   - pooled: gradient after pooling, laid out as `layout` says
    ///   - scale: dropout's factor, 1 without dropout
    ///   - sampleStride: from one sample's input to the next where samples lie apart
    ///   - bias: sums a lane, `[filters, 16]`, added to
    func findWinners(
        _ pooled: UnsafePointer<Float>, layout: MapLayout, gates: UnsafePointer<UInt8>, shape: ConvolutionShape,
        scale: Float, sampleStride: Int, winners: Winners, bias: UnsafeMutablePointer<Float>)

    /// Gradient of a convolution's kernel over one block, from the winners alone.
    /// - Parameters:
    ///   - samples: the block's input, sample by sample: `[16, sampleStride]`, of which each sample fills
    ///     `[inputHeight, inputWidth, inputChannels]`; 16 floats more may be read
    ///   - sums: `[filters, kernel, rowStride]`, where a row is `[kernel, inputChannels]` and `rowStride` its length
    ///     rounded up to 16; added to, the padding becomes meaningless
    func winnersKernelGradient(
        _ samples: UnsafePointer<Float>, winners: Winners, shape: ConvolutionShape, sums: UnsafeMutablePointer<Float>)

    /// Gradient at a convolution's input, border included, from the winners alone.
    /// - Parameters:
    ///   - patches: what a winner at each position of a window sends back: `[filters, 4, kernel + 1, rowStride]`,
    ///     where a row is `[kernel + 1, inputChannels]`, `rowStride` its length rounded up to 16 and the rest zero
    ///   - samples: `[16, sampleStride]`, added to; 16 floats more are touched
    func winnersInputGradient(
        _ winners: Winners, patches: UnsafePointer<Float>, shape: ConvolutionShape, sampleStride: Int,
        samples: UnsafeMutablePointer<Float>)

    /// `[count, 16]` to `[16, stride]`: each sample of a block for itself. `count` may be any number.
    func splitSamples(
        _ map: UnsafePointer<Float>, count: Int, stride: Int, into samples: UnsafeMutablePointer<Float>)

    /// `[16, stride]` to `[count, 16]`.
    func joinSamples(
        _ samples: UnsafePointer<Float>, count: Int, stride: Int, into map: UnsafeMutablePointer<Float>)

    /// Inverted dropout: drops elements at random, scales the others, closes the gates of the dropped.
    ///
    /// The random number of element i is murmur3's finaliser of `key ^ (firstElement + i) * 0x9E3779B9`.
    /// - Parameters:
    ///   - values: `count` elements of 16 samples, `stride` floats apart
    ///   - gates: `[count, 16]`, or nil
    func dropout(
        _ values: UnsafeMutablePointer<Float>, gates: UnsafeMutablePointer<UInt8>?, count: Int, stride: Int,
        setting: DropoutSetting)

    /// A matrix product.
    func multiply(
        _ product: Product, a: UnsafePointer<Float>, b: UnsafePointer<Float>, c: UnsafeMutablePointer<Float>,
        end: ProductEnd)

    /// Gradient before ReLU and dropout: `scale * gradient` where the output is positive, else zero.
    /// - Parameter count: a multiple of 16.
    func gate(
        _ gradient: UnsafeMutablePointer<Float>, output: UnsafePointer<Float>, scale: Float, count: Int)

    /// `[rows, columns]` to `[columns, rowStride]`.
    func transpose(
        _ matrix: UnsafePointer<Float>, rows: Int, columns: Int, into transposed: UnsafeMutablePointer<Float>,
        rowStride: Int)

    /// Sum of each row of `[rows, columns]`, added to `sums`: lane by lane, then the 16 lanes pairwise.
    /// - Parameter columns: a multiple of 16.
    func addRowSums(
        _ matrix: UnsafePointer<Float>, rows: Int, columns: Int, sums: UnsafeMutablePointer<Float>)

    /// Softmax and cross-entropy of 16 samples.
    /// - Parameters:
    ///   - logits: `[classes, stride]`, 16 columns of it; become probabilities
    ///   - labels: 16 of them; a lane without sample has label -1
    ///   - gradientScale: 1 / samples of the batch
    ///   - gradient: of the mean loss at the logits, `[classes, stride]`; zero for a lane without sample
    ///   - losses: 16 of them, in nats; zero for a lane without sample
    func softmaxCrossEntropy(
        logits: UnsafeMutablePointer<Float>, classes: Int, stride: Int, labels: UnsafePointer<Int32>,
        gradientScale: Float, gradient: UnsafeMutablePointer<Float>, losses: UnsafeMutablePointer<Float>)

    /// One Adadelta step for `count` parameters (a multiple of 16); their gradient is the sum of `parts`, in order.
    /// - Parameters:
    ///   - parts: `partCount` gradients, `partStride` floats apart
    ///   - squaredGradient: running mean, updated
    ///   - squaredUpdate: running mean, updated
    func adadelta(
        parameters: UnsafeMutablePointer<Float>, squaredGradient: UnsafeMutablePointer<Float>,
        squaredUpdate: UnsafeMutablePointer<Float>, parts: UnsafePointer<Float>, partCount: Int, partStride: Int,
        count: Int, constants: AdadeltaConstants)
}
