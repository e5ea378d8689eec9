import KernelInterface

/// A fully connected layer with ReLU (but for the last), over `columns` samples at a time: `[units, columns]`.
struct DenseLayer: Sendable {
    let name: String
    let inputs, outputs: Int
    /// Outputs rounded up to whole vectors: the row stride of the kernel and of its gradient.
    let paddedOutputs: Int
    let rectified: Bool
    let dropout: Dropout?
    let kernel, bias: Parameter

    /// - Parameters:
    ///   - input: `[inputs, columns]`
    ///   - output: `[outputs, columns]`, after ReLU
    func forward(
        _ kernels: any Kernels, parameters: UnsafePointer<Float>, input: UnsafePointer<Float>,
        output: UnsafeMutablePointer<Float>, columns: Int
    ) {
        let product = Product(
            m: outputs, n: columns, k: inputs, aStride: columns, bStride: paddedOutputs, bColumn: 1, cStride: columns)
        let biases = parameters + bias.offset
        kernels.multiply(
            product, a: input, b: parameters + kernel.offset, c: output,
            end: rectified ? .biasReLU(biases) : .bias(biases))
    }

    /// - Parameters:
    ///   - input: `[inputs, columns]`
    ///   - output: what ``forward(_:parameters:input:output:columns:)`` and dropout left, `[outputs, columns]`
    ///   - gradient: at the output, `[outputs, columns]`; becomes the gradient before ReLU
    ///   - turned: room for `[columns, paddedOutputs]`; what lies in the padding stays zero
    ///   - scale: dropout's factor, 1 without dropout
    ///   - parameterGradient: the whole vector's, added to
    ///   - inputGradient: `[inputs, columns]`
    func backward(
        _ kernels: any Kernels, parameters: UnsafePointer<Float>, input: UnsafePointer<Float>,
        output: UnsafePointer<Float>, gradient: UnsafeMutablePointer<Float>, turned: UnsafeMutablePointer<Float>,
        columns: Int, scale: Float, parameterGradient: UnsafeMutablePointer<Float>,
        inputGradient: UnsafeMutablePointer<Float>
    ) {
        if rectified {
            // A dropped activation is zero as one that ReLU cut off: one gate serves both.
            kernels.gate(gradient, output: output, scale: scale, count: outputs * columns)
        }
        kernels.addRowSums(gradient, rows: outputs, columns: columns, sums: parameterGradient + bias.offset)
        kernels.transpose(gradient, rows: outputs, columns: columns, into: turned, rowStride: paddedOutputs)
        let kernelGradient = Product(
            m: inputs, n: paddedOutputs, k: columns, aStride: paddedOutputs, bStride: 1, bColumn: columns,
            cStride: paddedOutputs)
        kernels.multiply(
            kernelGradient, a: turned, b: input, c: parameterGradient + kernel.offset, end: .accumulate)
        let back = Product(
            m: inputs, n: columns, k: outputs, aStride: columns, bStride: 1, bColumn: paddedOutputs, cStride: columns)
        kernels.multiply(back, a: gradient, b: parameters + kernel.offset, c: inputGradient, end: .store)
    }
}
