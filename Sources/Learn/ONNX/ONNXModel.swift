import Foundation
import Learn

/// A trained network in the form of the Open Neural Network Exchange, for ONNX Runtime and its like.
///
/// Input `image`, `[batch, height, width, channels]`: pixels divided by 255, as Keras takes them. Output `probabilities`,
/// `[batch, classes]`, after softmax. Dropout, which does nothing to a trained network, is left out.
///
/// Source: the ONNX specification, https://onnx.ai/onnx/repo-docs/IR.html, and its operators in version 13.
public struct ONNXModel: Sendable {
    /// The version of the file's form, and that of the operators; both as old as the network allows.
    static let irVersion: Int64 = 7
    static let operatorSet: Int64 = 13

    let message: ModelProto

    /// - Parameters:
    ///   - weights: the network's parameters by name, as a ``Run`` keeps them.
    ///   - metadata: what the file tells of itself besides, such as the seed.
    /// - Precondition: every parameter of the architecture is among the weights.
    public init(_ network: Network, weights: [NamedTensor], metadata: [String: String]) {
        var graph = GraphBuilder(weights: weights)
        for layer in network.architecture.placed { graph.add(layer) }
        message = ModelProto(
            irVersion: ONNXModel.irVersion, producerName: "site-build",
            graph: graph.finished(name: network.name, network.architecture),
            opsetImport: [OperatorSetIdProto(version: ONNXModel.operatorSet)],
            metadataProps: metadata.sorted { $0.key < $1.key }.map { .init(key: $0.key, value: $0.value) })
    }

    /// The bytes of the file, the same for the same network, weights and metadata.
    ///
    /// - Throws: ``ProtobufError`` if the file would be too long for its form, 2 GiB.
    public func data() throws -> Data { Data(try message.serialized()) }
}
