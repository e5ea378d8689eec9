import KernelInterface

extension TimedKernels {
    func convolveAndPool(
        _ input: UnsafePointer<Float>, kernel: UnsafePointer<Float>, bias: UnsafePointer<Float>,
        shape: ConvolutionShape, pooling: Pooling, output: UnsafeMutablePointer<Float>, layout: MapLayout,
        gates: UnsafeMutablePointer<UInt8>
    ) {
        time("convolveAndPool", shape.sizes, operations: shape.operations) {
            kernels.convolveAndPool(
                input, kernel: kernel, bias: bias, shape: shape, pooling: pooling, output: output, layout: layout,
                gates: gates)
        }
    }

    func unpool(
        _ pooled: UnsafePointer<Float>, layout: MapLayout, gates: UnsafePointer<UInt8>, shape: ConvolutionShape,
        pooling: Pooling, scale: Float, border: Int, gradient: UnsafeMutablePointer<Float>,
        bias: UnsafeMutablePointer<Float>
    ) {
        // Of each window a gradient and a gate are read and four gradients written.
        time("unpool", shape.sizes, bytes: elements(shape.windows * shape.filters) * 21) {
            kernels.unpool(
                pooled, layout: layout, gates: gates, shape: shape, pooling: pooling, scale: scale, border: border,
                gradient: gradient, bias: bias)
        }
    }

    func convolutionKernelGradient(
        _ input: UnsafePointer<Float>, gradient: UnsafePointer<Float>, border: Int, shape: ConvolutionShape,
        kernelGradient: UnsafeMutablePointer<Float>
    ) {
        time("convolutionKernelGradient", shape.sizes, operations: shape.operations) {
            kernels.convolutionKernelGradient(
                input, gradient: gradient, border: border, shape: shape, kernelGradient: kernelGradient)
        }
    }

    func convolutionInputGradient(
        gradient: UnsafePointer<Float>, border: Int, turnedKernel: UnsafePointer<Float>, shape: ConvolutionShape,
        inputGradient: UnsafeMutablePointer<Float>
    ) {
        time("convolutionInputGradient", shape.sizes, operations: shape.operations) {
            kernels.convolutionInputGradient(
                gradient: gradient, border: border, turnedKernel: turnedKernel, shape: shape,
                inputGradient: inputGradient)
        }
    }

    func findWinners(
        _ pooled: UnsafePointer<Float>, layout: MapLayout, gates: UnsafePointer<UInt8>, shape: ConvolutionShape,
        scale: Float, sampleStride: Int, winners: Winners, bias: UnsafeMutablePointer<Float>
    ) {
        time("findWinners", shape.sizes, bytes: elements(shape.windows * shape.filters) * 5) {
            kernels.findWinners(
                pooled, layout: layout, gates: gates, shape: shape, scale: scale, sampleStride: sampleStride,
                winners: winners, bias: bias)
        }
    }

    func winnersKernelGradient(
        _ samples: UnsafePointer<Float>, winners: Winners, shape: ConvolutionShape, sums: UnsafeMutablePointer<Float>
    ) {
        time("winnersKernelGradient", shape.sizes, operations: shape.operations(of: winners)) {
            kernels.winnersKernelGradient(samples, winners: winners, shape: shape, sums: sums)
        }
    }

    func winnersInputGradient(
        _ winners: Winners, patches: UnsafePointer<Float>, shape: ConvolutionShape, sampleStride: Int,
        samples: UnsafeMutablePointer<Float>
    ) {
        time("winnersInputGradient", shape.sizes, operations: shape.operations(of: winners)) {
            kernels.winnersInputGradient(
                winners, patches: patches, shape: shape, sampleStride: sampleStride, samples: samples)
        }
    }

    func splitSamples(
        _ map: UnsafePointer<Float>, count: Int, stride: Int, into samples: UnsafeMutablePointer<Float>
    ) {
        time("splitSamples", .elements(count), bytes: elements(count) * 8) {
            kernels.splitSamples(map, count: count, stride: stride, into: samples)
        }
    }

    func joinSamples(
        _ samples: UnsafePointer<Float>, count: Int, stride: Int, into map: UnsafeMutablePointer<Float>
    ) {
        time("joinSamples", .elements(count), bytes: elements(count) * 8) {
            kernels.joinSamples(samples, count: count, stride: stride, into: map)
        }
    }
}

extension ConvolutionShape {
    fileprivate var sizes: KernelCall.Sizes {
        .convolution(height: outputHeight, width: outputWidth, channels: inputChannels, filters: filters)
    }

    /// Dense operations of one block: the same forward, for the kernel and for the input.
    fileprivate var operations: Double { 2 * Double(outputHeight * outputWidth * kernelCount * blockLanes) }

    /// Operations that the winners of a block owe.
    fileprivate func operations(of winners: Winners) -> Double {
        let count = (0..<filters).reduce(0) { $0 + Int(winners.filterCounts[$1]) }
        return 2 * Double(count * kernel * kernel * inputChannels)
    }
}
