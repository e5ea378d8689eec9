import KernelInterface

extension PooledConvolutionStep {
    /// Floats of all filters' kernels inside their zeros.
    var patchCount: Int { convolution.shape.filters * convolution.shape.patchCount }

    /// The filters' kernels, each inside zeros, as ``WinnersInputGradient`` takes them.
    /// - Parameter patches: `[filters, kernelHeight + 2, kernelRowStride]`, zero where no kernel is
    func cutPatches(_ parameters: View<Float>, into patches: MutableView<Float>) {
        let shape = convolution.shape
        let source = parameters.from(convolution.kernel.offset).pointer
        let (channels, filters) = (shape.inputChannels, shape.filters)
        for filter in 0..<filters {
            for y in 0..<shape.kernelHeight {
                let row = patches.pointer + filter * shape.patchCount + (y + 1) * shape.kernelRowStride
                for column in 0..<shape.kernelWidth * channels {
                    row[column] = source[(y * shape.kernelWidth * channels + column) * filters + filter]
                }
            }
        }
    }
}

/// The way back through a convolution with max pooling, along the winners alone.
final class WinnersWayBack {
    private let step: ConvolutionStep
    private let place: StagePlace
    /// Sums of the kernel's gradient, `[filters, kernelHeight, kernelRowStride]`.
    private let kernelSums: Buffer<Float>
    /// Sums a lane of the bias's gradient, `[filters, 16]`.
    private let biasSums: Buffer<Float>
    /// A block's input, then the gradient at it, sample by sample.
    private let samples: Buffer<Float>
    private let lists: (Buffer<Winner>, Buffer<Winner>)
    private let counts: (Buffer<Int32>, Buffer<Int32>)

    init(_ step: PooledConvolutionStep, _ place: StagePlace) {
        self.step = step.convolution
        self.place = place
        let shape = step.convolution.shape
        kernelSums = Buffer(zeros: shape.filters * shape.kernelHeight * shape.kernelRowStride)
        biasSums = Buffer(zeros: shape.filters * blockLanes)
        samples = Buffer(zeros: blockLanes * shape.sampleStride)
        let none = Winner(place: 0, gradient: 0)
        lists = (
            Buffer(blockLanes * shape.filters * shape.filterCapacity, repeating: none),
            Buffer(shape.columnLists * shape.columnCapacity, repeating: none)
        )
        counts = (Buffer(blockLanes * shape.filters, repeating: 0), Buffer(shape.columnLists, repeating: 0))
    }

    private var winners: Winners {
        Winners(
            byFilter: lists.0.mutableView, filterCounts: counts.0.mutableView, byColumn: lists.1.mutableView,
            columnCounts: counts.1.mutableView, shape: step.shape)
    }

    func run(_ block: Int, pooled: MapView, gates: View<UInt8>, scale: Float) {
        let (kernels, shape, winners) = (place.kernels, step.shape, winners)
        kernels.run(
            WinnerSearch(pooled: pooled, gates: gates, scale: scale, winners: winners, bias: biasSums.mutableView))
        kernels.run(
            SampleSplit(
                map: place.input.padded(block), count: shape.inputCount, stride: shape.sampleStride,
                samples: samples.mutableView))
        kernels.run(
            WinnersKernelGradient(samples: samples.view, winners: winners, sums: kernelSums.mutableView))
        guard place.sendsGradient else { return }
        samples.fill(0)
        kernels.run(
            WinnersInputGradient(
                winners: winners, patches: place.derived.from(shape.transformedCount), samples: samples.mutableView))
        let target = place.input.gradient(block)
        let row = shape.inputWidth * shape.inputChannels
        let width = target.layout.rowElements
        let count = target.layout.height * width * blockLanes
        let all = MutableView(target.pointer.elements(count), count: count)
        for y in 0..<target.layout.height {
            let start = (y + step.border.top) * row + step.border.left * shape.inputChannels
            kernels.run(
                SampleJoin(
                    samples: samples.view.from(start), count: width, stride: shape.sampleStride,
                    map: all.from(y * width * blockLanes)))
        }
    }

    func collectSums(into gradient: MutableView<Float>) {
        addKernelSums(to: gradient.from(step.kernel.offset).pointer)
        place.kernels.run(
            RowSums(
                matrix: biasSums.view, rows: step.shape.filters, columns: blockLanes,
                sums: gradient.from(step.bias.offset)))
        kernelSums.fill(0)
        biasSums.fill(0)
    }

    /// Adds `[filters, kernelHeight, kernelRowStride]` to `[kernelHeight, kernelWidth, inputChannels, filters]`.
    private func addKernelSums(to gradient: WritePointer<Float>) {
        let shape = step.shape
        let columns = shape.kernelWidth * shape.inputChannels
        for filter in 0..<shape.filters {
            for y in 0..<shape.kernelHeight {
                let row = kernelSums.pointer + (filter * shape.kernelHeight + y) * shape.kernelRowStride
                for column in 0..<columns {
                    gradient[(y * columns + column) * shape.filters + filter] += row[column]
                }
            }
        }
    }
}
