import KernelInterface
import Testing

@testable import Learn

/// Every fast kernel leaves the bits of its plain twin and nothing outside its buffers, for sizes that make the tails
/// of all loops run.
@Suite struct KernelTests {
    static let fast = KernelChoice.available.indices
    static let reference = ReferenceKernels()

    struct Case: CustomTestStringConvertible, Sendable {
        let edge, channels, kernel, filters: Int
        var testDescription: String { "\(edge)x\(edge)x\(channels), \(filters)@\(kernel)x\(kernel)" }
        var shape: ConvolutionShape {
            ConvolutionShape(
                inputHeight: edge, inputWidth: edge, inputChannels: channels, kernel: kernel, filters: filters)
        }
    }

    static let cases = [
        Case(edge: 2, channels: 1, kernel: 1, filters: 1), Case(edge: 6, channels: 1, kernel: 5, filters: 6),
        Case(edge: 6, channels: 7, kernel: 3, filters: 19), Case(edge: 8, channels: 19, kernel: 5, filters: 7),
        Case(edge: 10, channels: 2, kernel: 7, filters: 8), Case(edge: 7, channels: 3, kernel: 4, filters: 5),
        Case(edge: 14, channels: 6, kernel: 5, filters: 16),
        Case(edge: 14, channels: 12, kernel: 5, filters: 32),
    ]

    @Test(arguments: fast, cases)
    func convolveAndPool(kernels: Int, item: Case) {
        let shape = item.shape
        var random = Random(test: 1)
        let input = Guarded(random.floats(shape.inputHeight * shape.inputWidth * shape.inputChannels * blockLanes))
        let weights = Guarded(random.floats(shape.kernelCount))
        let bias = Guarded(random.floats(shape.filters))
        let pooled = shape.pooledHeight * shape.pooledWidth * shape.filters
        // A row and an element wider than need be, as inside the next layer's border or a matrix.
        let layout = MapLayout(element: 48, row: shape.pooledWidth * shape.filters + 3)
        for pooling in [Pooling.average, .maximum] {
            let (found, expected) = pair(Self.fastest(kernels)) { kernels in
                let output = Guarded(filled: shape.pooledHeight * layout.row * layout.element)
                let gates = Guarded([UInt8](repeating: 9, count: pooled * blockLanes))
                kernels.convolveAndPool(
                    input.pointer, kernel: weights.pointer, bias: bias.pointer, shape: shape, pooling: pooling,
                    output: output.pointer, layout: layout, gates: gates.pointer)
                return (output.values, gates.values, output.isIntact && gates.isIntact)
            }
            #expect(found.0 == expected.0)
            #expect(found.1 == expected.1)
            #expect(found.2)
        }
    }

    @Test(arguments: fast, cases)
    func convolutionGradients(kernels: Int, item: Case) {
        let shape = item.shape
        let border = shape.kernel - 1
        var random = Random(test: 2)
        let input = Guarded(random.floats(shape.inputHeight * shape.inputWidth * shape.inputChannels * blockLanes))
        let turned = Guarded(random.floats(shape.kernelCount))
        let pooledCount = shape.pooledHeight * shape.pooledWidth * shape.filters * blockLanes
        let pooled = Guarded(random.floats(pooledCount))
        let layout = MapLayout(element: blockLanes, row: shape.pooledWidth * shape.filters)
        let edge = shape.outputHeight + 2 * border
        for (pooling, states) in [(Pooling.average, 16), (.maximum, 5)] {
            let gates = Guarded((0..<pooledCount).map { _ in UInt8(random.next(below: states)) })
            let (found, expected) = pair(Self.fastest(kernels)) { kernels in
                let gradient = Guarded(filled: edge * edge * shape.filters * blockLanes, 0)
                let bias = Guarded(filled: shape.filters * blockLanes, 1)
                let kernelGradient = Guarded(filled: shape.kernelCount * blockLanes, 2)
                let inputGradient = Guarded(
                    filled: shape.inputHeight * shape.inputWidth * shape.inputChannels * blockLanes)
                kernels.unpool(
                    pooled.pointer, layout: layout, gates: gates.pointer, shape: shape, pooling: pooling, scale: 1.25,
                    border: border, gradient: gradient.pointer, bias: bias.pointer)
                kernels.convolutionKernelGradient(
                    input.pointer, gradient: gradient.pointer, border: border, shape: shape,
                    kernelGradient: kernelGradient.pointer)
                kernels.convolutionInputGradient(
                    gradient: gradient.pointer, border: border, turnedKernel: turned.pointer, shape: shape,
                    inputGradient: inputGradient.pointer)
                let buffers = [gradient, bias, kernelGradient, inputGradient]
                return (buffers.map(\.values), buffers.allSatisfy(\.isIntact))
            }
            #expect(found.0 == expected.0)
            #expect(found.1)
        }
    }

