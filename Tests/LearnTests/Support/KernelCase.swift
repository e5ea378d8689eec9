import KernelInterface
import Testing

@testable import Learn

/// A call of a kernel, or a few that belong together, on made-up numbers: fast kernels leave the bits of the plain ones
/// and nothing outside their buffers, and a way back is the transposed way there.
struct KernelCase: Sendable, CustomTestStringConvertible {
    let name: String
    /// Runs the calls on memory of the arena.
    let run: @Sendable (any Kernels, inout Arena) -> Void

    var testDescription: String { name }

    /// What a kernel reads and writes, between sentinels.
    struct Arena {
        var random: Random
        private(set) var outputs: [(name: String, values: () -> [Float], isIntact: () -> Bool)] = []
        /// Pairs of inner products that must be equal: <way there(x), g> and <x, way back(g)>.
        private(set) var balances: [(name: String, there: Double, back: Double)] = []

        init(seed: Int) { random = Random(test: seed) }

        mutating func input(_ count: Int, scale: Float = 1) -> Guarded<Float> {
            Guarded(random.floats(count, scale: scale))
        }

        /// A buffer whose content is compared.
        mutating func output(_ name: String, _ count: Int, _ value: Float = 0) -> Guarded<Float> {
            output(name, Guarded(filled: count, value))
        }

        mutating func output(_ name: String, _ buffer: Guarded<Float>) -> Guarded<Float> {
            outputs.append((name, { buffer.values }, { buffer.isIntact }))
            return buffer
        }

        mutating func output<Number: BinaryInteger & BitwiseCopyable & Sendable>(
            _ name: String, _ values: [Number], sentinel: Number
        ) -> Guarded<Number> {
            let buffer = Guarded(values, sentinel: sentinel)
            outputs.append((name, { buffer.values.map { Float($0) } }, { buffer.isIntact }))
            return buffer
        }

        /// What counts of an output where some of it is padding without meaning.
        mutating func output(_ name: String, _ buffer: Guarded<Float>, where counts: @escaping (Int) -> Bool) {
            outputs.append(
                (name, { buffer.values.enumerated().filter { counts($0.offset) }.map(\.element) }, { buffer.isIntact }))
        }

        mutating func balance(_ name: String, there: ([Float], [Float]), back: ([Float], [Float])) {
            balances.append((name, dot(there), dot(back)))
        }

        private func dot(_ pair: ([Float], [Float])) -> Double {
            zip(pair.0, pair.1).reduce(0) { $0 + Double($1.0) * Double($1.1) }
        }
    }

    static let all = convolutions + pooledConvolutions + poolings + elementwise + units + optimizers
}

extension Guarded {
    var view: View<Element> { View(pointer, count: count) }
    var mutableView: MutableView<Element> { MutableView(pointer, count: count) }
}

extension KernelCase {
    /// Sizes that make the tails of all loops run, strides and borders of all kinds.
    private static let shapes: [ConvolutionShape] = [
        shape(2, 2, 1, kernel: (1, 1), filters: 1), shape(6, 6, 1, kernel: (5, 5), filters: 6),
        shape(6, 7, 7, kernel: (3, 3), filters: 19), shape(8, 8, 19, kernel: (5, 5), filters: 7),
        shape(10, 9, 2, kernel: (7, 6), filters: 8), shape(7, 7, 3, kernel: (4, 4), filters: 5),
        shape(9, 8, 3, kernel: (3, 2), stride: (2, 2), filters: 10),
        shape(9, 9, 2, kernel: (2, 5), stride: (3, 1), filters: 3),
        shape(8, 7, 4, kernel: (1, 1), stride: (2, 3), filters: 9), shape(5, 5, 2, kernel: (5, 5), filters: 16),
        shape(6, 12, 32, kernel: (3, 3), filters: 16), shape(7, 6, 64, kernel: (3, 3), filters: 8),
        // In tiles, which overlap where the sides are no multiple of theirs.
        shape(10, 12, 7, kernel: (5, 5), filters: 19), shape(8, 8, 5, kernel: (3, 3), filters: 9),
    ]

