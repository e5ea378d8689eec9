import Foundation
import TestSupport
import Testing

@testable import Learn
@testable import ONNX

/// Whatever is no sequence of layers, or lies about itself, is refused in one line that says where and why.
@Suite struct ImportFaultTests {
    struct Fault: Sendable, CustomTestStringConvertible {
        /// Part of the line that tells of it.
        let told: String
        let change: @Sendable (inout GraphFixture) -> Void
        var testDescription: String { told }

        init(_ told: String, _ change: @escaping @Sendable (inout GraphFixture) -> Void) {
            self.told = told
            self.change = change
        }
    }

    @Test func theSoundOneIsTaken() throws {
        let network = try ImportedNetwork(GraphFixture.sound.bytes)
        #expect(network.architecture.notation == ["conv 2@3x3", "flatten", "dense 2"])
        #expect(network.weights.map(\.name) == ["conv1.kernel", "conv1.bias", "dense1.kernel", "dense1.bias"])
        // Channels first become channels last.
        let matrix = TensorProto.floats("", [2, 8]).floatData
        let turned: [Float] = (0..<8).flatMap { index in
            let place = index % 2 * 4 + index / 2
            return [matrix[place], matrix[8 + place]]
        }
        #expect(network.weights[2].tensor.values == turned)
    }

    static let faults = unfit + impossible + lying

    /// What is no sequence of layers, or has others than are taken.
    static let unfit: [Fault] = [
        Fault("node \"second\" (Add): it joins two computed values") {
            $0.graph.node[1] = NodeProto(input: ["a", "a"], output: ["b"], name: "second", opType: "Add")
        },
        Fault("node \"third\" (Flatten): its input \"a\" feeds another node already") {
            $0.graph.node[2].input = ["a"]
        },
        Fault("node \"second\" (Gelu): this operator is not supported; supported are Conv") {
            $0.graph.node[1].opType = "Gelu"
        },
        Fault("an operator of com.example") { $0.graph.node[1].domain = "com.example" },
        Fault("in 2 groups; taken are those of one") { $0.set(0, "group", 2) },
        Fault("a dilated convolution") { $0.graph.node[0].attribute = [.ints("dilations", [2, 2])] },
        Fault("the attribute axes is not supported") { $0.graph.node[1].attribute = [.ints("axes", [2, 2])] },
        Fault("strides of 0 and 1") { $0.graph.node[0].attribute = [.ints("strides", [0, 1])] },
        Fault("strides has 3 numbers") { $0.graph.node[0].attribute = [.ints("strides", [1, 1, 1])] },
        Fault("pads of [-1, 0, 0, 0]") { $0.graph.node[0].attribute = [.ints("pads", [-1, 0, 0, 0])] },
        Fault("pads of [9223372036854775807, 0, 0, 0]") {
            $0.graph.node[0].attribute = [.ints("pads", [.max, 0, 0, 0])]
        },
        Fault("a matrix of 9 x 2 for dimensions of [8]") { $0.graph.initializer[1] = .floats("matrix", [2, 9]) },
        Fault("a kernel of 2 channels for maps of 1") { $0.graph.initializer[0] = .floats("kernel", [2, 2, 3, 3]) },
        Fault("nothing is left of a map of 4x4 under a window of 5x5") {
            $0.graph.initializer[0] = .floats("kernel", [2, 1, 5, 5])
        },
        Fault("it ends with relu; taken are Softmax") { $0.graph.node[4].opType = "Relu" },
        Fault("it comes behind Softmax") {
            $0.graph.node[4].output = ["e"]
            $0.graph.node.append(NodeProto(input: ["e"], output: ["answer"], name: "sixth", opType: "Relu"))
        },
        Fault("its last layer is conv 2@3x3; taken are models that end with a dense layer") {
            $0.graph.node.removeLast(2)
            $0.graph.output[0].name = "c"
        },
        Fault("its last layer is relu; taken are models that end with a dense layer") {
            $0.graph.node[2] = NodeProto(input: ["b"], output: ["c"], name: "third", opType: "GlobalMaxPool")
            $0.graph.node[3] = NodeProto(input: ["c"], output: ["d"], name: "fourth", opType: "Flatten")
            $0.graph.node[4].opType = "Relu"
        },
        Fault("version 10 of the operators; taken are 11 to 22") {
            $0.model.opsetImport[0].version = 10
        },
        Fault("no version of the operators") { $0.model.opsetImport = [] },
        Fault("2 inputs and 1 outputs") { $0.graph.input.append(.input("other", [3])) },
        Fault("input \"image\": of type uint8; taken are tensors of type float") {
            $0.graph.input = [.input("image", [1, 4, 4], type: .init(rawValue: 2))]
        },
        Fault("an extent is open") {
            $0.graph.input[0].type?.tensorType?.shape?.dim[2].value = .name("height")
        },
        Fault("it cuts off below 0.0 and above 1.0") {
            $0.graph.initializer += [.number("low", 0), .number("high", 1)]
            $0.graph.node[1].opType = "Clip"
            $0.graph.node[1].input += ["low", "high"]
        },
        Fault("elements of the type float16; taken are float") {
            $0.graph.initializer[0].dataType = .init(rawValue: 10)
        },
        Fault("its output \"answer\" is not what the last layer leaves") { $0.graph.node.removeLast() },
    ]

