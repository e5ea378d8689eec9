import KernelInterface

/// A network lowered to what the kernels do at once: which steps run on which values, and where parameters lie.
struct Plan: Sendable {
    let architecture: Architecture
    let steps: [PlannedStep]
    let values: [PlannedValue]
    let parameters: [Parameter]
    /// Floats of the parameter vector, a multiple of 16.
    let parameterCount: Int
    /// Samples that go through the steps together, at most ``shardSamples``; fewer where the maps are large. It
    /// follows from the network alone, since the order of sums depends on it.
    let shardSamples: Int

    /// - Parameter observed: every layer leaves an output of its own, and dropout is left out: to look at a trained
    ///   network. Otherwise convolution, ReLU, 2x2 pooling and dropout are one step where they can be, and what
    ///   changes numbers one by one does so in place.
    init(_ architecture: Architecture, observed: Bool = false) {
        var builder = Lowering(architecture, observed: observed)
        builder.lower()
        self.architecture = architecture
        steps = builder.steps
        values = builder.values
        parameters = builder.parameters
        parameterCount = builder.offset
        let floats = builder.values.reduce(0) { $0 + $1.storedCount }
        shardSamples =
            [8, 4, 2].first { $0 * blockLanes * floats <= Plan.mostShardFloats }.map { $0 * blockLanes }
            ?? blockLanes
    }

    /// 128 MiB for the values of one thread's shard.
    private static let mostShardFloats = 1 << 25

    /// The first step from which on samples need no maps of their own.
    var firstShardStep: Int { steps.firstIndex { values[$0.input].isFlat } ?? steps.count }

    /// The first step with parameters: training sends no gradient further back.
    var firstTrained: Int { steps.firstIndex { $0.step.hasParameters } ?? steps.count }
}

/// A step and the values between which it stands.
struct PlannedStep: Sendable {
    let step: Step
    /// Numbers of values; the same where the step works in place.
    let input, output: Int
}

/// What a step does.
enum Step: Sendable {
    case pooledConvolution(PooledConvolutionStep)
    case convolution(ConvolutionStep)
    case pooling(PoolingStep)
    case rectification
    case activation(ActivationFunction)
    case scaling(ScalingStep)
    case dropout(Dropout)
    case dense(DenseStep)

    var hasParameters: Bool {
        switch self {
        case .pooledConvolution, .convolution, .scaling, .dense: true
        case .pooling, .rectification, .activation, .dropout: false
        }
    }

    var isActivation: Bool {
        if case .activation = self { true } else { false }
    }
}

/// A value that stands between steps: the images, a layer's output.
struct PlannedValue: Sendable {
    /// Name of the last layer that left it; nil for the images.
    var layer: String?
    let height, width, channels: Int
    /// Zeros around the maps that the next step wants.
    var border = Border.none
    /// Whether it is `[units, samples]`, and not maps block by block.
    var isFlat = false

    var count: Int { height * width * channels }
    var paddedHeight: Int { height + border.top + border.bottom }
    var paddedWidth: Int { width + border.left + border.right }
    /// Floats a sample, border included.
    var storedCount: Int { paddedHeight * paddedWidth * channels }

    init(layer: String?, _ extents: [Int]) {
        self.layer = layer
        (height, width, channels) =
            extents.count == 3 ? (extents[0], extents[1], extents[2]) : (1, 1, extents[0])
        isFlat = extents.count == 1
    }
}

/// One tensor of parameters and its place in the vector of all of them.
struct Parameter: Sendable {
    let shape: ParameterShape
    /// First float in the vector; a multiple of 16.
    let offset: Int
    /// Floats from one row (last dimension) to the next; rows of dense kernels are padded with zeros.
    let rowStride: Int

    var name: String { shape.name }
    var columns: Int { shape.shape.last ?? 1 }
    var rows: Int { shape.shape.dropLast().reduce(1, *) }

    /// The tensor without its padding.
    func read(from vector: UnsafePointer<Float>) -> NamedTensor {
        let values = (0..<rows).flatMap { row in
            UnsafeBufferPointer(start: vector + offset + row * rowStride, count: columns)
        }
        return NamedTensor(name, Tensor(shape: shape.shape, values: values))
    }

    /// - Precondition: `tensor` has this parameter's shape.
    func write(_ tensor: Tensor, to vector: UnsafeMutablePointer<Float>) {
        precondition(tensor.shape == shape.shape)
        for row in 0..<rows {
            for column in 0..<columns {
                vector[offset + row * rowStride + column] = tensor.values[row * columns + column]
            }
        }
    }
}