    @Test(arguments: fast, cases)
    func winners(kernels: Int, item: Case) {
        let shape = item.shape
        let count = shape.inputHeight * shape.inputWidth * shape.inputChannels
        let sampleStride = count + blockLanes
        var random = Random(test: 12)
        let input = Guarded(random.floats(count * blockLanes))
        let pooledCount = shape.windows * shape.filters * blockLanes
        let pooled = Guarded(random.floats(pooledCount))
        let gates = Guarded((0..<pooledCount).map { _ in UInt8(random.next(below: 5)) })
        let patches = Guarded(patches(shape, random.floats(shape.filters * 4 * shape.patchCount)))
        let layout = MapLayout(element: blockLanes, row: shape.pooledWidth * shape.filters)
        let (found, expected) = pair(Self.fastest(kernels)) { kernels in
            let lists = WinnerBuffers(shape)
            let bias = Guarded(filled: shape.filters * blockLanes, 0.5)
            let samples = Guarded(filled: blockLanes * sampleStride, 0)
            let sums = Guarded(filled: shape.filters * shape.kernel * shape.kernelRowStride, 0)
            let gradients = Guarded(filled: blockLanes * sampleStride, 0)
            let joined = Guarded(filled: count * blockLanes)
            kernels.findWinners(
                pooled.pointer, layout: layout, gates: gates.pointer, shape: shape, scale: 1.25,
                sampleStride: sampleStride, winners: lists.winners, bias: bias.pointer)
            kernels.splitSamples(input.pointer, count: count, stride: sampleStride, into: samples.pointer)
            kernels.winnersKernelGradient(samples.pointer, winners: lists.winners, shape: shape, sums: sums.pointer)
            kernels.winnersInputGradient(
                lists.winners, patches: patches.pointer, shape: shape, sampleStride: sampleStride,
                samples: gradients.pointer)
            kernels.joinSamples(gradients.pointer, count: count, stride: sampleStride, into: joined.pointer)
            let intact = [bias, samples, sums, gradients, joined].allSatisfy(\.isIntact)
            return (
                [bias.values, samples.values, rows(of: sums.values, shape), joined.values], intact && lists.isIntact
            )
        }
        #expect(found.0 == expected.0)
        #expect(found.1)
    }

    /// Numbers as patches: zero where a row is padded.
    private func patches(_ shape: ConvolutionShape, _ values: [Float]) -> [Float] {
        values.enumerated().map { place, value in
            place % shape.patchRowStride < (shape.kernel + 1) * shape.inputChannels ? value : 0
        }
    }

    /// The sums without the padding of their rows, which means nothing.
    private func rows(of sums: [Float], _ shape: ConvolutionShape) -> [Float] {
        sums.enumerated().filter { $0.offset % shape.kernelRowStride < shape.kernel * shape.inputChannels }.map(
            \.element)
    }

    @Test(arguments: fast, [1, 7, 8, 19])
    func products(kernels: Int, size: Int) {
        var random = Random(test: 3)
        for columns in [16, 48, 112, 128] {
            let product = Product(
                m: size, n: columns, k: size + 3, aStride: columns + 16, bStride: 2, bColumn: 3 * size, cStride: columns
            )
            let a = Guarded(random.floats((size + 3) * (columns + 16)))
            let b = Guarded(random.floats(3 * size * size + 2 * (size + 3)))
            let bias = Guarded(random.floats(size))
            let ends = [ProductEnd.accumulate, .store, .bias(bias.pointer), .biasReLU(bias.pointer)]
            for end in ends {
                let (found, expected) = pair(Self.fastest(kernels)) { kernels in
                    let c = Guarded(filled: size * columns, 3)
                    kernels.multiply(product, a: a.pointer, b: b.pointer, c: c.pointer, end: end)
                    return (c.values, c.isIntact)
                }
                #expect(found.0 == expected.0)
                #expect(found.1)
            }
        }
    }

    @Test(arguments: fast)
    func gather(kernels: Int) {
        var random = Random(test: 4)
        let edge = 9
        let pixels = Guarded((0..<20 * edge * edge).map { _ in UInt8(random.next(below: 256)) })
        let images = Guarded((0..<16).map { _ in Int32(random.next(below: 20)) }, sentinel: -1)
        for count in [1, 7, 16] {
            let (found, expected) = pair(Self.fastest(kernels)) { kernels in
                let map = Guarded(filled: (edge + 4) * (edge + 4) * blockLanes)
                kernels.gather(
                    pixels: pixels.pointer, edge: edge, images: images.pointer, count: count, border: 2,
                    into: map.pointer)
                return (map.values, map.isIntact)
            }
            #expect(found.0 == expected.0)
            #expect(found.1)
        }
    }

