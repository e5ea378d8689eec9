import Testing

@testable import ONNX

/// What is written is what other programs write, and reads as what it was.
@Suite struct ProtobufWriterTests {
    /// A model with every field of every message.
    static let everything: ModelProto = {
        let tensor = TensorProto(
            dims: [2, 1], dataType: .float, floatData: [0.5, -1], int32Data: [0, -7, .max, .min],
            int64Data: [1, 300, .max, .min], name: "weights", rawData: [0, 1, 0xFF], doubleData: [1e300, -0.1],
            externalData: [.init(key: "location", value: "model.data"), .init(key: "offset", value: "16")],
            dataLocation: .external)
        let attributes = [
            AttributeProto(name: "f", f: 0.25, type: .float), AttributeProto(name: "i", i: -3, type: .int),
            AttributeProto(name: "s", s: Array("SAME".utf8), type: .string),
            AttributeProto(name: "t", t: tensor, type: .tensor),
            AttributeProto(name: "floats", floats: [1, 2], type: .floats),
            AttributeProto(name: "ints", ints: [0, -1, 128], type: .ints),
            AttributeProto(name: "strings", strings: [[], Array("日本".utf8)], type: .strings),
        ]
        let shape = TensorShapeProto(dim: [
            .init(value: .name("batch")), .init(), .init(value: .extent(0)), .init(value: .extent(28)),
        ])
        let type = TypeProto(tensorType: .init(elemType: .float, shape: shape))
        let value = ValueInfoProto(name: "画像", type: type, docString: "Pixels.")
        let node = NodeProto(
            input: ["image", "", "weights"], output: ["maps"], name: "conv1", opType: "Conv", attribute: attributes,
            domain: "org.example")
        let graph = GraphProto(
            node: [node, NodeProto()], name: "lenet5", initializer: [tensor], docString: "A network.", input: [value],
            output: [value, ValueInfoProto()], valueInfo: [value])
        return ModelProto(
            irVersion: 7, producerName: "site-build", producerVersion: "1", graph: graph,
            opsetImport: [.init(version: 13), .init(domain: "org.example", version: 1)],
            metadataProps: [.init(key: "seed", value: "0")])
    }()

    @Test func everyFieldComesBack() throws {
        let bytes = try Self.everything.serialized()
        #expect(try ModelProto(serialized: bytes) == Self.everything)
    }

    @Test func theBytesAreThoseOfTheFormat() throws {
        let tensor = TensorProto(
            dims: [1, 300], dataType: .float, floatData: [1], int32Data: [-1], name: "é", rawData: [7, 0],
            doubleData: [1], dataLocation: .external)
        #expect(
            try tensor.serialized() == [
                0x0A, 0x03, 0x01, 0xAC, 0x02,
                0x10, 0x01,
                0x22, 0x04, 0, 0, 0x80, 0x3F,
                0x2A, 0x0A, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01,
                0x42, 0x02, 0xC3, 0xA9,
                0x4A, 0x02, 7, 0,
                0x52, 0x08, 0, 0, 0, 0, 0, 0, 0xF0, 0x3F,
                0x70, 0x01,
            ])
    }

    @Test func aFieldsNumberMayTakeTwoBytes() throws {
        #expect(
            try AttributeProto(name: "a", f: -2, type: .float).serialized()
                == [0x0A, 0x01, 0x61, 0x15, 0, 0, 0, 0xC0, 0xA0, 0x01, 0x01])
    }

    @Test func whatIsEmptyIsLeftOut() throws {
        #expect(try ModelProto().serialized() == [])
        #expect(try TensorProto().serialized() == [])
        #expect(try NodeProto(input: [""]).serialized() == [0x0A, 0x00])
    }

    @Test func whatIsZeroOrEmptyButThereIsWritten() throws {
        let attribute = AttributeProto(f: 0, i: 0, s: [], t: TensorProto())
        #expect(try attribute.serialized() == [0x15, 0, 0, 0, 0, 0x18, 0x00, 0x22, 0x00, 0x2A, 0x00])
        #expect(try AttributeProto(serialized: attribute.serialized()) == attribute)
        for dimension in [TensorShapeProto.Dimension.Value.extent(0), .name("")] {
            let message = TensorShapeProto.Dimension(value: dimension)
            #expect(try TensorShapeProto.Dimension(serialized: message.serialized()) == message)
        }
    }

    @Test(arguments: [0, 1, 127, 128, 16383, 16384, 1 << 35, .max, -1, .min] as [Int64])
    func numbersComeBack(_ number: Int64) throws {
        let node = AttributeProto(i: number, ints: [number, 0, number])
        #expect(try AttributeProto(serialized: node.serialized()) == node)
    }

    @Test(arguments: [0, -0.0, 1, -.infinity, .leastNonzeroMagnitude, .greatestFiniteMagnitude, .nan] as [Float])
    func bitsOfFloatsComeBack(_ number: Float) throws {
        let tensor = TensorProto(floatData: [number], doubleData: [Double(number)])
        let read = try TensorProto(serialized: tensor.serialized())
        #expect(read.floatData.map(\.bitPattern) == [number.bitPattern])
        #expect(read.doubleData.map(\.bitPattern) == [Double(number).bitPattern])
    }
}