    private static func shape(
        _ height: Int, _ width: Int, _ channels: Int, kernel: (Int, Int), stride: (Int, Int) = (1, 1), filters: Int
    ) -> ConvolutionShape {
        ConvolutionShape(
            inputHeight: height, inputWidth: width, inputChannels: channels, kernelHeight: kernel.0,
            kernelWidth: kernel.1, strideHeight: stride.0, strideWidth: stride.1, filters: filters)
    }

    private static func describe(_ shape: ConvolutionShape) -> String {
        "\(shape.inputHeight)x\(shape.inputWidth)x\(shape.inputChannels), "
            + "\(shape.filters)@\(shape.kernelHeight)x\(shape.kernelWidth) "
            + "stride \(shape.strideHeight)x\(shape.strideWidth)"
    }

    /// A block's maps inside memory that is wider than need be, as inside a border or in a matrix.
    private static func wide(_ height: Int, _ width: Int, _ channels: Int) -> MapLayout {
        MapLayout(height: height, width: width, channels: channels, element: 48, row: width * channels + 3)
    }

    private static func count(_ layout: MapLayout) -> Int { layout.height * layout.row * layout.element }

    /// The numbers of maps in order.
    private static func numbers(_ map: MapView) -> [Float] {
        let layout = map.layout
        return (0..<layout.height).flatMap { y in
            (0..<layout.rowElements).flatMap { element in
                (0..<blockLanes).map { map.pointer[(y * layout.row + element) * layout.element + $0] }
            }
        }
    }

    /// What the lanes of a block come to, each number's added up.
    private static func laneSums(_ sums: Guarded<Float>) -> [Float] {
        let values = sums.values
        return stride(from: 0, to: values.count, by: blockLanes).map { first in
            values[first..<first + blockLanes].reduce(0, +)
        }
    }

    static let convolutions = shapes.map { shape in
        KernelCase(name: "convolution \(describe(shape))") { kernels, arena in
            let input = arena.input(shape.inputCount * blockLanes)
            let weights = arena.input(shape.kernelCount)
            let (forward, scratch) = (Guarded(forward(weights.values, shape)), Guarded(filled: shape.scratchCount, 0))
            let bias = arena.input(shape.filters)
            let none = Guarded(filled: shape.filters, 0)
            let layout = wide(shape.outputHeight, shape.outputWidth, shape.filters)
            func convolve(_ bias: Guarded<Float>, _ rectified: Bool, _ output: Guarded<Float>) -> MutableMapView {
                let map = MutableMapView(output.mutableView, layout)
                kernels.run(
                    Convolution(
                        input: input.view, kernel: forward.view, bias: bias.view, shape: shape, rectified: rectified,
                        output: map, scratch: scratch.mutableView))
                return map
            }
            _ = convolve(bias, true, arena.output("rectified", count(layout), 777))
            let linear = numbers(convolve(none, false, arena.output("linear", count(layout), 777)).read)

            // The gradient inside its border of zeros, one element wide.
            let row = (shape.outputWidth + 2) * shape.filters
            let padded = Guarded(filled: (shape.outputHeight + 2) * row * blockLanes, 0)
            let gradient = MutableMapView(
                padded.mutableView.from((row + shape.filters) * blockLanes),
                MapLayout(height: shape.outputHeight, width: shape.outputWidth, channels: shape.filters, row: row))
            for y in 0..<shape.outputHeight {
                for place in 0..<shape.outputWidth * shape.filters * blockLanes {
                    gradient.pointer[y * row * blockLanes + place] = 2 * arena.random.unit() - 1
                }
            }
            let sums = arena.output("kernel gradient", shape.kernelCount * blockLanes)
            kernels.run(
                ConvolutionKernelGradient(
                    input: input.view, gradient: gradient.read, shape: shape, sums: sums.mutableView))
            let turned = Guarded(turn(weights.values, shape))
            let back = arena.output("input gradient", shape.inputCount * blockLanes, 777)
            kernels.run(
                ConvolutionInputGradient(
                    gradient: padded.view, turnedKernel: turned.view, shape: shape, top: 0, left: 0,
                    inputGradient: MutableMapView(
                        back.mutableView,
                        MapLayout(
                            height: shape.inputHeight, width: shape.inputWidth, channels: shape.inputChannels))))
            let target = numbers(gradient.read)
            arena.balance("input", there: (linear, target), back: (input.values, back.values))
            arena.balance("kernel", there: (linear, target), back: (weights.values, laneSums(sums)))
            guard shape.inputHeight > 3, shape.inputWidth > 3 else { return }
            // The same without the border that padding put around the input.
            let inner = MapLayout(
                height: shape.inputHeight - 3, width: shape.inputWidth - 2, channels: shape.inputChannels)
            let cut = arena.output("inner input gradient", count(inner), 777)
            kernels.run(
                ConvolutionInputGradient(
                    gradient: padded.view, turnedKernel: turned.view, shape: shape, top: 1, left: 2,
                    inputGradient: MutableMapView(cut.mutableView, inner)))
        }
    }

