import KernelInterface

/// A convolution with ReLU, the 2x2 pooling behind it, and the dropout behind that.
struct PooledConvolutionStep: Sendable {
    let convolution: ConvolutionStep
    let pooling: Pooling
    let dropout: Dropout?

    /// Whether the backward pass follows the winners of max pooling. A single input channel is better served by the
    /// dense pass, whose vectors run across samples.
    var followsWinners: Bool { pooling == .maximum && convolution.shape.inputChannels > 1 }
}

/// One step for the four layers, over one block of 16 samples at a time: the maps before pooling are never stored.
final class PooledConvolutionStage: Stage {
    private let step: PooledConvolutionStep
    private let place: StagePlace
    /// Of each block; see ``PoolingGate``.
    private let gates: [Buffer<UInt8>]
    private let scratch: Buffer<Float>
    private lazy var dense = DenseWayBack(step.convolution, place)
    private lazy var winners = WinnersWayBack(step, place)

    init(_ step: PooledConvolutionStep, _ place: StagePlace) {
        self.step = step
        self.place = place
        let count = step.convolution.shape.windows * step.convolution.shape.filters * blockLanes
        scratch = Buffer(zeros: step.convolution.shape.scratchCount)
        gates = (0..<place.shard.images.count / blockLanes).map { _ in Buffer(count, repeating: 0) }
    }

    func forward(_ blocks: Range<Int>) {
        let convolution = step.convolution
        for block in blocks {
            let output = place.output.maps(block)
            place.kernels.run(
                PooledConvolution(
                    input: place.input.padded(block), kernel: convolution.weights(place),
                    bias: place.parameters.from(convolution.bias.offset), shape: convolution.shape,
                    pooling: step.pooling, output: output, gates: gates[block].mutableView,
                    scratch: scratch.mutableView))
            if let dropout = step.dropout, place.shard.dropout {
                place.kernels.run(
                    dropout.call(
                        output, place.shard, block, gates: gates[block].mutableView, pooling: step.pooling))
            }
        }
    }

    func backward(_ blocks: Range<Int>, into gradient: MutableView<Float>?) {
        let scale = place.shard.dropout ? step.dropout?.scale ?? 1 : 1
        for block in blocks {
            let pooled = place.output.gradient(block).read
            if step.followsWinners {
                winners.run(block, pooled: pooled, gates: gates[block].view, scale: scale)
            } else {
                place.kernels.run(
                    Unpooling(
                        pooled: pooled, gates: gates[block].view, shape: step.convolution.shape,
                        pooling: step.pooling, scale: scale, gradient: dense.gradient,
                        bias: dense.biasSums.mutableView))
                dense.run(block, wantsParameters: gradient != nil)
            }
        }
    }

    func collectSums(into gradient: MutableView<Float>) {
        if step.followsWinners {
            winners.collectSums(into: gradient)
        } else {
            dense.collectSums(into: gradient)
        }
    }
}
