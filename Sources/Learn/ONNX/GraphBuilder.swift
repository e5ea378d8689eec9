import Learn

/// Puts a graph together, layer after layer.
///
/// Maps run through the graph as `[batch, channels, height, width]`, as ONNX's operators want them; before they are
/// flattened they are turned back to `[batch, height, width, channels]`, the order in which the first dense layer
/// knows its inputs.
struct GraphBuilder {
    private let weights: [String: Tensor]
    private var graph = GraphProto()
    /// Name of the last node's output.
    private var flow = "image"

    init(weights: [NamedTensor]) {
        self.weights = Dictionary(uniqueKeysWithValues: weights.map { ($0.name, $0.tensor) })
        append("Transpose", "channelsFirst", [.ints("perm", [0, 3, 1, 2])])
    }

    mutating func add(_ placed: PlacedLayer) {
        let name = placed.name
        switch placed.layer {
        case .convolution(_, let kernel, let stride, _, let activation):
            let border = placed.border
            append(
                "Conv", name,
                [
                    .extent("kernel_shape", kernel), .extent("strides", stride),
                    .ints("pads", [border.top, border.left, border.bottom, border.right].map(Int64.init)),
                ],
                inputs: [
                    initializer("\(name).kernel", weight("\(name).kernel").filtersFirst),
                    initializer("\(name).bias", weight("\(name).bias")),
                ])
            activate(activation, "\(name).\(activation.kind)")
        case .averagePooling(let window, let stride): append("AveragePool", name, pooling(window, stride))
        case .maxPooling(let window, let stride): append("MaxPool", name, pooling(window, stride))
        case .globalAveragePooling:
            append("GlobalAveragePool", "\(name).maps")
            append("Flatten", name, [.int("axis", 1)])
        case .globalMaxPooling:
            append("GlobalMaxPool", "\(name).maps")
            append("Flatten", name, [.int("axis", 1)])
        case .batchNormalization(let epsilon): normalize(placed, epsilon: Float(epsilon))
        case .rescaling:
            scale(placed, by: weight("\(name).scale").values, shift: weight("\(name).shift").values)
        case .activation(let activation): activate(activation, name)
        case .dropout: break
        case .flatten:
            append("Transpose", "channelsLast", [.ints("perm", [0, 2, 3, 1])])
            append("Flatten", name, [.int("axis", 1)])
        case .dense(_, let activation):
            append(
                "Gemm", name,
                inputs: ["\(name).kernel", "\(name).bias"].map { initializer($0, weight($0)) })
            activate(activation, "\(name).\(activation.kind)")
        }
    }

    /// The whole graph, with softmax after the last layer.
    func finished(name: String, _ architecture: Architecture) -> GraphProto {
        var whole = self
        whole.append("Softmax", "probabilities", [.int("axis", -1)])
        var graph = whole.graph
        graph.name = name
        let pixels = architecture.input.channels == 1 ? "Grey pixels" : "Pixels"
        graph.input = [.value("image", architecture.input.extents, "\(pixels) divided by 255, row by row.")]
        graph.output = [.value(whole.flow, [architecture.classes], "Probability of each class.")]
        return graph
    }

    private mutating func activate(_ activation: Activation, _ name: String) {
        switch activation {
        case .linear: break
        case .relu: append("Relu", name)
        case .leakyReLU(let slope): append("LeakyRelu", name, [.float("alpha", Float(slope))])
        case .relu6:
            let limits = [("min", Float(0)), ("max", 6)].map { limit in
                initializer("\(name).\(limit.0)", Tensor(shape: [], values: [limit.1]))
            }
            append("Clip", name, inputs: limits)
        case .sigmoid: append("Sigmoid", name)
        case .tanh: append("Tanh", name)
        case .elu(let alpha): append("Elu", name, [.float("alpha", Float(alpha))])
        }
    }

    /// As one multiplication and one addition, which is what is left of it after a training.
    private mutating func normalize(_ placed: PlacedLayer, epsilon: Float) {
        let name = placed.name
        func values(_ part: String) -> [Float] { weight("\(name).\(part)").values }
        let scale = zip(values("gamma"), values("variance")).map { $0 / ($1 + epsilon).squareRoot() }
        let shift = zip(zip(values("beta"), values("mean")), scale).map { $0.0 - $0.1 * $1 }
        self.scale(placed, by: scale, shift: shift)
    }

    private mutating func scale(_ placed: PlacedLayer, by scale: [Float], shift: [Float]) {
        let name = placed.name
        let shape = placed.hasMaps ? [scale.count, 1, 1] : [scale.count]
        append("Mul", "\(name).scaled", inputs: [initializer("\(name).scale", Tensor(shape: shape, values: scale))])
        append("Add", name, inputs: [initializer("\(name).shift", Tensor(shape: shape, values: shift))])
    }
}

extension GraphBuilder {
    private mutating func append(
        _ operation: String, _ name: String, _ attributes: [AttributeProto] = [], inputs: [String] = []
    ) {
        graph.node.append(
            NodeProto(
                input: [flow] + inputs, output: [name], name: name, opType: operation, attribute: attributes))
        flow = name
    }

    private func pooling(_ window: Extent, _ stride: Extent) -> [AttributeProto] {
        [.extent("kernel_shape", window), .extent("strides", stride)]
    }

    private func weight(_ name: String) -> Tensor {
        guard let tensor = weights[name] else { preconditionFailure("no \(name) among the weights") }
        return tensor
    }

    /// Adds a tensor to the graph; returns its name.
    private mutating func initializer(_ name: String, _ tensor: Tensor) -> String {
        graph.initializer.append(
            TensorProto(
                dims: tensor.shape.map(Int64.init), dataType: .float, name: name,
                rawData: tensor.values.map { $0.bitPattern.littleEndian }.withUnsafeBytes { ArraySlice($0) }))
        return name
    }
}

extension Tensor {
    /// A convolution's kernel with its dimensions in ONNX's order, `[out, in, height, width]`.
    ///
    /// - Precondition: the shape is `[height, width, in, out]`.
    var filtersFirst: Tensor {
        let (area, inputs, filters) = (shape[0] * shape[1], shape[2], shape[3])
        var turned = Tensor(zeros: [filters, inputs, shape[0], shape[1]])
        for place in 0..<area {
            for input in 0..<inputs {
                for filter in 0..<filters {
                    turned.values[(filter * inputs + input) * area + place] =
                        values[(place * inputs + input) * filters + filter]
                }
            }
        }
        return turned
    }
}

extension AttributeProto {
    static func int(_ name: String, _ value: Int64) -> Self {
        Self(name: name, i: value, type: .int)
    }

    static func float(_ name: String, _ value: Float) -> Self {
        Self(name: name, f: value, type: .float)
    }

    static func ints(_ name: String, _ values: [Int64]) -> Self {
        Self(name: name, ints: values, type: .ints)
    }

    static func extent(_ name: String, _ extent: Extent) -> Self {
        ints(name, [Int64(extent.height), Int64(extent.width)])
    }
}

extension ValueInfoProto {
    /// A tensor of `[batch] + extents`, the batch of any size.
    static func value(_ name: String, _ extents: [Int], _ description: String) -> Self {
        let batch = TensorShapeProto.Dimension(value: .name("batch"))
        let shape = TensorShapeProto(dim: [batch] + extents.map { .init(value: .extent(Int64($0))) })
        return Self(
            name: name, type: TypeProto(tensorType: .init(elemType: .float, shape: shape)), docString: description)
    }
}