    /// Graphs that are none.
    static let impossible: [Fault] = [
        Fault("no node before it makes its input \"d\"") { $0.graph.node[0].input[0] = "d" },
        Fault("its output \"a\" is there already") { $0.graph.node[1].output = ["a"] },
        Fault("its input 2 is missing") { $0.graph.node[0].input = ["image"] },
        Fault("its input 2 is computed") { $0.graph.node[3].input = ["c", "c"] },
        Fault("no graph in it") { $0.model.graph = nil },
    ]

    /// Sizes that lie, and numbers that are none.
    static let lying: [Fault] = [
        Fault("wants 72 bytes, but there are 3") {
            $0.graph.initializer[0].floatData = []
            $0.graph.initializer[0].rawData = [1, 2, 3]
        },
        Fault("tensor \"kernel\": a shape of [2147483648, 2147483648, 2147483648, 2]") {
            $0.graph.initializer[0].dims = [1 << 31, 1 << 31, 1 << 31, 2]
        },
        Fault("a shape of [-2, 1, 3, 3]") { $0.graph.initializer[0].dims[0] = -2 },
        Fault("a shape of [2, 1, 3, 4], but 18 elements") { $0.graph.initializer[0].dims[3] = 4 },
        Fault("an extent is open, or none") {
            $0.graph.input = [.input("image", [1, 1 << 31, 1 << 31])]
        },
        Fault("are larger than any network here takes") { $0.graph.input = [.input("image", [3, 1 << 16, 1 << 16])] },
        Fault("an element is NaN or infinite") { $0.graph.initializer[2].floatData[1] = .nan },
        Fault("an element is NaN or infinite") { $0.graph.initializer[0].floatData[1] = -.infinity },
        Fault("numbers beyond single precision") {
            $0.graph.node[3].attribute.append(AttributeProto(name: "alpha", f: 3e38, type: .float))
            $0.graph.initializer[1].floatData = $0.graph.initializer[1].floatData.map { _ in 1e30 }
        },
        Fault("its elements lie in another file") {
            $0.graph.initializer[0].dataLocation = .external
            $0.graph.initializer[0].externalData = [StringStringEntryProto(key: "location", value: "x")]
        },
    ]

    @Test(arguments: faults) func isToldInOneLine(_ fault: Fault) {
        var fixture = GraphFixture.sound
        fault.change(&fixture)
        let error = #expect(throws: ONNXImportError.self) { try ImportedNetwork(fixture.bytes) }
        let line = error?.description ?? ""
        #expect(line.contains(fault.told), "\(line)")
        #expect(line.count < 700)
    }

    @Test func whatIsNoModelIsToldWithItsPlace() {
        for bytes in [[], [0xFF], Array("not a model".utf8)] as [[UInt8]] {
            #expect(throws: ONNXImportError.self) { try ImportedNetwork(bytes) }
        }
        let missing = #expect(throws: ONNXImportError.self) {
            try ImportedNetwork(contentsOf: URL(filePath: "/nowhere/model.onnx"))
        }
        #expect(missing?.description == "model: No such file or directory")
    }

    /// Elements beside the model: none outside of its folder, none past a file's end.
    @Test(arguments: [
        ("../outside", "0", "is not in the model's folder"), ("/etc/passwd", "0", "is not in the model's folder"),
        ("a/../../outside", "0", "is not in the model's folder"), ("link", "0", "is not in the model's folder"),
        ("missing", "0", "there is no file missing"), ("", "0", "is not in the model's folder"),
        ("weights", "4", "ends before 72 bytes from byte 4 on"), ("weights", "-1", "is no number of bytes"),
        ("weights", "99999999999999999999", "is no number of bytes"), (".", "0", "is not in the model's folder"),
        ("weights", "999999999999999999", "ends before 72 bytes"),
    ])
    func elementsLieInTheFolder(location: String, offset: String, told: String) throws {
        let temporary = try TemporaryFolder()
        let folder = temporary.url
        let home = folder.appending(path: "home")
        try FileManager.default.createDirectory(at: home, withIntermediateDirectories: true)
        let content = Data(count: 72)
        try content.write(to: home.appending(path: "weights"))
        try content.write(to: folder.appending(path: "outside"))
        try FileManager.default.createSymbolicLink(
            at: home.appending(path: "link"), withDestinationURL: folder.appending(path: "outside"))
        var fixture = GraphFixture.sound
        fixture.graph.initializer[0].floatData = []
        fixture.graph.initializer[0].dataLocation = .external
        func write(_ location: String, _ offset: String) throws -> URL {
            fixture.graph.initializer[0].externalData = [
                StringStringEntryProto(key: "location", value: location),
                StringStringEntryProto(key: "offset", value: offset),
            ]
            let file = home.appending(path: "model.onnx")
            try Data(fixture.bytes).write(to: file)
            return file
        }
        _ = try ImportedNetwork(contentsOf: write("weights", "0"))
        let file = try write(location, offset)
        let error = #expect(throws: ONNXImportError.self) { try ImportedNetwork(contentsOf: file) }
        #expect(error?.description.contains(told) == true, "\(error?.description ?? "")")
    }
}

extension GraphFixture {
    fileprivate mutating func set(_ node: Int, _ name: String, _ value: Int64) {
        graph.node[node].attribute.append(AttributeProto(name: name, i: value, type: .int))
    }
}

extension TensorProto {
    fileprivate static func number(_ name: String, _ value: Float) -> TensorProto {
        TensorProto(dims: [], dataType: .float, floatData: [value], name: name)
    }
}
