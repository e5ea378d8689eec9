import KernelInterface

/// Kernels that time each call of others: so each is measured on the data and in the order of a real training, and
/// what the winners of max pooling leave out is left out as it really is.
struct TimedKernels: Kernels {
    let kernels: any Kernels
    let profile = KernelProfile()

    var name: String { kernels.name }

    func time(
        _ kernel: String, _ sizes: KernelCall.Sizes = .none, operations: Double = 0, bytes: Double = 0,
        _ work: () -> Void
    ) {
        let seconds = seconds(work)
        profile.add(
            KernelWork(seconds: seconds, operations: operations, bytes: bytes),
            to: KernelCall(kernel: kernel, sizes: sizes))
    }

    func gather(
        pixels: UnsafePointer<UInt8>, edge: Int, images: UnsafePointer<Int32>, count: Int, border: Int,
        into map: UnsafeMutablePointer<Float>
    ) {
        time("gather", bytes: elements(edge * edge) * 5) {
            kernels.gather(pixels: pixels, edge: edge, images: images, count: count, border: border, into: map)
        }
    }

    func dropout(
        _ values: UnsafeMutablePointer<Float>, gates: UnsafeMutablePointer<UInt8>?, count: Int, stride: Int,
        setting: DropoutSetting
    ) {
        time("dropout", .elements(count), bytes: elements(count) * (gates == nil ? 8 : 10)) {
            kernels.dropout(values, gates: gates, count: count, stride: stride, setting: setting)
        }
    }

    func multiply(
        _ product: Product, a: UnsafePointer<Float>, b: UnsafePointer<Float>, c: UnsafeMutablePointer<Float>,
        end: ProductEnd
    ) {
        let (kernel, sizes): (String, KernelCall.Sizes) =
            switch end {
            case .bias, .biasReLU: ("multiply, forward", .dense(inputs: product.k, outputs: product.m))
            case .accumulate: ("multiply, weights", .dense(inputs: product.m, outputs: product.n))
            case .store: ("multiply, inputs", .dense(inputs: product.m, outputs: product.k))
            }
        time(kernel, sizes, operations: 2 * Double(product.m * product.n * product.k)) {
            kernels.multiply(product, a: a, b: b, c: c, end: end)
        }
    }

    func gate(_ gradient: UnsafeMutablePointer<Float>, output: UnsafePointer<Float>, scale: Float, count: Int) {
        time("gate", bytes: Double(count) * 12) {
            kernels.gate(gradient, output: output, scale: scale, count: count)
        }
    }

    func transpose(
        _ matrix: UnsafePointer<Float>, rows: Int, columns: Int, into transposed: UnsafeMutablePointer<Float>,
        rowStride: Int
    ) {
        time("transpose", bytes: Double(rows * columns) * 8) {
            kernels.transpose(matrix, rows: rows, columns: columns, into: transposed, rowStride: rowStride)
        }
    }

    func addRowSums(_ matrix: UnsafePointer<Float>, rows: Int, columns: Int, sums: UnsafeMutablePointer<Float>) {
        time("addRowSums", bytes: Double(rows * columns) * 4) {
            kernels.addRowSums(matrix, rows: rows, columns: columns, sums: sums)
        }
    }

    func softmaxCrossEntropy(
        logits: UnsafeMutablePointer<Float>, classes: Int, stride: Int, labels: UnsafePointer<Int32>,
        gradientScale: Float, gradient: UnsafeMutablePointer<Float>, losses: UnsafeMutablePointer<Float>
    ) {
        time("softmaxCrossEntropy", bytes: elements(classes) * 12) {
            kernels.softmaxCrossEntropy(
                logits: logits, classes: classes, stride: stride, labels: labels, gradientScale: gradientScale,
                gradient: gradient, losses: losses)
        }
    }

    func adadelta(
        parameters: UnsafeMutablePointer<Float>, squaredGradient: UnsafeMutablePointer<Float>,
        squaredUpdate: UnsafeMutablePointer<Float>, parts: UnsafePointer<Float>, partCount: Int, partStride: Int,
        count: Int, constants: AdadeltaConstants
    ) {
        time("adadelta", bytes: Double(count * (4 * partCount + 24))) {
            kernels.adadelta(
                parameters: parameters, squaredGradient: squaredGradient, squaredUpdate: squaredUpdate, parts: parts,
                partCount: partCount, partStride: partStride, count: count, constants: constants)
        }
    }

    /// Elements of a block, 16 samples each.
    func elements(_ count: Int) -> Double { Double(count * blockLanes) }
}
