import Testing

@testable import Learn
@testable import ONNX

/// Nodes that change nothing, as graphs have them that nobody optimised, leave the network as it is.
@Suite struct UnchangedTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var batch: Int64?
        var constants: [TensorProto] = []
        /// They take `x` and leave `y`.
        let nodes: [NodeProto]
    }

    static let cases = [
        Case(
            testDescription: "all channels are picked", constants: [.whole("all", [2], [0, -1])],
            nodes: [NodeProto(input: ["x", "all"], output: ["y"], opType: "Gather", attribute: [.int("axis", 1)])]),
        Case(
            testDescription: "the one image is picked", batch: 1, constants: [.whole("all", [1], [0])],
            nodes: [NodeProto(input: ["x", "all"], output: ["y"], opType: "Gather", attribute: [.int("axis", 0)])]),
        Case(
            testDescription: "nothing is cut off",
            constants: [
                .whole("starts", [3], [0, 0, -2]), .whole("ends", [3], [.max, 2, 9]), .whole("axes", [3], [0, 1, 3]),
                .whole("steps", [3], [1, 1, 1]),
            ],
            nodes: [NodeProto(input: ["x", "starts", "ends", "axes", "steps"], output: ["y"], opType: "Slice")]),
        Case(
            testDescription: "turned and turned back",
            nodes: [
                NodeProto(
                    input: ["x"], output: ["t"], opType: "Transpose", attribute: [.ints("perm", [0, 2, 3, 1])]),
                NodeProto(
                    input: ["t"], output: ["y"], opType: "Transpose", attribute: [.ints("perm", [0, 3, 1, 2])]),
            ]),
        Case(
            testDescription: "a new dimension takes the batch's place and is picked away", batch: 1,
            constants: [.whole("axis", [1], [1]), .whole("first", [], [0])],
            nodes: [
                NodeProto(input: ["x", "axis"], output: ["u"], opType: "Unsqueeze"),
                NodeProto(
                    input: ["u"], output: ["t"], opType: "Transpose", attribute: [.ints("perm", [1, 0, 2, 3, 4])]),
                NodeProto(input: ["t", "first"], output: ["y"], opType: "Gather", attribute: [.int("axis", 1)]),
            ]),
        Case(
            testDescription: "reshaped to what it is", batch: 1,
            constants: [.whole("shape", [2, 2], [1, 2, 2, 2]), .whole("list", [1], [-1])],
            nodes: [
                NodeProto(input: ["shape", "list"], output: ["flat"], opType: "Reshape"),
                NodeProto(input: ["x", "flat"], output: ["y"], opType: "Reshape"),
            ]),
    ]

    @Test(arguments: cases) func theNetworkIsTheSame(_ unchanged: Case) throws {
        let plain = try ImportedNetwork(GraphFixture.sound.bytes)
        let network = try ImportedNetwork(UnchangedTests.fixture(unchanged).bytes)
        #expect(network.architecture == plain.architecture)
        #expect(network.weights.map(\.tensor.values) == plain.weights.map(\.tensor.values))
    }

    static let changes: [(told: String, constants: [TensorProto], node: NodeProto)] = [
        (
            "it picks some of the numbers along dimension 1", [.whole("some", [2], [1, 0])],
            NodeProto(input: ["x", "some"], output: ["y"], opType: "Gather", attribute: [.int("axis", 1)])
        ),
        (
            "it picks some of the numbers along dimension 0", [.whole("some", [1], [0])],
            NodeProto(input: ["x", "some"], output: ["y"], opType: "Gather")
        ),
        (
            "there is no dimension 4 among 4", [.whole("some", [1], [0])],
            NodeProto(input: ["x", "some"], output: ["y"], opType: "Gather", attribute: [.int("axis", 4)])
        ),
        (
            "it cuts dimension 0 from 0 to 2",
            [.whole("starts", [1], [0]), .whole("ends", [1], [2])],
            NodeProto(input: ["x", "starts", "ends"], output: ["y"], opType: "Slice")
        ),
        (
            "it cuts dimension 2 from 1 to 9",
            [.whole("starts", [1], [1]), .whole("ends", [1], [9]), .whole("axes", [1], [2])],
            NodeProto(input: ["x", "starts", "ends", "axes"], output: ["y"], opType: "Slice")
        ),
        (
            "it cuts dimension 3 from 0 to -1",
            [.whole("starts", [1], [0]), .whole("ends", [1], [-1]), .whole("axes", [1], [3])],
            NodeProto(input: ["x", "starts", "ends", "axes"], output: ["y"], opType: "Slice")
        ),
        (
            "2 starts, 1 ends", [.whole("starts", [2], [0, 0]), .whole("ends", [1], [9])],
            NodeProto(input: ["x", "starts", "ends"], output: ["y"], opType: "Slice")
        ),
        (
            "perm of [1, 0, 2, 3]; taken is what leaves the batch where it is", [],
            NodeProto(input: ["x"], output: ["y"], opType: "Transpose", attribute: [.ints("perm", [1, 0, 2, 3])])
        ),
        (
            "a constant of the shape [4] becomes [3, -1]",
            [.whole("shape", [4], [1, 2, 2, 2]), .whole("list", [2], [3, -1])],
            NodeProto(input: ["shape", "list"], output: ["y"], opType: "Reshape")
        ),
    ]

    @Test(arguments: changes.indices) func whatChangesSomethingIsRefused(_ index: Int) {
        let (told, constants, node) = UnchangedTests.changes[index]
        let fixture = UnchangedTests.fixture(Case(testDescription: "", constants: constants, nodes: [node]))
        let error = #expect(throws: ONNXImportError.self) { try ImportedNetwork(fixture.bytes) }
        #expect(error?.description.contains(told) == true, "\(error?.description ?? "")")
    }

    /// Scores from global pooling with the channels last, multiplied in all their dimensions.
    @Test func poolingMayKeepItsDimensions() throws {
        var fixture = GraphFixture.sound
        fixture.graph.initializer = [.floats("kernel", [2, 1, 3, 3]), .floats("matrix", [2, 5])]
        fixture.graph.initializer.append(.whole("list", [2], [-1, 5]))
        fixture.graph.node[2...] = [
            NodeProto(input: ["b"], output: ["t"], opType: "Transpose", attribute: [.ints("perm", [0, 2, 3, 1])]),
            NodeProto(input: ["t"], output: ["c"], opType: "ReduceMean", attribute: [.ints("axes", [1, 2])]),
            NodeProto(input: ["c", "matrix"], output: ["d"], opType: "MatMul"),
            NodeProto(input: ["d", "list"], output: ["answer"], opType: "Reshape"),
        ]
        let network = try ImportedNetwork(fixture.bytes)
        #expect(network.architecture.notation == ["conv 2@3x3", "globalavgpool", "dense 5"])
        #expect(network.weights[2].tensor.values == TensorProto.floats("", [2, 5]).floatData)
    }

    /// The sound one with some nodes behind its ReLU.
    private static func fixture(_ unchanged: Case) -> GraphFixture {
        var fixture = GraphFixture.sound
        if let batch = unchanged.batch { fixture.graph.input[0].type?.tensorType?.shape?.dim[0].value = .extent(batch) }
        fixture.graph.initializer += unchanged.constants
        fixture.graph.node[1].output = ["x"]
        fixture.graph.node[2].input = ["y"]
        fixture.graph.node.insert(contentsOf: unchanged.nodes, at: 2)
        return fixture
    }
}

extension TensorProto {
    fileprivate static func whole(_ name: String, _ shape: [Int64], _ values: [Int64]) -> TensorProto {
        TensorProto(dims: shape, dataType: .int64, int64Data: values, name: name)
    }
}
