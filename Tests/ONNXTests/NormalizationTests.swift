import Testing

@testable import Learn
@testable import ONNX

/// What a model does to its images before its first layer: Keras's Normalization, or what a PyTorch model subtracts and
/// divides by.
@Suite struct NormalizationTests {
    /// x - mean, divided by std or multiplied by its inverse, in each form that constants have.
    enum Form: CaseIterable, Sendable {
        case initializers, nodes, inputs, inverse, variance
    }

    static let mean: [Float] = [0.5, 0.25, 0.75]
    static let std: [Float] = [0.5, 0.25, 0.125]

    @Test(arguments: Form.allCases) func becomesALayerOfItsOwn(_ form: Form) throws {
        let network = try ImportedNetwork(NormalizationTests.fixture(form).bytes)
        #expect(network.architecture.notation == ["rescale", "conv 2@3x3", "flatten", "dense 2"])
        #expect(network.weights[0].tensor.values == [2, 4, 8])
        #expect(network.weights[1].tensor.values == [-1, -1, -6])
    }

    @Test(arguments: [[1, 1, 1, 3], [3]] as [[Int64]]) func channelsMayComeLast(_ shape: [Int64]) throws {
        var fixture = NormalizationTests.fixture(.initializers)
        fixture.graph.input = [.input("image", [4, 4, 3])]
        for index in fixture.graph.initializer.indices.suffix(2) {
            fixture.graph.initializer[index].dims = shape
        }
        fixture.graph.node.insert(
            NodeProto(
                input: ["normal"], output: ["turned"], name: "turn", opType: "Transpose",
                attribute: [.ints("perm", [0, 3, 1, 2])]), at: 2)
        fixture.graph.node[3].input[0] = "turned"
        let network = try ImportedNetwork(fixture.bytes)
        #expect(network.signature.order == [0, 1, 2])
        #expect(network.weights[1].tensor.values == [-1, -1, -6])
    }

    /// Whole numbers cast, and lists given dimensions, as PyTorch's exporter leaves them where nothing is optimised.
    @Test func constantsMayBeTurnedFirst() throws {
        var fixture = NormalizationTests.fixture(.initializers)
        fixture.graph.initializer.removeAll { ["mean", "std"].contains($0.name) }
        fixture.graph.initializer += [
            TensorProto(dims: [3], dataType: .int64, int64Data: [2, 4, 6], name: "numbers"),
            TensorProto(dims: [2], dataType: .int64, int64Data: [-1, 1], name: "axes"),
            TensorProto(dims: [3], dataType: .int64, int64Data: [0, 1, -1], name: "shape"),
            .given("list", [3], [2, 4, 8]),
        ]
        fixture.graph.node.insert(
            contentsOf: [
                NodeProto(
                    input: ["numbers"], output: ["cast"], opType: "Cast",
                    attribute: [AttributeProto(name: "to", i: 1, type: .int)]),
                NodeProto(input: ["cast", "axes"], output: ["mean"], opType: "Unsqueeze"),
                NodeProto(input: ["list"], output: ["inverse"], opType: "Reciprocal"),
                NodeProto(input: ["mean", "shape"], output: ["same"], opType: "Reshape"),
                NodeProto(input: ["inverse", "axes"], output: ["std"], opType: "Unsqueeze"),
            ], at: 0)
        let network = try ImportedNetwork(fixture.bytes)
        #expect(network.weights[0].tensor.values == [2, 4, 8])
        #expect(network.weights[1].tensor.values == [-4, -16, -48])
    }

    /// As the exporters of Keras 3.15 leave it: the means are wanted anew with each image.
    @Test func withoutItsNumbersItIsRefused() {
        var fixture = NormalizationTests.fixture(.inputs)
        fixture.graph.initializer.removeAll { $0.name == "mean" }
        let error = #expect(throws: ONNXImportError.self) { try ImportedNetwork(fixture.bytes) }
        #expect(
            error?.description
                == "model: 2 inputs and 1 outputs; taken are models of one each; no value of \"mean\" is in the file")
    }

    @Test func whatConstantsCannotMakeIsRefused() {
        func told(_ change: (inout GraphFixture) -> Void) -> String {
            var fixture = NormalizationTests.fixture(.variance)
            change(&fixture)
            return (#expect(throws: ONNXImportError.self) { try ImportedNetwork(fixture.bytes) })?.description ?? ""
        }
        func set(_ name: String, _ shape: [Int64], _ values: [Float]) -> (inout GraphFixture) -> Void {
            return { fixture in
                fixture.graph.initializer.removeAll { $0.name == name }
                fixture.graph.initializer.append(.given(name, shape, values))
            }
        }
        #expect(told(set("variance", [3], [1, -1, 1])).contains("(Sqrt): what it makes of constants is NaN"))
        #expect(told(set("least", [2, 1, 1], [1, 1])).contains("constants of the shapes [3, 1, 1] and [2, 1, 1]"))
        let many = [Float](repeating: 1, count: 1 << 13)
        #expect(told(set("variance", [1 << 13], many)).contains("a constant of 8192 numbers"))
        #expect(told(set("least", [1 << 13], many)).contains("of at most 4096 numbers"))
        #expect(told(set("mean", [4, 4], [Float](repeating: 1, count: 16))).contains("one for each channel"))
        #expect(told { $0.graph.node[0].input = ["image"] }.contains("(Sqrt): its input 1 is computed"))
        #expect(told { $0.graph.node[0].input.append("least") }.contains("(Sqrt): 2 inputs"))
    }

    /// The sound one's layers over three channels, behind a normalisation.
    private static func fixture(_ form: Form) -> GraphFixture {
        var fixture = GraphFixture.sound
        fixture.graph.input = [.input("image", [3, 4, 4])]
        fixture.graph.initializer[0] = .floats("kernel", [2, 3, 3, 3])
        fixture.graph.node[0].input[0] = "normal"
        let inverse = form == .inverse
        var nodes = [
            NodeProto(input: ["image", "mean"], output: ["centred"], name: "centre", opType: "Sub"),
            NodeProto(input: ["centred", "std"], output: ["normal"], name: "scale", opType: inverse ? "Mul" : "Div"),
        ]
        let constants: [TensorProto] = [
            .given("mean", [3, 1, 1], mean), .given("std", [3, 1, 1], inverse ? std.map { 1 / $0 } : std),
        ]
        switch form {
        case .initializers, .inverse: fixture.graph.initializer += constants
        case .inputs:
            fixture.graph.initializer += constants
            fixture.graph.input += constants.map { .input($0.name, []) }
        case .nodes:
            nodes =
                constants.map { tensor in
                    NodeProto(
                        output: [tensor.name], name: tensor.name, opType: "Constant",
                        attribute: [AttributeProto(name: "value", t: tensor, type: .tensor)])
                } + nodes
        case .variance:
            // max(sqrt(variance), least), as Keras writes it.
            fixture.graph.initializer += [
                constants[0], .given("variance", [3, 1, 1], std.map { $0 * $0 }), .given("least", [], [1e-7]),
            ]
            nodes =
                [
                    NodeProto(input: ["variance"], output: ["root"], name: "root", opType: "Sqrt"),
                    NodeProto(input: ["root", "least"], output: ["std"], name: "bound", opType: "Max"),
                ] + nodes
        }
        fixture.graph.node.insert(contentsOf: nodes, at: 0)
        return fixture
    }
}

extension TensorProto {
    static func given(_ name: String, _ shape: [Int64], _ values: [Float]) -> TensorProto {
        TensorProto(dims: shape, dataType: .float, floatData: values, name: name)
    }
}
