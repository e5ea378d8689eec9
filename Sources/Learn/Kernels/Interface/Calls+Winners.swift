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
    /// A list a filter, `filterCapacity` apart, windows row-major, samples innermost.
    public let byFilter: UnsafeMutablePointer<Winner>
    public let filterCounts: UnsafeMutablePointer<Int32>
    /// A list a window and sample, `windowCapacity` apart, by filter.
    public let byWindow: UnsafeMutablePointer<Winner>
    public let windowCounts: UnsafeMutablePointer<Int32>
    /// The convolution that there is room for.
    public let shape: ConvolutionShape

    public init(
        byFilter: MutableView<Winner>, filterCounts: MutableView<Int32>, byWindow: MutableView<Winner>,
        windowCounts: MutableView<Int32>, shape: ConvolutionShape
    ) {
        let windows = shape.windows * blockLanes
        precondition(byFilter.count >= shape.filters * shape.filterCapacity && filterCounts.count >= shape.filters)
        precondition(byWindow.count >= windows * shape.windowCapacity && windowCounts.count >= windows)
        self.byFilter = byFilter.pointer
        self.filterCounts = filterCounts.pointer
        self.byWindow = byWindow.pointer
        self.windowCounts = windowCounts.pointer
        self.shape = shape
    }

    /// Operations that the winners of a block owe.
    fileprivate var operations: Double {
        let count = (0..<shape.filters).reduce(0) { $0 + Int(filterCounts[$1]) }
        return 2 * Double(count * shape.kernelHeight * shape.kernelWidth * shape.inputChannels)
    }
}

/// Lists the winners of a block's max pooling; nothing else carries a gradient back.
public struct WinnerSearch: KernelCall {
    /// Gradient after pooling, `[pooledHeight, pooledWidth, filters]`.
    public let pooled: MapView
    public let gates: View<UInt8>
    /// Dropout's factor, 1 without dropout.
    public let scale: Float
    public let winners: Winners
    /// Sums a lane, `[filters, 16]`, added to.
    public let bias: MutableView<Float>

    public init(pooled: MapView, gates: View<UInt8>, scale: Float, winners: Winners, bias: MutableView<Float>) {
        let shape = winners.shape
        precondition(pooled.layout.hasSize(shape.pooledHeight, shape.pooledWidth, shape.filters))
        precondition(gates.count >= shape.windows * shape.filters * blockLanes)
        precondition(bias.count >= shape.filters * blockLanes)
        self.pooled = pooled
        self.gates = gates
        self.scale = scale
        self.winners = winners
        self.bias = bias
    }

    public var sizes: KernelSizes { .convolution(winners.shape) }
    public var bytes: Double { Double(winners.shape.windows * winners.shape.filters * blockLanes * 5) }
}

/// Gradient of a convolution's kernel over one block, from the winners alone.
public struct WinnersKernelGradient: KernelCall {
    /// The block's input, sample by sample, `[16, sampleStride]`, of which each sample fills
    /// `[inputHeight, inputWidth, inputChannels]`; 16 floats more may be read.
    public let samples: View<Float>
    public let winners: Winners
    /// `[filters, kernelHeight, kernelRowStride]`, added to; the padding of rows becomes meaningless.
    public let sums: MutableView<Float>

    public init(samples: View<Float>, winners: Winners, sums: MutableView<Float>) {
        let shape = winners.shape
        precondition(samples.count >= blockLanes * shape.sampleStride)
        precondition(sums.count >= shape.filters * shape.kernelHeight * shape.kernelRowStride)
        self.samples = samples
        self.winners = winners
        self.sums = sums
    }

    public var sizes: KernelSizes { .convolution(winners.shape) }
    public var operations: Double { winners.operations }
}

/// Gradient at a convolution's input, border included, from the winners alone.
public struct WinnersInputGradient: KernelCall {
    public let winners: Winners
    /// What a winner at each position of a window sends back: `[filters, 4, kernelHeight + 1, patchRowStride]`, where
    /// a row is `[kernelWidth + 1, inputChannels]` and the rest zero.
    public let patches: View<Float>
    /// `[16, sampleStride]`, added to; 16 floats more are touched.
    public let samples: MutableView<Float>

    public init(winners: Winners, patches: View<Float>, samples: MutableView<Float>) {
        let shape = winners.shape
        precondition(patches.count >= shape.filters * 4 * shape.patchCount)
        precondition(samples.count >= blockLanes * shape.sampleStride)
        self.winners = winners
        self.patches = patches
        self.samples = samples
    }

    public var sizes: KernelSizes { .convolution(winners.shape) }
    public var operations: Double { winners.operations }
}

/// `[count, 16]` to `[16, stride]`: each sample of a block for itself. `count` may be any number.
public struct SampleSplit: KernelCall {
    public let map: View<Float>
    public let count, stride: Int
    public let samples: MutableView<Float>

    public init(map: View<Float>, count: Int, stride: Int, samples: MutableView<Float>) {
        precondition(map.count >= count * blockLanes && samples.count >= (blockLanes - 1) * stride + count)
        self.map = map
        self.count = count
        self.stride = stride
        self.samples = samples
    }

    public var sizes: KernelSizes { .elements(count) }
    public var bytes: Double { Double(count * blockLanes * 8) }
}

/// `[16, stride]` to `[count, 16]`.
public struct SampleJoin: KernelCall {
    public let samples: View<Float>
    public let count, stride: Int
    public let map: MutableView<Float>

    public init(samples: View<Float>, count: Int, stride: Int, map: MutableView<Float>) {
        precondition(map.count >= count * blockLanes && samples.count >= (blockLanes - 1) * stride + count)
        self.samples = samples
        self.count = count
        self.stride = stride
        self.map = map
    }

    public var sizes: KernelSizes { .elements(count) }
    public var bytes: Double { Double(count * blockLanes * 8) }
}
