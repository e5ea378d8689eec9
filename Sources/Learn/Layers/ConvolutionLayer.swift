import KernelInterface

/// A convolution with ReLU and the 2x2 pooling behind it, over one block of 16 samples.
struct ConvolutionLayer: Sendable {
    let name, poolName: String
    let shape: ConvolutionShape
    /// Width of the zero border that padding adds on each side of the input.
    let border: Int
    let pooling: Pooling
    let dropout: Dropout?
    let kernel, bias: Parameter

    /// Elements after pooling, a sample.
    var pooledCount: Int { shape.pooledHeight * shape.pooledWidth * shape.filters }

    /// Border inside which the gradient at the output is kept, so that the gradient at the input is a convolution.
    var gradientBorder: Int { shape.kernel - 1 - border }

    /// Floats of the gradient at the output with its border, a block.
    var gradientCount: Int {
        (shape.outputHeight + 2 * gradientBorder) * (shape.outputWidth + 2 * gradientBorder) * shape.filters
            * blockLanes
    }

    /// - Parameters:
    ///   - input: `[inputHeight, inputWidth, inputChannels, 16]`, border included
    ///   - output: `[pooledHeight, pooledWidth, filters, 16]`, laid out as `layout` says
    ///   - gates: `[pooledHeight, pooledWidth, filters, 16]`
    func forward(
        _ kernels: any Kernels, parameters: UnsafePointer<Float>, input: UnsafePointer<Float>,
        output: UnsafeMutablePointer<Float>, layout: MapLayout, gates: UnsafeMutablePointer<UInt8>
    ) {
        kernels.convolveAndPool(
            input, kernel: parameters + kernel.offset, bias: parameters + bias.offset, shape: shape,
            pooling: pooling, output: output, layout: layout, gates: gates)
    }

    /// Whether the backward pass follows the winners of max pooling. A single input channel is better served by the
    /// dense pass, whose vectors run across samples.
    var followsWinners: Bool { pooling == .maximum && shape.inputChannels > 1 }

    /// Floats of what the kernel is turned into for the backward pass.
    var turnedCount: Int { followsWinners ? patchCount : shape.kernelCount }

    /// Brings the kernel into the form that the backward pass reads.
    func turnKernel(_ parameters: UnsafePointer<Float>, into turned: UnsafeMutablePointer<Float>) {
        if followsWinners {
            cutPatches(parameters, into: turned)
        } else {
            turnDenseKernel(parameters, into: turned)
        }
    }

    /// The kernel turned by 180 degrees with its channels swapped, `[kernel, kernel, filters, inputChannels]`: the
    /// kernel with which the gradient at the output becomes the gradient at the input.
    private func turnDenseKernel(_ parameters: UnsafePointer<Float>, into turned: UnsafeMutablePointer<Float>) {
        let taps = shape.kernel * shape.kernel
        let (channels, filters) = (shape.inputChannels, shape.filters)
        let source = parameters + kernel.offset
        for tap in 0..<taps {
            for channel in 0..<channels {
                for filter in 0..<filters {
                    turned[((taps - 1 - tap) * filters + filter) * channels + channel] =
                        source[(tap * channels + channel) * filters + filter]
                }
            }
        }
    }

    /// Adds to the gradient of the layer's parameters, and gives the one at its input.
    /// - Parameters:
    ///   - turnedKernel: what ``turnKernel(_:into:)`` left
    ///   - input: as in the forward pass
    ///   - pooled: gradient at the layer's output, laid out as `layout` says
    ///   - scale: dropout's factor, 1 without dropout
    ///   - room: the layer's, of the thread that calls
    ///   - inputGradient: `[height, width, inputChannels, 16]` without border, or nil if nobody needs it
    func backward(
        _ kernels: any Kernels, turnedKernel: UnsafePointer<Float>, input: UnsafePointer<Float>,
        pooled: UnsafePointer<Float>, layout: MapLayout, gates: UnsafePointer<UInt8>, scale: Float,
        room: ConvolutionRoom, inputGradient: UnsafeMutablePointer<Float>?
    ) {
        if followsWinners {
            followWinners(
                kernels, patches: turnedKernel, input: input, pooled: pooled, layout: layout, gates: gates,
                scale: scale, room: room, inputGradient: inputGradient)
            return
        }
        let gradient = room.gradient.pointer
        kernels.unpool(
            pooled, layout: layout, gates: gates, shape: shape, pooling: pooling, scale: scale,
            border: gradientBorder, gradient: gradient, bias: room.biasSums.pointer)
        kernels.convolutionKernelGradient(
            input, gradient: gradient, border: gradientBorder, shape: shape, kernelGradient: room.kernelSums.pointer)
        if let inputGradient {
            kernels.convolutionInputGradient(
                gradient: gradient, border: gradientBorder, turnedKernel: turnedKernel, shape: shape,
                inputGradient: inputGradient)
        }
    }

    /// Adds the sums that the blocks left to the gradient of all parameters, and sets them back to zero.
    func collectSums(_ kernels: any Kernels, _ room: ConvolutionRoom, into gradient: UnsafeMutablePointer<Float>) {
        if followsWinners {
            addWinnerSums(room.kernelSums.pointer, to: gradient + kernel.offset)
        } else {
            kernels.addRowSums(
                room.kernelSums.pointer, rows: shape.kernelCount, columns: blockLanes, sums: gradient + kernel.offset)
        }
        kernels.addRowSums(
            room.biasSums.pointer, rows: shape.filters, columns: blockLanes, sums: gradient + bias.offset)
        room.kernelSums.fill(0)
        room.biasSums.fill(0)
    }
}
