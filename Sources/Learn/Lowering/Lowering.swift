import KernelInterface

/// Turns placed layers into steps.
struct Lowering {
    private let layers: [PlacedLayer]
    private let observed: Bool
    private(set) var steps: [PlannedStep] = []
    private(set) var values: [PlannedValue]
    private(set) var parameters: [Parameter] = []
    private(set) var offset = 0
    private var next = 0
    /// Random numbers of a sample that earlier dropouts take.
    private var randomElements = 0

    init(_ architecture: Architecture, observed: Bool) {
        layers = architecture.placed
        self.observed = observed
        values = [PlannedValue(layer: nil, architecture.input.extents)]
    }

    mutating func lower() {
        while next < layers.count {
            let layer = layers[next]
            next += 1
            add(layer)
        }
    }

    private mutating func add(_ layer: PlacedLayer) {
        switch layer.layer {
        case .convolution(let filters, let kernel, let stride, _, let activation):
            values[values.count - 1].border = layer.border
            let input = values[values.count - 1]
            let shape = ConvolutionShape(
                inputHeight: input.paddedHeight, inputWidth: input.paddedWidth, inputChannels: input.channels,
                kernelHeight: kernel.height, kernelWidth: kernel.width, strideHeight: stride.height,
                strideWidth: stride.width, filters: filters)
            let place = (kernel: place(layer.tensors[0], rowStride: filters), bias: place(layer.tensors[1]))
            let convolution = ConvolutionStep(
                shape: shape, border: layer.border, rectified: activation == .relu, kernel: place.kernel,
                bias: place.bias)
            if stride == 1, activation == .relu, let pooling = pooling(behind: layer) {
                let pool = layers[next]
                next += 1
                let dropout = dropout(elements: pool.output.reduce(1, *))
                append(
                    .pooledConvolution(
                        PooledConvolutionStep(convolution: convolution, pooling: pooling, dropout: dropout)), pool)
            } else {
                append(.convolution(convolution), layer)
                activate(activation, layer)
            }
        case .maxPooling(let window, let stride):
            append(.pooling(PoolingStep(pooling: .maximum, window: window, stride: stride)), layer)
        case .averagePooling(let window, let stride):
            append(.pooling(PoolingStep(pooling: .average, window: window, stride: stride)), layer)
        case .globalAveragePooling:
            let window = Extent(layer.input[0], layer.input[1])
            append(.pooling(PoolingStep(pooling: .average, window: window, stride: 1)), layer)
        case .globalMaxPooling:
            let window = Extent(layer.input[0], layer.input[1])
            append(.pooling(PoolingStep(pooling: .maximum, window: window, stride: 1)), layer)
        case .batchNormalization(let epsilon):
            let places = layer.tensors.map { place($0) }
            append(.scaling(ScalingStep(rule: .normalization(epsilon: Float(epsilon)), parameters: places)), layer)
        case .rescaling:
            append(.scaling(ScalingStep(rule: .given, parameters: layer.tensors.map { place($0) })), layer)
        case .activation(.relu): append(.rectification, layer, inPlace: !observed)
        case .activation(let activation):
            if let function = activation.function { append(.activation(function), layer) }
        case .dropout:
            next -= 1
            guard let dropout = dropout(elements: layer.output.reduce(1, *), isNext: true) else { break }
            // The way back through an activation wants its outputs as they were.
            append(.dropout(dropout), layer, inPlace: steps.last?.step.isActivation != true)
        case .flatten: values[values.count - 1].isFlat = true
        case .dense(let outputs, let activation):
            let padded = (outputs + blockLanes - 1) / blockLanes * blockLanes
            let kernel = place(layer.tensors[0], rowStride: padded)
            let bias = place(layer.tensors[1], rowStride: padded)
            let rectified = activation == .relu
            append(
                .dense(
                    DenseStep(
                        inputs: layer.input[0], outputs: outputs, paddedOutputs: padded, rectified: rectified,
                        dropout: rectified ? dropout(elements: outputs) : nil, kernel: kernel, bias: bias)),
                layer)
            activate(activation, layer)
        }
    }

    /// A layer's activation where the layer's own step does not take it along.
    private mutating func activate(_ activation: Activation, _ layer: PlacedLayer) {
        if let function = activation.function { append(.activation(function), layer, inPlace: true) }
    }

    /// The 2x2 pooling that can be one step with the convolution before it.
    private func pooling(behind layer: PlacedLayer) -> Pooling? {
        guard !observed, next < layers.count, layer.output[0].isMultiple(of: 2), layer.output[1].isMultiple(of: 2)
        else { return nil }
        return switch layers[next].layer {
        case .averagePooling(window: 2, stride: 2): .average
        case .maxPooling(window: 2, stride: 2): .maximum
        default: nil
        }
    }

    /// Takes the dropout that comes next, if any. Each layer's random numbers start where the one before ends.
    private mutating func dropout(elements: Int, isNext: Bool = false) -> Dropout? {
        guard next < layers.count, case .dropout(let rate) = layers[next].layer else { return nil }
        next += 1
        if observed { return nil }
        defer { randomElements += elements }
        return Dropout(rate: rate, firstElement: UInt32(truncatingIfNeeded: randomElements))
    }

    private mutating func append(_ step: Step, _ layer: PlacedLayer, inPlace: Bool = false) {
        let input = values.count - 1
        if inPlace {
            values[input].layer = layer.name
        } else {
            var value = PlannedValue(layer: layer.name, layer.output)
            value.isFlat = value.isFlat || values[input].isFlat
            values.append(value)
        }
        steps.append(PlannedStep(step: step, input: input, output: values.count - 1))
    }

    private mutating func place(_ tensor: ParameterShape, rowStride: Int? = nil) -> Parameter {
        let parameter = Parameter(
            shape: tensor, offset: offset, rowStride: rowStride ?? tensor.shape[tensor.shape.count - 1])
        parameters.append(parameter)
        let end = offset + parameter.rows * parameter.rowStride
        offset = (end + blockLanes - 1) / blockLanes * blockLanes
        return parameter
    }
}