    /// The kernel as the forward pass takes it: `G kernel G'` where it is transformed.
    private static func forward(_ weights: [Float], _ shape: ConvolutionShape) -> [Float] {
        guard shape.tileExtent != nil else { return weights }
        let (size, count) = (shape.kernelHeight, shape.inputChannels * shape.filters)
        let powers: [[Double]] = [
            [1, 0, 0, 0, 0], [1, 1, 1, 1, 1], [1, -1, 1, -1, 1], [1, 2, 4, 8, 16], [1, -2, 4, -8, 16],
        ]
        let points = zip(powers, [4, -6, -6, 24, 24]).map { row, factor in row.prefix(size).map { $0 / factor } }
        let matrix = points + [[Double](repeating: 0, count: size - 1) + [1]]
        return (0..<36 * count).map { index in
            let (point, weight) = (index / count, index % count)
            return Float(
                (0..<size * size).reduce(0.0) { sum, tap in
                    sum + matrix[point / 6][tap / size] * matrix[point % 6][tap % size]
                        * Double(weights[tap * count + weight])
                })
        }
    }

    /// The kernel turned by 180 degrees, channels swapped.
    private static func turn(_ weights: [Float], _ shape: ConvolutionShape) -> [Float] {
        let taps = shape.kernelHeight * shape.kernelWidth
        var turned = weights
        for tap in 0..<taps {
            for channel in 0..<shape.inputChannels {
                for filter in 0..<shape.filters {
                    turned[((taps - 1 - tap) * shape.filters + filter) * shape.inputChannels + channel] =
                        weights[(tap * shape.inputChannels + channel) * shape.filters + filter]
                }
            }
        }
        return turned
    }

    static let pooledConvolutions = shapes.filter { $0.strideHeight == 1 && $0.strideWidth == 1 }.flatMap { shape in
        [Pooling.average, .maximum].map { pooling in
            KernelCase(name: "pooled convolution, \(pooling), \(describe(shape))") { kernels, arena in
                let input = arena.input(shape.inputCount * blockLanes)
                let weights = arena.input(shape.kernelCount)
                let (forward, scratch) = (
                    Guarded(forward(weights.values, shape)), Guarded(filled: shape.scratchCount, 0)
                )
                let bias = Guarded(filled: shape.filters, 0)
                let layout = wide(shape.pooledHeight, shape.pooledWidth, shape.filters)
                guard shape.windows > 0 else { return }
                let output = arena.output("output", count(layout), 777)
                let gates = arena.output(
                    "gates", [UInt8](repeating: 9, count: shape.windows * shape.filters * blockLanes), sentinel: 0xA5)
                let map = MutableMapView(output.mutableView, layout)
                kernels.run(
                    PooledConvolution(
                        input: input.view, kernel: forward.view, bias: bias.view, shape: shape, pooling: pooling,
                        output: map, gates: gates.mutableView, scratch: scratch.mutableView))
                let pooled = arena.input(count(layout))
                let pooledMap = MapView(pooled.view, layout)
                let gradientLayout = MapLayout(
                    height: shape.outputHeight, width: shape.outputWidth, channels: shape.filters)
                let gradient = arena.output("gradient", count(gradientLayout))
                let biasSums = arena.output("bias", shape.filters * blockLanes, 1)
                kernels.run(
                    Unpooling(
                        pooled: pooledMap, gates: gates.view, shape: shape, pooling: pooling, scale: 1.25,
                        gradient: MutableMapView(gradient.mutableView, gradientLayout), bias: biasSums.mutableView))
                let sums = Guarded(filled: shape.kernelCount * blockLanes, 0)
                kernels.run(
                    ConvolutionKernelGradient(
                        input: input.view, gradient: MapView(gradient.view, gradientLayout), shape: shape,
                        sums: sums.mutableView))
                arena.balance(
                    "kernel", there: (numbers(map.read), numbers(pooledMap).map { $0 * 1.25 }),
                    back: (weights.values, laneSums(sums)))
                if pooling == .maximum {
                    followWinners(
                        kernels, &arena, shape, input, weights, pooledMap, gates,
                        there: (numbers(map.read), numbers(pooledMap).map { $0 * 1.25 }))
                }
            }
        }
    }

