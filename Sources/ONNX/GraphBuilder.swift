import Foundation
import Learn

/// Puts a graph together, layer after layer.
///
/// Maps run through the graph as `[batch, channels, height, width]`, as ONNX's operators want them; before they are
/// flattened they are turned back to `[batch, height, width, channels]`, the order in which the first dense layer
/// knows its inputs.
struct GraphBuilder {
    private let weights: [String: Tensor]
    private var graph = Onnx_GraphProto()
    /// Name of the last node's output.
    private var flow = "image"
    /// Layers so far by kind, for their names.
    private var counts: [String: Int] = [:]

    init(weights: [NamedTensor]) {
        self.weights = Dictionary(uniqueKeysWithValues: weights.map { ($0.name, $0.tensor) })
        append("Transpose", "channelsFirst", [.ints("perm", [0, 3, 1, 2])])
    }

    mutating func add(_ layer: Layer) {
        switch layer {
        case .convolution(_, let kernel, let padding): addConvolution(kernel: kernel, padding)
        case .averagePooling(let size): append("AveragePool", name("pool"), window(size))
        case .maxPooling(let size): append("MaxPool", name("pool"), window(size))
        case .dropout: break
        case .flatten:
            append("Transpose", "channelsLast", [.ints("perm", [0, 2, 3, 1])])
            append("Flatten", "flatten", [.int("axis", 1)])
        case .dense: addDense()
        }
    }

    /// The whole graph, with softmax after the last layer.
    func finished(name: String) -> Onnx_GraphProto {
        var whole = self
        whole.dropLastActivation()
        whole.append("Softmax", "probabilities", [.int("axis", -1)])
        var graph = whole.graph
        graph.name = name
        let image = [Split.edge, Split.edge, 1]
        graph.input = [.value("image", image, "Grey pixels divided by 255, row by row.")]
        graph.output = [.value(whole.flow, [Dataset.classCount], "Probability of each class.")]
        return graph
    }

    private mutating func addConvolution(kernel: Int, _ padding: Padding) {
        let name = name("conv")
        let border = Int64(padding == .same ? kernel / 2 : 0)
        let inputs = [initializer("\(name).kernel", weight("\(name).kernel").filtersFirst), bias(of: name)]
        append(
            "Conv", name,
            [
                .ints("kernel_shape", [Int64(kernel), Int64(kernel)]),
                .ints("pads", [border, border, border, border]),
            ], inputs: inputs)
        append("Relu", "\(name).relu")
    }

    private mutating func addDense() {
        let name = name("dense")
        let inputs = [initializer("\(name).kernel", weight("\(name).kernel")), bias(of: name)]
        append("Gemm", name, inputs: inputs)
        append("Relu", "\(name).relu")
    }

    /// ReLU follows every dense layer but the last.
    private mutating func dropLastActivation() {
        guard let last = graph.node.last, last.opType == "Relu" else { return }
        graph.node.removeLast()
        flow = last.input[0]
    }
}

extension GraphBuilder {
    private mutating func append(
        _ operation: String, _ name: String, _ attributes: [Onnx_AttributeProto] = [], inputs: [String] = []
    ) {
        graph.node.append(
            .with {
                $0.opType = operation
                $0.name = name
                $0.input = [flow] + inputs
                $0.output = [name]
                $0.attribute = attributes
            })
        flow = name
    }

    /// The next layer of a kind: `conv1`, `conv2`.
    private mutating func name(_ kind: String) -> String {
        counts[kind, default: 0] += 1
        return "\(kind)\(counts[kind, default: 0])"
    }

    private func window(_ size: Int) -> [Onnx_AttributeProto] {
        ["kernel_shape", "strides"].map { .ints($0, [Int64(size), Int64(size)]) }
    }

    private func weight(_ name: String) -> Tensor {
        guard let tensor = weights[name] else { preconditionFailure("no \(name) among the weights") }
        return tensor
    }

    private mutating func bias(of layer: String) -> String { initializer("\(layer).bias", weight("\(layer).bias")) }

    /// Adds a tensor to the graph; returns its name.
    private mutating func initializer(_ name: String, _ tensor: Tensor) -> String {
        graph.initializer.append(
            .with {
                $0.name = name
                $0.dims = tensor.shape.map(Int64.init)
                $0.dataType = Int32(Onnx_TensorProto.DataType.float.rawValue)
                $0.rawData = tensor.values.map { $0.bitPattern.littleEndian }.withUnsafeBytes { Data($0) }
            })
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

extension Onnx_AttributeProto {
    static func int(_ name: String, _ value: Int64) -> Self {
        .with { ($0.name, $0.type, $0.i) = (name, .int, value) }
    }

    static func ints(_ name: String, _ values: [Int64]) -> Self {
        .with { ($0.name, $0.type, $0.ints) = (name, .ints, values) }
    }
}

extension Onnx_ValueInfoProto {
    /// A tensor of `[batch] + extents`, the batch of any size.
    static func value(_ name: String, _ extents: [Int], _ description: String) -> Self {
        .with {
            $0.name = name
            $0.docString = description
            $0.type.tensorType.elemType = Int32(Onnx_TensorProto.DataType.float.rawValue)
            $0.type.tensorType.shape.dim =
                [.with { $0.dimParam = "batch" }] + extents.map { extent in .with { $0.dimValue = Int64(extent) } }
        }
    }
}
