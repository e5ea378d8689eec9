import Foundation
import Learn
import Testing

@testable import ONNX

/// Models as other programs export them. What is expected of them was read with ONNX's own library.
@Suite struct ExportedModelTests {
    private static func model(_ name: String) throws -> ModelProto {
        try ModelProto(serialized: bytes(name))
    }

    private static func bytes(_ name: String) throws -> [UInt8] {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Models")
        return try Array(Data(contentsOf: folder.appending(path: name + ".onnx")))
    }

    /// A line a tensor: name, extents, and the first digits of its bytes' SHA-256.
    private static func weights(_ graph: GraphProto) -> [String] {
        graph.initializer.map { "\($0.name) \($0.dims) \(SHA256.hex($0.rawData).prefix(8))" }
    }

    private static func extents(_ value: ValueInfoProto) -> [TensorShapeProto.Dimension.Value?]? {
        value.type?.tensorType?.shape?.dim.map(\.value)
    }

    @Test func everyFieldIsRead() throws {
        #expect(try Self.model("every-field") == ProtobufWriterTests.everything)
    }

    /// By tf2onnx: packed lists, integers as tensors.
    @Test func ofKeras() throws {
        let model = try Self.model("keras-bn-gap")
        #expect(model.irVersion == 8 && model.producerName == "tf2onnx")
        #expect(model.opsetImport.map(\.domain) == ["", "ai.onnx.ml"] && model.opsetImport.map(\.version) == [15, 2])
        let graph = try #require(model.graph)
        #expect(
            graph.node.map(\.opType) == [
                "Reshape", "Conv", "Relu", "Conv", "Relu", "MaxPool", "Conv", "Relu", "GlobalAveragePool", "Squeeze",
                "MatMul", "Softmax",
            ])
        #expect(
            Self.weights(graph) == [
                "sequential_1/dense_1/Cast/ReadVariableOp:0 [12, 10] 4296fc62",
                "sequential_1/conv2d_2_1/convolution/merged_input:0 [12, 8, 3, 3] 32702306",
                "sequential_1/conv2d_1_2/convolution/ReadVariableOp:0 [8, 8, 3, 3] 55f494b6",
                "sequential_1/conv2d_1/convolution/ReadVariableOp:0 [8, 1, 3, 3] b8e241f6",
                "new_shape__22 [4] 0daf25fa", "const_axes__23 [2] fe6d3d3b",
            ])
        #expect(graph.initializer.map(\.dataType) == [.float, .float, .float, .float, .int64, .int64])
        #expect(graph.input.map(\.name) == ["keras_tensor"] && graph.output.map(\.name) == ["Identity:0"])
        #expect(Self.extents(graph.input[0]) == [.name("unk__25"), .extent(28), .extent(28), .extent(1)])
        #expect(Self.extents(graph.output[0]) == [.name("unk__26"), .extent(10)])
        let pads = graph.node[6].attribute.first { $0.name == "pads" }
        #expect(pads == AttributeProto(name: "pads", ints: [1, 1, 1, 1], type: .ints))
    }

    /// By PyTorch's older exporter.
    @Test func ofPyTorch() throws {
        let model = try Self.model("torch-lenet")
        #expect(model.irVersion == 9 && model.producerName == "pytorch" && model.producerVersion == "2.15.0")
        #expect(model.opsetImport == [OperatorSetIdProto(version: 20)])
        let graph = try #require(model.graph)
        #expect(
            graph.node.map(\.opType) == [
                "Conv", "Relu", "MaxPool", "Conv", "Relu", "MaxPool", "Flatten", "Gemm", "Relu", "Gemm", "Relu", "Gemm",
            ])
        #expect(
            Self.weights(graph) == [
                "0.weight [6, 1, 5, 5] c215b6dd", "0.bias [6] 0f83145c",
                "3.weight [16, 6, 5, 5] 0bca42a2", "3.bias [16] ea0fbdda",
                "7.weight [120, 400] 38f77080", "7.bias [120] 10928a21",
                "9.weight [84, 120] 34b7fbcf", "9.bias [84] ac82e837",
                "11.weight [10, 84] 0cfacba7", "11.bias [10] 678851db",
            ])
        #expect(graph.node[0].input == ["input", "0.weight", "0.bias"])
        #expect(
            graph.node[7].attribute == [
                AttributeProto(name: "alpha", f: 1, type: .float), AttributeProto(name: "beta", f: 1, type: .float),
                AttributeProto(name: "transB", i: 1, type: .int),
            ])
        #expect(Self.extents(graph.input[0]) == [.name("batch"), .extent(1), .extent(28), .extent(28)])
    }

    /// By PyTorch's newer exporter, with large tensors in a file of their own.
    @Test func ofPyTorchWithExternalData() throws {
        let model = try Self.model("torch-external")
        let graph = try #require(model.graph)
        #expect(model.irVersion == 10 && graph.name == "main_graph" && graph.valueInfo.count == 14)
        let external = graph.initializer.filter { $0.dataLocation == .external }
        #expect(external.map(\.name) == ["0.weight", "3.weight", "7.weight"])
        #expect(external.allSatisfy { $0.rawData.isEmpty })
        #expect(
            external[1].externalData == [
                .init(key: "location", value: "torch-external.onnx.data"), .init(key: "offset", value: "600"),
                .init(key: "length", value: "9600"),
            ])
        let isHere = graph.initializer.filter { $0.dataLocation == .here }
        #expect(isHere.map(\.name) == ["0.bias", "3.bias", "7.bias", "val_3"])
        let padding = graph.node[0].attribute.first { $0.name == "auto_pad" }
        #expect(padding == AttributeProto(name: "auto_pad", s: Array("NOTSET".utf8), type: .string))
        #expect(Self.extents(graph.output[0]) == [.extent(2), .extent(10)])
    }

    @Test(arguments: ["every-field", "keras-bn-gap", "torch-lenet", "torch-external"])
    func isWrittenAsItWasRead(_ name: String) throws {
        let model = try Self.model(name)
        #expect(try ModelProto(serialized: model.serialized()) == model)
    }

    @Test func whatIsCutShortIsAnotherModelOrNone() throws {
        let (bytes, model) = (try Self.bytes("keras-bn-gap"), try Self.model("keras-bn-gap"))
        for count in bytes.indices {
            let part = try? ModelProto(serialized: Array(bytes[..<count]))
            #expect(part != model)
        }
    }
}
