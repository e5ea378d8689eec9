@testable import ONNX

/// A small graph whose every part can be made wrong.
struct GraphFixture {
    var model: ModelProto

    var graph: GraphProto {
        get { model.graph ?? GraphProto() }
        set { model.graph = newValue }
    }

    var bytes: [UInt8] { get { (try? model.serialized()) ?? [] } }

    /// Two filters over images of 4x4 in grey, two classes: Conv, Relu, Flatten, Gemm, Softmax.
    static var sound: GraphFixture {
        var graph = GraphProto()
        graph.input = [.input("image", [1, 4, 4])]
        graph.output = [ValueInfoProto(name: "answer")]
        graph.initializer = [.floats("kernel", [2, 1, 3, 3]), .floats("matrix", [2, 8]), .floats("bias", [2])]
        graph.node = [
            NodeProto(input: ["image", "kernel"], output: ["a"], name: "first", opType: "Conv"),
            NodeProto(input: ["a"], output: ["b"], name: "second", opType: "Relu"),
            NodeProto(input: ["b"], output: ["c"], name: "third", opType: "Flatten"),
            NodeProto(
                input: ["c", "matrix", "bias"], output: ["d"], name: "fourth", opType: "Gemm",
                attribute: [AttributeProto(name: "transB", i: 1, type: .int)]),
            NodeProto(input: ["d"], output: ["answer"], name: "fifth", opType: "Softmax"),
        ]
        return GraphFixture(
            model: ModelProto(irVersion: 8, graph: graph, opsetImport: [OperatorSetIdProto(version: 17)]))
    }

    /// A dense layer over eighteen numbers.
    static var flat: GraphFixture {
        var fixture = sound
        fixture.graph.input = [.input("image", [18])]
        var matrix = TensorProto.floats("matrix", [18, 2])
        matrix.floatData = (0..<36).map { $0 == 2 ? 1 : 0 }
        fixture.graph.initializer = [matrix]
        fixture.graph.node = [
            NodeProto(input: ["image", "matrix"], output: ["answer"], name: "only", opType: "MatMul")
        ]
        return fixture
    }
}

extension ValueInfoProto {
    /// A named batch of tensors of these extents.
    static func input(_ name: String, _ extents: [Int64], type: TensorProto.DataType = .float) -> ValueInfoProto {
        let shape = TensorShapeProto(
            dim: [.init(value: .name("batch"))] + extents.map { .init(value: .extent($0)) })
        return ValueInfoProto(name: name, type: TypeProto(tensorType: .init(elemType: type, shape: shape)))
    }
}

extension TensorProto {
    static func floats(_ name: String, _ shape: [Int64]) -> TensorProto {
        let count = Int(shape.reduce(1, *))
        return TensorProto(
            dims: shape, dataType: .float, floatData: (0..<count).map { Float($0 % 7) / 8 - 0.25 }, name: name)
    }
}
