import CVector
import KernelInterface

extension VectorKernels {
    public func unpool(
        _ pooled: UnsafePointer<Float>, layout: MapLayout, gates: UnsafePointer<UInt8>, shape: ConvolutionShape,
        pooling: Pooling, scale: Float, border: Int, gradient: UnsafeMutablePointer<Float>,
        bias: UnsafeMutablePointer<Float>
    ) {
        let column = shape.filters * blockLanes
        let row = (shape.outputWidth + 2 * border) * column
        let factor = Vector(repeating: pooling == .average ? scale * 0.25 : scale)
        for y in 0..<shape.pooledHeight {
            for x in 0..<shape.pooledWidth {
                let window = gradient + (2 * y + border) * row + (2 * x + border) * column
                for filter in 0..<shape.filters {
                    let source = pooled + (y * layout.row + x * shape.filters + filter) * layout.element
                    let gate = gates + ((y * shape.pooledWidth + x) * shape.filters + filter) * blockLanes
                    for lane in stride(from: 0, to: blockLanes, by: lanes) {
                        let value = load(source + lane) * factor
                        let state = loadBytes(gate + lane)
                        spread(
                            value, state, pooling, window + filter * blockLanes + lane, row, column,
                            bias + filter * blockLanes + lane)
                    }
                }
            }
        }
    }

    public func convolutionKernelGradient(
        _ input: UnsafePointer<Float>, gradient: UnsafePointer<Float>, border: Int, shape: ConvolutionShape,
        kernelGradient: UnsafeMutablePointer<Float>
    ) {
        let sweep = Sweep(shape: shape, border: border)
        for lane in stride(from: 0, to: blockLanes, by: lanes) {
            for y in 0..<shape.kernel {
                for channel in 0..<shape.inputChannels {
                    var x = 0
                    while x < shape.kernel {
                        let source = input + (y * shape.inputWidth + x) * shape.inputChannels * blockLanes
                        let tap = (y * shape.kernel + x) * shape.inputChannels + channel
                        let sum = kernelGradient + tap * shape.filters * blockLanes + lane
                        let five = shape.kernel - x >= 5
                        sweep.run(source + channel * blockLanes + lane, gradient + lane, sum, fiveColumns: five)
                        x += five ? 5 : 1
                    }
                }
            }
        }
    }
}

/// Sends a pooled gradient back to the positions that its gate names.
@inline(__always)
private func spread(
    _ value: Vector, _ state: IntVector, _ pooling: Pooling, _ window: Output, _ row: Int, _ column: Int,
    _ bias: Output
) {
    let g0: Vector
    let g1: Vector
    let g2: Vector
    let g3: Vector
    switch pooling {
    case .maximum:
        g0 = vector_where_equal(state, 0, value)
        g1 = vector_where_equal(state, 1, value)
        g2 = vector_where_equal(state, 2, value)
        g3 = vector_where_equal(state, 3, value)
    case .average:
        g0 = vector_where_set(state, 1, value)
        g1 = vector_where_set(state, 2, value)
        g2 = vector_where_set(state, 4, value)
        g3 = vector_where_set(state, 8, value)
    }
    store(g0, window)
    store(g1, window + column)
    store(g2, window + row)
    store(g3, window + row + column)
    store(load(bias) + ((g0 + g1) + (g2 + g3)), bias)
}

/// The sum over all positions of input times gradient, for five kernel columns (or one) and a few filters at a time.
private struct Sweep {
    let shape: ConvolutionShape
    let border: Int

    #if LANES_8
        private typealias Widest = Rows<2>  // 10 sums and 5 values of 16 registers
        private static var widest: Int { 2 }
    #else
        private typealias Widest = Rows<4>  // 20 sums and 5 values of 32 registers
        private static var widest: Int { 4 }
    #endif

    private var inputColumn: Int { shape.inputChannels * blockLanes }
    private var gradientColumn: Int { shape.filters * blockLanes }
    private var gradientRow: Int { (shape.outputWidth + 2 * border) * gradientColumn }
    private var sumColumn: Int { shape.inputChannels * shape.filters * blockLanes }

    @inline(__always)
    func run(_ input: Input, _ gradient: Input, _ sum: Output, fiveColumns: Bool) {
        var filter = 0
        while filter < shape.filters {
            let g = gradient + filter * blockLanes
            let s = sum + filter * blockLanes
            if !fiveColumns {
                addOne(input, g, s)
                filter += 1
            } else if shape.filters - filter >= Sweep.widest {
                addFive(input, g, s, Sweep.Widest())
                filter += Sweep.widest
            } else {
                addFive(input, g, s, Rows<1>())
                filter += 1
            }
        }
    }

    @inline(__always)
    private func addFive<let F: Int>(_ input: Input, _ gradient: Input, _ sum: Output, _: Rows<F>) {
        let none = InlineArray<F, Vector>(repeating: Vector(repeating: 0))
        var (s0, s1, s2, s3, s4) = (none, none, none, none, none)
        for y in 0..<shape.outputHeight {
            var source = input + y * shape.inputWidth * inputColumn
            var target = gradient + (y + border) * gradientRow + border * gradientColumn
            for _ in 0..<shape.outputWidth {
                let v0 = load(source)
                let v1 = load(source + inputColumn)
                let v2 = load(source + 2 &* inputColumn)
                let v3 = load(source + 3 &* inputColumn)
                let v4 = load(source + 4 &* inputColumn)
                for f in 0..<F {
                    let g = load(target + f &* blockLanes)
                    s0[f].fuse(v0, g)
                    s1[f].fuse(v1, g)
                    s2[f].fuse(v2, g)
                    s3[f].fuse(v3, g)
                    s4[f].fuse(v4, g)
                }
                source += inputColumn
                target += gradientColumn
            }
        }
        for f in 0..<F {
            let place = sum + f &* blockLanes
            store(load(place) + s0[f], place)
            store(load(place + sumColumn) + s1[f], place + sumColumn)
            store(load(place + 2 &* sumColumn) + s2[f], place + 2 &* sumColumn)
            store(load(place + 3 &* sumColumn) + s3[f], place + 3 &* sumColumn)
            store(load(place + 4 &* sumColumn) + s4[f], place + 4 &* sumColumn)
        }
    }

    @inline(__always)
    private func addOne(_ input: Input, _ gradient: Input, _ sum: Output) {
        var total = Vector(repeating: 0)
        for y in 0..<shape.outputHeight {
            var source = input + y * shape.inputWidth * inputColumn
            var target = gradient + (y + border) * gradientRow + border * gradientColumn
            for _ in 0..<shape.outputWidth {
                total.fuse(load(source), load(target))
                source += inputColumn
                target += gradientColumn
            }
        }
        store(load(sum) + total, sum)
    }
}

private struct Rows<let F: Int> {}
