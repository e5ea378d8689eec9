import KernelInterface

/// A convolution, with ReLU or without.
struct ConvolutionStep: Sendable {
    let shape: ConvolutionShape
    /// Zeros around the input that `shape` counts.
    let border: Border
    let rectified: Bool
    let kernel, bias: Parameter

    /// The kernel as the forward pass takes it.
    func weights(_ place: StagePlace) -> View<Float> {
        shape.tileExtent == nil ? place.parameters.from(kernel.offset) : place.derived
    }

    /// The kernel as the forward pass takes it, where that is not as it is stored.
    /// - Returns: what is left of the memory, for the way back.
    func deriveWeights(_ parameters: View<Float>, into derived: MutableView<Float>) -> MutableView<Float> {
        if shape.tileExtent != nil { transformKernel(parameters, into: derived) }
        return derived.from(shape.transformedCount)
    }

    /// The kernel turned by 180 degrees with its channels swapped, `[kernelHeight, kernelWidth, filters,
    /// inputChannels]`: the kernel with which the gradient at the output becomes the gradient at the input.
    func turnKernel(_ parameters: View<Float>, into turned: MutableView<Float>) {
        let taps = shape.kernelHeight * shape.kernelWidth
        let (channels, filters) = (shape.inputChannels, shape.filters)
        let (source, target) = (parameters.from(kernel.offset).pointer, turned.pointer)
        for tap in 0..<taps {
            for channel in 0..<channels {
                for filter in 0..<filters {
                    target[((taps - 1 - tap) * filters + filter) * channels + channel] =
                        source[(tap * channels + channel) * filters + filter]
                }
            }
        }
    }
}

/// A plain convolution, over one block of 16 samples at a time.
final class ConvolutionStage: Stage {
    private let step: ConvolutionStep
    private let place: StagePlace
    private let scratch: Buffer<Float>
    private lazy var back = DenseWayBack(step, place)

    init(_ step: ConvolutionStep, _ place: StagePlace) {
        self.step = step
        self.place = place
        scratch = Buffer(zeros: step.shape.scratchCount)
    }

    func forward(_ blocks: Range<Int>) {
        for block in blocks {
            place.kernels.run(
                Convolution(
                    input: place.input.padded(block), kernel: step.weights(place),
                    bias: place.parameters.from(step.bias.offset), shape: step.shape, rectified: step.rectified,
                    output: place.output.maps(block), scratch: scratch.mutableView))
        }
    }

    func backward(_ blocks: Range<Int>, into gradient: MutableView<Float>?) {
        for block in blocks {
            place.kernels.run(
                RectifiedGradient(
                    gradient: place.output.gradient(block).read,
                    output: step.rectified ? place.output.maps(block).read : nil, result: back.gradient,
                    sums: gradient == nil ? nil : back.biasSums.mutableView))
            back.run(block, wantsParameters: gradient != nil)
        }
    }

    func collectSums(into gradient: MutableView<Float>) { back.collectSums(into: gradient) }
}

/// The way back through a convolution that takes every output to carry a gradient.
final class DenseWayBack {
    private let step: ConvolutionStep
    private let place: StagePlace
    /// Gradient before ReLU, a block, inside a border of zeros one element wide.
    private let padded: Buffer<Float>
    /// Where it lies.
    let gradient: MutableMapView
    /// Sums a lane of the kernel's gradient, `[kernelHeight, kernelWidth, inputChannels, filters, 16]`.
    private let kernelSums: Buffer<Float>
    /// Sums a lane of the bias's gradient, `[filters, 16]`.
    let biasSums: Buffer<Float>

    init(_ step: ConvolutionStep, _ place: StagePlace) {
        self.step = step
        self.place = place
        let shape = step.shape
        let row = (shape.outputWidth + 2) * shape.filters
        padded = Buffer(zeros: (shape.outputHeight + 2) * row * blockLanes)
        gradient = MutableMapView(
            padded.mutableView.from((row + shape.filters) * blockLanes),
            MapLayout(height: shape.outputHeight, width: shape.outputWidth, channels: shape.filters, row: row))
        kernelSums = Buffer(zeros: shape.kernelCount * blockLanes)
        biasSums = Buffer(zeros: shape.filters * blockLanes)
    }

    /// Once ``gradient`` is that of the block.
    func run(_ block: Int, wantsParameters: Bool) {
        if wantsParameters {
            place.kernels.run(
                ConvolutionKernelGradient(
                    input: place.input.padded(block), gradient: gradient.read, shape: step.shape,
                    sums: kernelSums.mutableView))
        }
        if place.sendsGradient {
            place.kernels.run(
                ConvolutionInputGradient(
                    gradient: padded.view, turnedKernel: place.derived.from(step.shape.transformedCount),
                    shape: step.shape, top: step.border.top,
                    left: step.border.left, inputGradient: place.input.gradient(block)))
        }
    }

    func collectSums(into gradient: MutableView<Float>) {
        place.kernels.run(
            RowSums(
                matrix: kernelSums.view, rows: step.shape.kernelCount, columns: blockLanes,
                sums: gradient.from(step.kernel.offset)))
        place.kernels.run(
            RowSums(
                matrix: biasSums.view, rows: step.shape.filters, columns: blockLanes,
                sums: gradient.from(step.bias.offset)))
        kernelSums.fill(0)
        biasSums.fill(0)
    }
}
