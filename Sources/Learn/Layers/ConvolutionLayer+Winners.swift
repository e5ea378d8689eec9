import KernelInterface

// The backward pass of a convolution with max pooling, along the winners alone.
extension ConvolutionLayer {
    /// Floats of the patches of all filters and positions.
    var patchCount: Int { shape.filters * 4 * shape.patchCount }

    /// Floats from one sample's input to the next where samples lie apart: what kernels may touch behind included.
    var sampleStride: Int { shape.inputHeight * shape.inputWidth * shape.inputChannels + blockLanes }

    /// What a winner at each of a window's four positions sends back to the inputs below the window: the filter's
    /// kernel, shifted by the position, `[filters, 4, kernel + 1, patchRowStride]`.
    func cutPatches(_ parameters: UnsafePointer<Float>, into patches: UnsafeMutablePointer<Float>) {
        let source = parameters + kernel.offset
        let (channels, filters) = (shape.inputChannels, shape.filters)
        for filter in 0..<filters {
            for position in 0..<4 {
                let patch = patches + (filter * 4 + position) * shape.patchCount
                for y in 0..<shape.kernel {
                    for x in 0..<shape.kernel {
                        let row = patch + (y + position / 2) * shape.patchRowStride + (x + position % 2) * channels
                        let tap = source + (y * shape.kernel + x) * channels * filters + filter
                        for channel in 0..<channels { row[channel] = tap[channel * filters] }
                    }
                }
            }
        }
    }

    func followWinners(
        _ kernels: any Kernels, patches: UnsafePointer<Float>, input: UnsafePointer<Float>,
        pooled: UnsafePointer<Float>, layout: MapLayout, gates: UnsafePointer<UInt8>, scale: Float,
        room: ConvolutionRoom, inputGradient: UnsafeMutablePointer<Float>?
    ) {
        let samples = room.samples.pointer
        let count = shape.inputHeight * shape.inputWidth * shape.inputChannels
        kernels.findWinners(
            pooled, layout: layout, gates: gates, shape: shape, scale: scale, sampleStride: sampleStride,
            winners: room.winners, bias: room.biasSums.pointer)
        kernels.splitSamples(input, count: count, stride: sampleStride, into: samples)
        kernels.winnersKernelGradient(samples, winners: room.winners, shape: shape, sums: room.kernelSums.pointer)
        guard let inputGradient else { return }
        room.samples.fill(0)
        kernels.winnersInputGradient(
            room.winners, patches: patches, shape: shape, sampleStride: sampleStride, samples: samples)
        let row = shape.inputWidth * shape.inputChannels
        let width = row - 2 * border * shape.inputChannels
        for y in 0..<shape.inputHeight - 2 * border {
            kernels.joinSamples(
                samples + (y + border) * row + border * shape.inputChannels, count: width, stride: sampleStride,
                into: inputGradient + y * width * blockLanes)
        }
    }

    /// Adds `[filters, kernel, kernelRowStride]` to `[kernel, kernel, inputChannels, filters]`.
    func addWinnerSums(_ sums: UnsafePointer<Float>, to gradient: UnsafeMutablePointer<Float>) {
        for filter in 0..<shape.filters {
            for y in 0..<shape.kernel {
                let row = sums + (filter * shape.kernel + y) * shape.kernelRowStride
                for column in 0..<shape.kernel * shape.inputChannels {
                    gradient[(y * shape.kernel * shape.inputChannels + column) * shape.filters + filter] += row[column]
                }
            }
        }
    }
}

/// What one thread needs for one convolution's backward pass.
final class ConvolutionRoom {
    /// Gradient at the convolution's output, its zero border included, one block.
    let gradient: Buffer<Float>
    /// Sums of the kernel's gradient, a sum a lane (`[kernel, kernel, inputChannels, filters, 16]`) or, where winners
    /// are followed, `[filters, kernel, kernelRowStride]`.
    let kernelSums: Buffer<Float>
    /// Sums a lane of the bias's gradient, `[filters, 16]`.
    let biasSums: Buffer<Float>
    /// A block's input, then the gradient at it, sample by sample.
    let samples: Buffer<Float>
    private let lists: (Buffer<Winner>, Buffer<Winner>)
    private let counts: (Buffer<Int32>, Buffer<Int32>)

    init(_ layer: ConvolutionLayer) {
        let shape = layer.shape
        let sparse = layer.followsWinners
        gradient = Buffer(zeros: sparse ? 0 : layer.gradientCount)
        kernelSums = Buffer(
            zeros: sparse ? shape.filters * shape.kernel * shape.kernelRowStride : shape.kernelCount * blockLanes)
        biasSums = Buffer(zeros: shape.filters * blockLanes)
        samples = Buffer(zeros: sparse ? blockLanes * layer.sampleStride : 0)
        let none = Winner(place: 0, gradient: 0)
        let windows = shape.windows * blockLanes
        lists = (
            Buffer(sparse ? shape.filters * shape.filterCapacity : 0, repeating: none),
            Buffer(sparse ? windows * shape.windowCapacity : 0, repeating: none)
        )
        counts = (Buffer(sparse ? shape.filters : 0, repeating: 0), Buffer(sparse ? windows : 0, repeating: 0))
    }

    var winners: Winners {
        Winners(
            byFilter: lists.0.pointer, filterCounts: counts.0.pointer, byWindow: lists.1.pointer,
            windowCounts: counts.1.pointer)
    }
}