    private static func followWinners(
        _ kernels: any Kernels, _ arena: inout Arena, _ shape: ConvolutionShape, _ input: Guarded<Float>,
        _ weights: Guarded<Float>, _ pooled: MapView, _ gates: Guarded<UInt8>, there: ([Float], [Float])
    ) {
        let lists = WinnerBuffers(shape)
        let bias = arena.output("winners' bias", shape.filters * blockLanes, 0.5)
        kernels.run(
            WinnerSearch(
                pooled: pooled, gates: gates.view, scale: 1.25, winners: lists.winners, bias: bias.mutableView))
        let samples = arena.output("samples", blockLanes * shape.sampleStride)
        kernels.run(
            SampleSplit(
                map: input.view, count: shape.inputCount, stride: shape.sampleStride, samples: samples.mutableView))
        let sums = Guarded(filled: shape.filters * shape.kernelHeight * shape.kernelRowStride, 0)
        kernels.run(
            WinnersKernelGradient(samples: samples.view, winners: lists.winners, sums: sums.mutableView))
        let columns = shape.kernelWidth * shape.inputChannels
        arena.output("winners' kernel gradient", sums) { $0 % shape.kernelRowStride < columns }
        let values = sums.values
        let gradient = (0..<shape.kernelCount).map { index in
            let (tap, filter) = (index / shape.filters, index % shape.filters)
            let row = filter * shape.kernelHeight + tap / columns
            return values[row * shape.kernelRowStride + tap % columns]
        }
        arena.balance("winners' kernel", there: there, back: (weights.values, gradient))

        let patches = Guarded(cut(weights.values, shape))
        let gradients = Guarded(filled: blockLanes * shape.sampleStride, 0)
        kernels.run(
            WinnersInputGradient(winners: lists.winners, patches: patches.view, samples: gradients.mutableView))
        let joined = arena.output("winners' input gradient", shape.inputCount * blockLanes, 777)
        kernels.run(
            SampleJoin(
                samples: gradients.view, count: shape.inputCount, stride: shape.sampleStride,
                map: joined.mutableView))
        arena.balance("winners' input", there: there, back: (input.values, joined.values))
        _ = arena.output("lists", [Float](repeating: lists.isIntact && gradients.isIntact ? 1 : 0, count: 1).guarded)
    }

    /// The filters' kernels between rows of zeros.
    private static func cut(_ weights: [Float], _ shape: ConvolutionShape) -> [Float] {
        var patches = [Float](repeating: 0, count: shape.filters * shape.patchCount)
        for (index, weight) in weights.enumerated() {
            let (tap, filter) = (index / shape.filters / shape.inputChannels, index % shape.filters)
            let (y, x) = (tap / shape.kernelWidth + 1, tap % shape.kernelWidth)
            let column = x * shape.inputChannels + index / shape.filters % shape.inputChannels
            patches[filter * shape.patchCount + y * shape.kernelRowStride + column] = weight
        }
        return patches
    }