    @Test(arguments: fast)
    func elementwise(kernels: Int) {
        var random = Random(test: 5)
        let keys = Guarded((0..<16).map { _ in UInt32(truncatingIfNeeded: random.next()) }, sentinel: 0)
        let setting = DropoutSetting(
            keys: keys.pointer, firstElement: 77, threshold: UInt32(0.3 * 0x1p32), scale: 1.5, closedGate: 4)
        let values = random.floats(19 * 32)
        let other = Guarded(random.floats(19 * 32))
        let (found, expected) = pair(Self.fastest(kernels)) { kernels in
            let dropped = Guarded(values)
            let gates = Guarded([UInt8](repeating: 2, count: 19 * blockLanes))
            kernels.dropout(dropped.pointer, gates: gates.pointer, count: 19, stride: 32, setting: setting)
            let gated = Guarded(values)
            kernels.gate(gated.pointer, output: other.pointer, scale: 1.25, count: 19 * 32)
            let matrix = Guarded(values)
            let turned = Guarded(filled: 32 * 24)
            kernels.transpose(matrix.pointer, rows: 19, columns: 32, into: turned.pointer, rowStride: 24)
            let sums = Guarded(filled: 19, 0.5)
            kernels.addRowSums(matrix.pointer, rows: 19, columns: 32, sums: sums.pointer)
            let buffers = [dropped, gated, turned, sums]
            return (buffers.map(\.values), gates.values, buffers.allSatisfy(\.isIntact) && gates.isIntact)
        }
        #expect(found.0 == expected.0)
        #expect(found.1 == expected.1)
        #expect(found.2)
        let share = Double(found.1.count { $0 == 4 }) / Double(found.1.count)
        #expect(abs(share - 0.3) < 0.1)
    }

    @Test(arguments: fast)
    func adadelta(kernels: Int) {
        var random = Random(test: 6)
        let count = 112
        let start = random.floats(count)
        let means = random.floats(count).map { $0 * $0 }
        let parts = Guarded(random.floats(3 * count))
        let (found, expected) = pair(Self.fastest(kernels)) { kernels in
            let buffers = [Guarded(start), Guarded(means), Guarded(means)]
            kernels.adadelta(
                parameters: buffers[0].pointer, squaredGradient: buffers[1].pointer, squaredUpdate: buffers[2].pointer,
                parts: parts.pointer, partCount: 3, partStride: count, count: count,
                constants: AdadeltaConstants(learningRate: 0.7, rho: 0.95, epsilon: 1e-7))
            return (buffers.map(\.values), buffers.allSatisfy(\.isIntact))
        }
        #expect(found.0 == expected.0)
        #expect(found.1)
    }

    /// The plain twin uses the system's exponential and logarithm in double precision, so here the last bits differ.
    @Test(arguments: fast)
    func softmaxCrossEntropy(kernels: Int) {
        var random = Random(test: 7)
        let labels = Guarded((0..<16).map { $0 == 5 ? -1 : Int32($0 % 10) }, sentinel: 0)
        for scale: Float in [0.001, 1, 10, 80] {
            let logits = random.floats(10 * 32, scale: scale)
            let (found, expected) = pair(Self.fastest(kernels)) { kernels in
                let probabilities = Guarded(logits)
                let gradient = Guarded(filled: 10 * 32, 0)
                let losses = Guarded(filled: 16)
                kernels.softmaxCrossEntropy(
                    logits: probabilities.pointer, classes: 10, stride: 32, labels: labels.pointer,
                    gradientScale: 0.25, gradient: gradient.pointer, losses: losses.pointer)
                let buffers = [probabilities, gradient, losses]
                return (buffers.map(\.values), buffers.allSatisfy(\.isIntact))
            }
            for (a, b) in zip(found.0, expected.0) { #expect(relativeError(a, b) < 3e-7) }
            #expect(found.0[2][5] == 0)
            #expect(found.1)
        }
    }

    /// All vector widths leave the same bits even where the plain twin does not.
    @Test func softmaxHasTheSameBitsAtEveryWidth() {
        var random = Random(test: 8)
        let logits = random.floats(10 * 16, scale: 20)
        let labels = Guarded((0..<16).map { Int32($0 % 10) }, sentinel: 0)
        let results = KernelChoice.available.map { kernels in
            let buffers = [Guarded(logits), Guarded(filled: 160), Guarded(filled: 16)]
            kernels.softmaxCrossEntropy(
                logits: buffers[0].pointer, classes: 10, stride: 16, labels: labels.pointer, gradientScale: 1,
                gradient: buffers[1].pointer, losses: buffers[2].pointer)
            return buffers.map(\.values)
        }
        for result in results { #expect(result == results[0]) }
    }

    private static func fastest(_ index: Int) -> any Kernels { KernelChoice.available[index] }

    /// What the fast and the plain kernels leave.
    private func pair<Result>(_ fast: any Kernels, _ work: (any Kernels) -> Result) -> (Result, Result) {
        (work(fast), work(Self.reference))
    }
}
