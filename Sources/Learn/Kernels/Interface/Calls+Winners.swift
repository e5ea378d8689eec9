/// One winner of a pooling window.
public struct Winner: BitwiseCopyable {
    /// In a filter's list: where its input begins in the sample. In a column's list: where what it sends back to the
    /// inputs of the window's rows begins among the kernels inside their zeros.
    public var place: Int32
    /// Gradient at it.
    public var gradient: Float

    public init(place: Int32, gradient: Float) {
        self.place = place
        self.gradient = gradient
    }
}

/// The winners of a block, listed twice: by sample and filter, for the gradient of the kernel, and by sample and
/// column of a window, for the gradient at the input.
public struct Winners {
    /// A list a sample and filter, `[16, filters]`, `filterCapacity` apart, by window, row-major.
    public let byFilter: WritePointer<Winner>
    public let filterCounts: WritePointer<Int32>
    /// A list a window, its left and right column, and sample, `[windows, 2, 16]`, `columnCapacity` apart, by filter.
    public let byColumn: WritePointer<Winner>
    public let columnCounts: WritePointer<Int32>
    /// The convolution that there is room for.
    public let shape: ConvolutionShape

    public init(
        byFilter: MutableView<Winner>, filterCounts: MutableView<Int32>, byColumn: MutableView<Winner>,
        columnCounts: MutableView<Int32>, shape: ConvolutionShape
    ) {
        let lists = blockLanes * shape.filters
        self.byFilter = byFilter.first(lists * shape.filterCapacity).pointer
        self.filterCounts = filterCounts.first(lists).pointer
        self.byColumn = byColumn.first(shape.columnLists * shape.columnCapacity).pointer
        self.columnCounts = columnCounts.first(shape.columnLists).pointer
        self.shape = shape
    }

    /// Operations that the winners of a block owe.
    fileprivate var operations: Double {
        let count = (0..<blockLanes * shape.filters).reduce(0) { $0 + Int(filterCounts[$1]) }
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
        self.pooled = pooled
        self.gates = gates.first(shape.windows * shape.filters * blockLanes)
        self.scale = scale
        self.winners = winners
        self.bias = bias.first(shape.filters * blockLanes)
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
        self.samples = samples.first(blockLanes * shape.sampleStride)
        self.winners = winners
        self.sums = sums.first(shape.filters * shape.kernelHeight * shape.kernelRowStride)
    }

    public var sizes: KernelSizes { .convolution(winners.shape) }
    public var operations: Double { winners.operations }
}

/// Gradient at a convolution's input, border included, from the winners alone.
public struct WinnersInputGradient: KernelCall {
    public let winners: Winners
    /// The filters' kernels between two rows of zeros, `[filters, kernelHeight + 2, kernelRowStride]`, where a row is
    /// `[kernelWidth, inputChannels]` and zeros: seen from one row further up, what a winner sends back is a row lower.
    public let patches: View<Float>
    /// `[16, sampleStride]`, added to; 16 floats more are touched.
    public let samples: MutableView<Float>

    public init(winners: Winners, patches: View<Float>, samples: MutableView<Float>) {
        let shape = winners.shape
        self.winners = winners
        self.patches = patches.first(shape.filters * shape.patchCount)
        self.samples = samples.first(blockLanes * shape.sampleStride)
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
        self.map = map.first(count * blockLanes)
        self.count = count
        self.stride = stride
        self.samples = samples.first((blockLanes - 1) * stride + count)
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
        self.samples = samples.first((blockLanes - 1) * stride + count)
        self.count = count
        self.stride = stride
        self.map = map.first(count * blockLanes)
    }

    public var sizes: KernelSizes { .elements(count) }
    public var bytes: Double { Double(count * blockLanes * 8) }
}
