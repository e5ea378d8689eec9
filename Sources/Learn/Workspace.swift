import KernelInterface

/// What one thread needs to take a shard through a network and back; never used by two threads at once.
final class Workspace: @unchecked Sendable {
    /// Input of each convolution for each block, its zero border included.
    let maps: [[Buffer<Float>]]
    /// Pooling gates of each convolution for each block.
    let gates: [[Buffer<UInt8>]]
    /// Flattened maps, then each dense layer's output: `[units, columns]`.
    let units: [Buffer<Float>]
    /// Gradients at `units`.
    let unitGradients: [Buffer<Float>]
    /// A dense layer's output gradient, turned: `[columns, paddedOutputs]`.
    let turned: [Buffer<Float>]
    /// What each convolution's backward pass needs.
    let rooms: [ConvolutionRoom]
    /// Gradient at each convolution's input, one block; none for the first.
    let mapGradients: [Buffer<Float>?]
    let images = Buffer<Int32>(shardSamples, repeating: 0)
    let labels = Buffer<Int32>(shardSamples, repeating: -1)
    let keys = Buffer<UInt32>(shardSamples, repeating: 0)
    let losses = Buffer<Float>(zeros: shardSamples)

    init(_ plan: Plan) {
        let blocks = 0..<shardSamples / blockLanes
        maps = plan.convolutions.map { layer in
            let count = layer.shape.inputHeight * layer.shape.inputWidth * layer.shape.inputChannels * blockLanes
            return blocks.map { _ in Buffer(zeros: count) }
        }
        gates = plan.convolutions.map { layer in
            blocks.map { _ in Buffer(layer.pooledCount * blockLanes, repeating: 0) }
        }
        let widths = [plan.features] + plan.dense.map(\.outputs)
        units = widths.map { Buffer(zeros: $0 * shardSamples) }
        unitGradients = widths.map { Buffer(zeros: $0 * shardSamples) }
        turned = plan.dense.map { Buffer(zeros: $0.paddedOutputs * shardSamples) }
        rooms = plan.convolutions.map { ConvolutionRoom($0) }
        mapGradients = plan.convolutions.enumerated().map { index, layer in
            guard index > 0 else { return nil }
            let edge = layer.shape.inputHeight - 2 * layer.border
            return Buffer(zeros: edge * edge * layer.shape.inputChannels * blockLanes)
        }
    }
}