    private static let poolingSizes: [(window: (Int, Int), stride: (Int, Int), size: (Int, Int, Int))] = [
        ((2, 2), (2, 2), (6, 5, 3)), ((3, 3), (2, 2), (7, 7, 2)), ((2, 3), (1, 2), (5, 8, 1)),
        ((5, 4), (1, 1), (5, 4, 7)), ((1, 1), (3, 2), (4, 4, 2)),
    ]

    static let poolings = poolingSizes.flatMap { sizes in
        [Pooling.average, .maximum].map { pooling in
            KernelCase(name: "\(pooling) pooling \(sizes.window) stride \(sizes.stride) of \(sizes.size)") {
                kernels, arena in
                let (window, stride) = (sizes.window, sizes.stride)
                let from = wide(sizes.size.0, sizes.size.1, sizes.size.2)
                let to = MapLayout(
                    height: (from.height - window.0) / stride.0 + 1, width: (from.width - window.1) / stride.1 + 1,
                    channels: from.channels)
                let input = arena.input(count(from))
                let output = arena.output("output", count(to), 777)
                let winners = arena.output(
                    "winners", [Int32](repeating: 0, count: to.height * to.rowElements * blockLanes), sentinel: -7)
                kernels.run(
                    MapPooling(
                        input: MapView(input.view, from), pooling: pooling, windowHeight: window.0,
                        windowWidth: window.1, strideHeight: stride.0, strideWidth: stride.1,
                        output: MutableMapView(output.mutableView, to), winners: winners.mutableView))
                let gradient = arena.input(count(to))
                let back = arena.output("input gradient", count(from), 777)
                kernels.run(
                    MapUnpooling(
                        gradient: MapView(gradient.view, to), pooling: pooling, windowHeight: window.0,
                        windowWidth: window.1, strideHeight: stride.0, strideWidth: stride.1, winners: winners.view,
                        inputGradient: MutableMapView(back.mutableView, from)))
                arena.balance(
                    "input", there: (output.values, gradient.values),
                    back: (numbers(MapView(input.view, from)), numbers(MapView(back.view, from))))
            }
        }
    }

    static let elementwise = [
        KernelCase(name: "gather") { kernels, arena in
            let images = Guarded((0..<16).map { _ in Int32(arena.random.next(below: 20)) }, sentinel: -1)
            // The last holds every byte.
            for layout in [wide(5, 7, 3), wide(2, 3, 1), MapLayout(height: 17, width: 15, channels: 1)] {
                let size = layout.height * layout.rowElements
                let pixels = Guarded((0..<20 * size).map { UInt8(truncatingIfNeeded: $0) })
                for count in [1, 7, 16] {
                    let map = arena.output("\(count) of \(size)", Self.count(layout), 777)
                    kernels.run(
                        Gather(
                            pixels: pixels.view, images: images.view, count: count,
                            map: MutableMapView(map.mutableView, layout)))
                }
            }
        },
        KernelCase(name: "rectification, its gradient, scaling") { kernels, arena in
            let (from, to) = (wide(3, 5, 7), MapLayout(height: 3, width: 5, channels: 7))
            let input = arena.input(count(from))
            let output = arena.output("rectified", count(to), 777)
            kernels.run(
                Rectification(input: MapView(input.view, from), output: MutableMapView(output.mutableView, to)))
            let gradient = arena.input(count(to))
            let back = arena.output("gradient", count(from), 777)
            let sums = arena.output("sums", to.channels * blockLanes, 0.5)
            kernels.run(
                RectifiedGradient(
                    gradient: MapView(gradient.view, to), output: MapView(output.view, to),
                    result: MutableMapView(back.mutableView, from), sums: sums.mutableView))
            arena.balance(
                "rectification", there: (output.values, gradient.values),
                back: (numbers(MapView(input.view, from)), numbers(MapView(back.view, from))))
            let copied = arena.output("copied", count(from), 777)
            kernels.run(
                RectifiedGradient(
                    gradient: MapView(gradient.view, to), output: nil,
                    result: MutableMapView(copied.mutableView, from), sums: nil))
            let (scale, shift) = (arena.input(7), arena.input(7))
            for (name, shift) in [("scaled", nil), ("shifted", shift.view)] {
                let scaled = arena.output(name, count(to), 777)
                kernels.run(
                    ChannelScaling(
                        input: MapView(input.view, from), scale: scale.view, shift: shift,
                        output: MutableMapView(scaled.mutableView, to)))
            }
        },
        KernelCase(name: "dropout") { kernels, arena in
            let keys = Guarded((0..<16).map { _ in UInt32(truncatingIfNeeded: arena.random.next()) }, sentinel: 0)
            let layout = wide(4, 3, 5)
            let values = arena.output("values", arena.input(count(layout)))
            let gates = arena.output("gates", [UInt8](repeating: 2, count: 60 * blockLanes), sentinel: 0xA5)
            kernels.run(
                DropoutCall(
                    values: MutableMapView(values.mutableView, layout), gates: gates.mutableView, keys: keys.view,
                    firstElement: 77, threshold: UInt32(0.3 * 0x1p32), scale: 1.5, closedGate: 4))
        },
    ]

