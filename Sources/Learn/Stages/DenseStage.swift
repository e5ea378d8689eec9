import KernelInterface

/// A fully connected layer, with ReLU or without, and the dropout behind it.
struct DenseStep: Sendable {
    let inputs, outputs: Int
    /// Outputs rounded up to whole vectors: the row stride of the kernel and of its gradient.
    let paddedOutputs: Int
    let rectified: Bool
    let dropout: Dropout?
    let kernel, bias: Parameter
}

/// One step for a shard's samples at once: `[units, columns]`.
final class DenseStage: Stage {
    private let step: DenseStep
    private let place: StagePlace
    /// The output's gradient, turned: `[columns, paddedOutputs]`; what lies in the padding stays zero.
    private let turned: Buffer<Float>

    init(_ step: DenseStep, _ place: StagePlace) {
        self.step = step
        self.place = place
        turned = Buffer(zeros: step.paddedOutputs * place.shard.images.count)
    }

    /// - Precondition: all blocks of the shard.
    func forward(_ blocks: Range<Int>) {
        let columns = place.shard.columns
        precondition(blocks == 0..<place.shard.blocks)
        let bias = place.parameters.from(step.bias.offset)
        place.kernels.run(
            Product(
                m: step.outputs, n: columns, k: step.inputs, a: place.input.units.read, aStride: columns,
                b: place.parameters.from(step.kernel.offset), bStride: step.paddedOutputs, bColumn: 1,
                c: place.output.units, cStride: columns, end: step.rectified ? .biasReLU(bias) : .bias(bias)))
        guard place.shard.dropout, let dropout = step.dropout else { return }
        for block in blocks { place.kernels.run(dropout.call(place.output.maps(block), place.shard, block)) }
    }

    func backward(_ blocks: Range<Int>, into gradient: MutableView<Float>?) {
        let columns = place.shard.columns
        let (kernels, output) = (place.kernels, place.output.unitGradient)
        if step.rectified {
            // A dropped activation is zero as one that ReLU cut off: one gate serves both.
            kernels.run(
                Gate(
                    gradient: output, output: place.output.units.read,
                    scale: place.shard.dropout ? step.dropout?.scale ?? 1 : 1, count: step.outputs * columns))
        }
        if let gradient {
            kernels.run(
                RowSums(
                    matrix: output.read, rows: step.outputs, columns: columns,
                    sums: gradient.from(step.bias.offset)))
            kernels.run(
                Transposition(
                    matrix: output.read, rows: step.outputs, columns: columns, transposed: turned.mutableView,
                    rowStride: step.paddedOutputs))
            kernels.run(
                Product(
                    m: step.inputs, n: step.paddedOutputs, k: columns, a: turned.view, aStride: step.paddedOutputs,
                    b: place.input.units.read, bStride: 1, bColumn: columns,
                    c: gradient.from(step.kernel.offset), cStride: step.paddedOutputs, end: .accumulate))
        }
        guard place.sendsGradient else { return }
        kernels.run(
            Product(
                m: step.inputs, n: columns, k: step.outputs, a: output.read, aStride: columns,
                b: place.parameters.from(step.kernel.offset), bStride: 1, bColumn: step.paddedOutputs,
                c: place.input.unitGradient, cStride: columns, end: .store))
    }
}
