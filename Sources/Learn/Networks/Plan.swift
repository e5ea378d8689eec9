import KernelInterface

/// One tensor of parameters and its place in the vector of all of them.
struct Parameter: Sendable {
    /// As in Keras's layout: `conv1.kernel` `[kernel, kernel, in, out]`, `dense1.kernel` `[in, out]`.
    let name: String
    let shape: [Int]
    /// First float in the vector; a multiple of 16.
    let offset: Int
    /// Floats from one row (last dimension) to the next; rows of dense kernels are padded with zeros.
    let rowStride: Int
    /// Numbers that feed one output, and that one input feeds: for Glorot's limit. Zero for biases.
    let fanIn, fanOut: Int

    var columns: Int { shape.last ?? 1 }
    var rows: Int { shape.dropLast().reduce(1, *) }

    /// The tensor without its padding.
    func read(from vector: UnsafePointer<Float>) -> NamedTensor {
        let values = (0..<rows).flatMap { row in
            UnsafeBufferPointer(start: vector + offset + row * rowStride, count: columns)
        }
        return NamedTensor(name, Tensor(shape: shape, values: values))
    }

    /// - Precondition: `tensor` has this parameter's shape.
    func write(_ tensor: Tensor, to vector: UnsafeMutablePointer<Float>) {
        precondition(tensor.shape == shape)
        for row in 0..<rows {
            for column in 0..<columns {
                vector[offset + row * rowStride + column] = tensor.values[row * columns + column]
            }
        }
    }
}

/// A network with every size worked out: which kernels run on which shapes, and where its parameters lie.
struct Plan: Sendable {
    let network: Network
    let convolutions: [ConvolutionLayer]
    let dense: [DenseLayer]
    let parameters: [Parameter]
    /// Floats of the parameter vector, a multiple of 16.
    let parameterCount: Int
    /// Features after flattening, `[y, x, channel]` row-major.
    let features: Int

    /// - Parameter edge: rows and columns of the grey input image.
    /// - Throws: ``NetworkError`` if the layers do not follow each other as the kernels need it.
    init(_ network: Network, edge: Int = Split.edge) throws(NetworkError) {
        var builder = Builder(network: network, edge: edge)
        var rest = network.layers[...]
        while let layer = rest.popFirst() {
            try builder.add(layer, followedBy: &rest)
        }
        guard let last = builder.dense.last, last.outputs == Dataset.classCount else {
            throw .wrongOutput(network: network.name, classes: Dataset.classCount)
        }
        self.network = network
        convolutions = builder.convolutions
        dense = builder.dense
        parameters = builder.parameters
        parameterCount = builder.offset
        features = builder.features
    }

    func parameter(_ name: String) -> Parameter? { parameters.first { $0.name == name } }
}

/// A network that cannot be trained as it is written down.
public enum NetworkError: Error, Equatable, CustomStringConvertible {
    case convolutionWithoutPooling(network: String, layer: String)
    case oddMap(network: String, layer: String, edge: Int)
    case misplaced(network: String, layer: String)
    case wrongOutput(network: String, classes: Int)

    public var description: String {
        switch self {
        case .convolutionWithoutPooling(let network, let layer):
            "network \(network): \(layer) must be followed by average or max pooling of 2; edit Network.swift"
        case .oddMap(let network, let layer, let edge):
            "network \(network): \(layer) leaves a \(edge)x\(edge) map, which 2x2 pooling cannot halve; edit Network.swift"
        case .misplaced(let network, let layer):
            "network \(network): \(layer) cannot stand where it stands; edit Network.swift"
        case .wrongOutput(let network, let classes):
            "network \(network): the last layer must be dense with \(classes) outputs; edit Network.swift"
        }
    }
}

/// Walks through the layers and keeps the current shape.
private struct Builder {
    let network: Network
    var edge: Int
    var channels = 1
    var convolutions: [ConvolutionLayer] = []
    var dense: [DenseLayer] = []
    var parameters: [Parameter] = []
    var offset = 0
    var features = 0
    private var randomElements = 0
    private var flat = false

    init(network: Network, edge: Int) {
        self.network = network
        self.edge = edge
    }

    mutating func add(_ layer: Layer, followedBy rest: inout ArraySlice<Layer>) throws(NetworkError) {
        switch layer {
        case .convolution(let filters, let kernel, let padding) where !flat:
            try addConvolution(filters: filters, kernel: kernel, padding: padding, rest: &rest)
        case .flatten where !flat:
            flat = true
            features = edge * edge * channels
        case .dense(let outputs) where flat:
            let inputs = dense.last?.outputs ?? features
            let name = "dense\(dense.count + 1)"
            let isLast = !rest.contains { if case .dense = $0 { true } else { false } }
            let padded = (outputs + blockLanes - 1) / blockLanes * blockLanes
            let kernel = place("\(name).kernel", [inputs, outputs], padded, inputs, outputs)
            let bias = place("\(name).bias", [outputs], padded, 0, 0)
            dense.append(
                DenseLayer(
                    name: name, inputs: inputs, outputs: outputs, paddedOutputs: padded, rectified: !isLast,
                    dropout: dropout(&rest, elements: outputs), kernel: kernel, bias: bias))
        default:
            throw .misplaced(network: network.name, layer: "\(layer)")
        }
    }

    private mutating func addConvolution(
        filters: Int, kernel: Int, padding: Padding, rest: inout ArraySlice<Layer>
    ) throws(NetworkError) {
        let name = "conv\(convolutions.count + 1)"
        let pooling: Pooling
        switch rest.popFirst() {
        case .averagePooling(2): pooling = .average
        case .maxPooling(2): pooling = .maximum
        default: throw .convolutionWithoutPooling(network: network.name, layer: name)
        }
        let border = padding == .same ? kernel / 2 : 0
        let shape = ConvolutionShape(
            inputHeight: edge + 2 * border, inputWidth: edge + 2 * border, inputChannels: channels, kernel: kernel,
            filters: filters)
        guard shape.outputHeight > 0, shape.outputHeight.isMultiple(of: 2) else {
            throw .oddMap(network: network.name, layer: name, edge: shape.outputHeight)
        }
        let area = kernel * kernel
        let weights = place(
            "\(name).kernel", [kernel, kernel, channels, filters], filters, area * channels, area * filters)
        let bias = place("\(name).bias", [filters], filters, 0, 0)
        let pooled = shape.pooledHeight * shape.pooledWidth * filters
        convolutions.append(
            ConvolutionLayer(
                name: name, poolName: "pool\(convolutions.count + 1)", shape: shape, border: border,
                pooling: pooling, dropout: dropout(&rest, elements: pooled), kernel: weights, bias: bias))
        edge = shape.pooledHeight
        channels = filters
    }

    /// The dropout that follows, if any. Each layer's random numbers start where the one before ends.
    private mutating func dropout(_ rest: inout ArraySlice<Layer>, elements: Int) -> Dropout? {
        guard case .dropout(let rate) = rest.first else { return nil }
        rest.removeFirst()
        defer { randomElements += elements }
        return Dropout(rate: rate, firstElement: UInt32(randomElements))
    }

    private mutating func place(
        _ name: String, _ shape: [Int], _ rowStride: Int, _ fanIn: Int, _ fanOut: Int
    ) -> Parameter {
        let parameter = Parameter(
            name: name, shape: shape, offset: offset, rowStride: rowStride, fanIn: fanIn, fanOut: fanOut)
        parameters.append(parameter)
        let end = offset + parameter.rows * rowStride
        offset = (end + blockLanes - 1) / blockLanes * blockLanes
        return parameter
    }
}