    static let units =
        [1, 7, 8, 19].flatMap { size in
            [16, 48, 112, 128].map { columns in
                KernelCase(name: "products of \(size) x \(columns)") { kernels, arena in
                    let a = arena.input((size + 3) * (columns + 16))
                    let b = arena.input(3 * size * size + 2 * (size + 3))
                    let bias = arena.input(size)
                    let ends = [ProductEnd.accumulate, .store, .bias(bias.view), .biasReLU(bias.view)]
                    for (index, end) in ends.enumerated() {
                        let c = arena.output("end \(index)", size * columns, 3)
                        kernels.run(
                            Product(
                                m: size, n: columns, k: size + 3, a: a.view, aStride: columns + 16, b: b.view,
                                bStride: 2, bColumn: 3 * size, c: c.mutableView, cStride: columns, end: end))
                    }
                }
            }
        } + [
            KernelCase(name: "gate, transposition, row sums") { kernels, arena in
                let other = arena.input(19 * 32)
                let gated = arena.output("gated", arena.input(19 * 32))
                kernels.run(Gate(gradient: gated.mutableView, output: other.view, scale: 1.25, count: 19 * 32))
                let turned = arena.output("turned", 32 * 24, 777)
                kernels.run(
                    Transposition(
                        matrix: other.view, rows: 19, columns: 32, transposed: turned.mutableView, rowStride: 24))
                let sums = arena.output("sums", 19, 0.5)
                kernels.run(RowSums(matrix: other.view, rows: 19, columns: 32, sums: sums.mutableView))
            }
        ]

    static let optimizers = [
        KernelCase(name: "optimisers") { kernels, arena in
            let count = 112
            let parts = arena.input(3 * count)
            let means = arena.random.floats(count).map { $0 * $0 }
            for rule in 0..<3 {
                let parameters = arena.output("parameters \(rule)", arena.input(count))
                let first = arena.output("first state \(rule)", Guarded(means))
                let second = arena.output("second state \(rule)", Guarded(means))
                let slice = ParameterSlice(
                    parameters: parameters.mutableView, parts: parts.view, partCount: 3, partStride: count,
                    count: count)
                switch rule {
                case 0:
                    kernels.run(
                        AdadeltaStep(
                            slice: slice, squaredGradient: first.mutableView, squaredUpdate: second.mutableView,
                            learningRate: 0.7, rho: 0.95, epsilon: 1e-7))
                case 1:
                    kernels.run(
                        MomentumStep(slice: slice, velocity: first.mutableView, learningRate: 0.1, momentum: 0.9))
                default:
                    kernels.run(
                        AdamStep(
                            slice: slice, mean: first.mutableView, squaredMean: second.mutableView, rate: 0.01,
                            beta1: 0.9, beta2: 0.999, epsilon: 1e-7))
                }
            }
        }
    ]
}

extension [Float] {
    fileprivate var guarded: Guarded<Float> { Guarded(self) }
}
