import Foundation
import TestSupport
import Testing

@testable import Learn
@testable import ONNX

/// The structure of the exported models; `scripts/model-tests` runs them.
@Suite struct ONNXModelTests {
    /// Weights of a network, each element its own place in the vector of all of them.
    private static func weights(_ network: Network) -> [NamedTensor] {
        var count = 0
        return network.architecture.parameters.map { parameter in
            let values = (count..<count + parameter.count).map(Float.init)
            count += values.count
            return NamedTensor(parameter.name, Tensor(shape: parameter.shape, values: values))
        }
    }

    private static func model(_ network: Network) -> ONNXModel {
        ONNXModel(network, weights: weights(network), metadata: ["seed": "2", "network": network.name])
    }

    private static func graph(_ network: Network) -> GraphProto {
        model(network).message.graph ?? GraphProto()
    }

    @Test func theOperationsFollowTheLayers() {
        let nodes = ONNXModelTests.graph(.lenet5).node
        #expect(
            nodes.map(\.opType) == [
                "Transpose", "Conv", "Relu", "AveragePool", "Conv", "Relu", "AveragePool", "Transpose", "Flatten",
                "Gemm",
                "Relu", "Gemm", "Relu", "Gemm", "Softmax",
            ])
        let improved = ONNXModelTests.graph(.maxpool).node.map(\.opType)
        #expect(improved == nodes.map { $0.opType == "AveragePool" ? "MaxPool" : $0.opType })
    }

    @Test(arguments: Network.all) func everyInputIsTheOutputOfAnEarlierNodeOrAWeight(_ network: Network) {
        let graph = ONNXModelTests.graph(network)
        var known = Set(graph.initializer.map(\.name) + graph.input.map(\.name))
        for node in graph.node {
            #expect(known.isSuperset(of: node.input), "\(node.name)")
            for output in node.output { #expect(known.insert(output).inserted, "\(output)") }
        }
        #expect(known.contains(graph.output[0].name))
    }

    @Test func thePaddingIsTheNetworks() {
        let convolutions = ONNXModelTests.graph(.wide).node.filter { $0.opType == "Conv" }
        let pads = convolutions.map { $0.attribute.first { $0.name == "pads" }?.ints }
        #expect(pads == [[2, 2, 2, 2], [0, 0, 0, 0]])
    }

    @Test func theKernelsAreTurnedAndTheOthersKept() throws {
        let weights = ONNXModelTests.weights(.wide)
        let graph = ONNXModelTests.graph(.wide)
        #expect(graph.initializer.map(\.name) == weights.map(\.name))
        func floats(_ name: String) throws -> [Float] {
            let data = try #require(graph.initializer.first { $0.name == name }).rawData
            return stride(from: 0, to: data.count, by: 4).map { start in
                let bits = (0..<4).reduce(UInt32(0)) { $0 | UInt32(data[data.startIndex + start + $1]) << (8 * $1) }
                return Float(bitPattern: bits)
            }
        }
        let kernel = try #require(weights.first { $0.name == "conv2.kernel" }).tensor
        let turned = try floats("conv2.kernel")
        #expect(graph.initializer.first { $0.name == "conv2.kernel" }?.dims == [32, 12, 5, 5])
        for (y, x, input, filter) in [(0, 0, 0, 0), (1, 4, 2, 7), (4, 3, 11, 31)] {
            let place = ((y * 5 + x) * 12 + input) * 32 + filter
            #expect(turned[((filter * 12 + input) * 5 + y) * 5 + x] == kernel.values[place])
        }
        let dense = try #require(weights.first { $0.name == "dense1.kernel" }).tensor
        #expect(try floats("dense1.kernel") == dense.values)
    }

    @Test func inputAndOutputAreDeclared() {
        let graph = ONNXModelTests.graph(.lenet5)
        func extents(_ value: ValueInfoProto) -> [TensorShapeProto.Dimension.Value?]? {
            value.type?.tensorType?.shape?.dim.map(\.value)
        }
        #expect(graph.input.map(\.name) == ["image"] && graph.output.map(\.name) == ["probabilities"])
        #expect(extents(graph.input[0]) == [.name("batch"), .extent(28), .extent(28), .extent(1)])
        #expect(extents(graph.output[0]) == [.name("batch"), .extent(10)])
    }

    @Test func theSameModelGivesTheSameBytes() throws {
        let bytes = try ONNXModelTests.model(.wide).data()
        #expect(try bytes == ONNXModelTests.model(.wide).data())
        let read = try ModelProto(serialized: Array(bytes))
        #expect(read == ONNXModelTests.model(.wide).message)
        #expect(read.metadataProps.map(\.key) == ["network", "seed"])
    }
}
