/// Convolution, bias and, if wished, ReLU of one block.
public struct Convolution: KernelCall {
    /// `[inputHeight, inputWidth, inputChannels, 16]`
    public let input: View<Float>
    /// `[kernelHeight, kernelWidth, inputChannels, filters]`, or `[6, 6, inputChannels, filters]` where
    /// ``ConvolutionShape/tileExtent`` is not nil.
    public let kernel: View<Float>
    /// `[filters]`
    public let bias: View<Float>
    public let shape: ConvolutionShape
    public let rectified: Bool
    /// `[outputHeight, outputWidth, filters]`
    public let output: MutableMapView
    /// Memory for the call alone; see ``ConvolutionShape/scratchCount``.
    public let scratch: MutableView<Float>

    public init(
        input: View<Float>, kernel: View<Float>, bias: View<Float>, shape: ConvolutionShape, rectified: Bool,
        output: MutableMapView, scratch: MutableView<Float>
    ) {
        precondition(output.layout.hasSize(shape.outputHeight, shape.outputWidth, shape.filters))
        self.input = input.first(shape.inputCount * blockLanes)
        self.kernel = kernel.first(shape.weightCount)
        self.bias = bias.first(shape.filters)
        self.shape = shape
        self.rectified = rectified
        self.output = output
        self.scratch = scratch.first(shape.scratchCount)
    }

    public var sizes: KernelSizes { .convolution(shape) }
    public var operations: Double { shape.operations }
}

/// Convolution with stride 1, bias, ReLU and 2x2 pooling of one block.
public struct PooledConvolution: KernelCall {
    /// As in ``Convolution``.
    public let input, kernel, bias: View<Float>
    public let shape: ConvolutionShape
    public let pooling: Pooling
    /// `[pooledHeight, pooledWidth, filters]`
    public let output: MutableMapView
    /// `[pooledHeight, pooledWidth, filters, 16]`; see ``PoolingGate``.
    public let gates: MutableView<UInt8>
    /// Memory for the call alone; see ``ConvolutionShape/scratchCount``.
    public let scratch: MutableView<Float>

    public init(
        input: View<Float>, kernel: View<Float>, bias: View<Float>, shape: ConvolutionShape, pooling: Pooling,
        output: MutableMapView, gates: MutableView<UInt8>, scratch: MutableView<Float>
    ) {
        precondition(shape.strideHeight == 1 && shape.strideWidth == 1)
        precondition(output.layout.hasSize(shape.pooledHeight, shape.pooledWidth, shape.filters))
        self.input = input.first(shape.inputCount * blockLanes)
        self.kernel = kernel.first(shape.weightCount)
        self.bias = bias.first(shape.filters)
        self.shape = shape
        self.pooling = pooling
        self.output = output
        self.gates = gates.first(shape.windows * shape.filters * blockLanes)
        self.scratch = scratch.first(shape.scratchCount)
    }

    public var sizes: KernelSizes { .convolution(shape) }
    public var operations: Double { shape.operations }
}

/// Undoes 2x2 pooling and ReLU: the gradient at the convolution's output.
public struct Unpooling: KernelCall {
    /// Gradient after pooling, `[pooledHeight, pooledWidth, filters]`.
    public let pooled: MapView
    public let gates: View<UInt8>
    public let shape: ConvolutionShape
    public let pooling: Pooling
    /// Dropout's factor, 1 without dropout.
    public let scale: Float
    /// `[outputHeight, outputWidth, filters]`
    public let gradient: MutableMapView
    /// Sums a lane, `[filters, 16]`, added to.
    public let bias: MutableView<Float>

    public init(
        pooled: MapView, gates: View<UInt8>, shape: ConvolutionShape, pooling: Pooling, scale: Float,
        gradient: MutableMapView, bias: MutableView<Float>
    ) {
        precondition(pooled.layout.hasSize(shape.pooledHeight, shape.pooledWidth, shape.filters))
        precondition(gradient.layout.hasSize(shape.outputHeight, shape.outputWidth, shape.filters))
        precondition(gradient.layout.element == blockLanes)
        self.pooled = pooled
        self.gates = gates.first(shape.windows * shape.filters * blockLanes)
        self.shape = shape
        self.pooling = pooling
        self.scale = scale
        self.gradient = gradient
        self.bias = bias.first(shape.filters * blockLanes)
    }

    public var sizes: KernelSizes { .convolution(shape) }
    // Of each window a gradient and a gate are read and four gradients written.
    public var bytes: Double { Double(shape.windows * shape.filters * blockLanes * 21) }
}

/// Gradient of a convolution's kernel over one block, a sum a lane.
public struct ConvolutionKernelGradient: KernelCall {
    /// As in ``Convolution``.
    public let input: View<Float>
    /// At the convolution's output, `[outputHeight, outputWidth, filters]`.
    public let gradient: MapView
    public let shape: ConvolutionShape
    /// `[kernelHeight, kernelWidth, inputChannels, filters, 16]`, added to.
    public let sums: MutableView<Float>

    public init(input: View<Float>, gradient: MapView, shape: ConvolutionShape, sums: MutableView<Float>) {
        precondition(gradient.layout.hasSize(shape.outputHeight, shape.outputWidth, shape.filters))
        precondition(gradient.layout.element == blockLanes)
        self.input = input.first(shape.inputCount * blockLanes)
        self.gradient = gradient
        self.shape = shape
        self.sums = sums.first(shape.kernelCount * blockLanes)
    }

    public var sizes: KernelSizes { .convolution(shape) }
    public var operations: Double { shape.operations }
}

/// Gradient at a convolution's input, without its border.
public struct ConvolutionInputGradient: KernelCall {
    /// At the convolution's output, `[outputHeight, outputWidth, filters]`, inside a border of zeros one element wide.
    public let gradient: MapView
    /// The kernel turned by 180 degrees, channels swapped: `[kernelHeight, kernelWidth, filters, inputChannels]`.
    public let turnedKernel: View<Float>
    public let shape: ConvolutionShape
    /// Rows above and columns left of the input's map that are its border.
    public let top, left: Int
    /// `[height, width, inputChannels]`
    public let inputGradient: MutableMapView

    /// - Parameter gradient: the whole of it, border included: `[outputHeight + 2, outputWidth + 2, filters, 16]`.
    public init(
        gradient: View<Float>, turnedKernel: View<Float>, shape: ConvolutionShape, top: Int, left: Int,
        inputGradient: MutableMapView
    ) {
        let row = (shape.outputWidth + 2) * shape.filters
        precondition(top + inputGradient.layout.height <= shape.inputHeight && top >= 0)
        precondition(left + inputGradient.layout.width <= shape.inputWidth && left >= 0)
        precondition(
            inputGradient.layout.channels == shape.inputChannels && inputGradient.layout.element == blockLanes)
        self.gradient = MapView(
            checked: gradient.first((shape.outputHeight + 2) * row * blockLanes).pointer
                + (row + shape.filters) * blockLanes,
            MapLayout(height: shape.outputHeight, width: shape.outputWidth, channels: shape.filters, row: row))
        self.turnedKernel = turnedKernel.first(shape.kernelCount)
        self.shape = shape
        self.top = top
        self.left = left
        self.inputGradient = inputGradient
    }

    public var sizes: KernelSizes { .convolution(shape) }
    public var operations: Double { shape.operations }
}
