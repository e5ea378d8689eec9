import CVector
import KernelInterface

extension VectorKernels {
    public func run(_ call: Unpooling) {
        let layout = call.gradient.layout
        let column = layout.channels * blockLanes
        let row = layout.row * blockLanes
        let (filters, pooledHeight, pooledWidth) = (layout.channels, call.shape.pooledHeight, call.shape.pooledWidth)
        let (pooled, gates, bias) = (call.pooled, call.gates.pointer, call.bias.pointer)
        let pooling = call.pooling
        let factor = Vector(repeating: pooling == .average ? call.scale * 0.25 : call.scale)
        for y in 0..<pooledHeight {
            for x in 0..<pooledWidth {
                let window = call.gradient.pointer + 2 * y * row + 2 * x * column
                for filter in 0..<filters {
                    let element = y * pooled.layout.row + x * filters + filter
                    let source = pooled.pointer + element * pooled.layout.element
                    let gate = gates + ((y * pooledWidth + x) * filters + filter) * blockLanes
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

    public func run(_ call: ConvolutionKernelGradient) {
        let shape = call.shape
        let sweep = Sweep(shape, gradientRow: call.gradient.layout.row * blockLanes)
        for lane in stride(from: 0, to: blockLanes, by: lanes) {
            for y in 0..<shape.kernelHeight {
                for channel in 0..<shape.inputChannels {
                    var x = 0
                    while x < shape.kernelWidth {
                        let source = call.input.pointer + (y * shape.inputWidth + x) * shape.inputChannels * blockLanes
                        let tap = (y * shape.kernelWidth + x) * shape.inputChannels + channel
                        let sum = call.sums.pointer + tap * shape.filters * blockLanes + lane
                        x += sweep.run(
                            source + channel * blockLanes + lane, call.gradient.pointer + lane, sum,
                            columns: shape.kernelWidth - x)
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

/// The sum over all positions of input times gradient, for some kernel columns and a few filters at a time.
private struct Sweep {
    let filters, outputHeight, outputWidth: Int
    /// Floats from one column, row to the next: of the input and, for neighbouring outputs, of their inputs.
    let inputColumn, stepColumn, stepRow: Int
    let gradientColumn, gradientRow: Int
    let sumColumn: Int

    @inline(__always)
    init(_ shape: ConvolutionShape, gradientRow: Int) {
        filters = shape.filters
        outputHeight = shape.outputHeight
        outputWidth = shape.outputWidth
        inputColumn = shape.inputChannels * blockLanes
        stepColumn = shape.strideWidth * inputColumn
        stepRow = shape.strideHeight * shape.inputWidth * inputColumn
        gradientColumn = shape.filters * blockLanes
        self.gradientRow = gradientRow
        sumColumn = shape.inputChannels * shape.filters * blockLanes
    }

    /// - Parameter columns: how many are left.
    /// - Returns: how many it took.
    @inline(__always)
    func run(_ input: Input, _ gradient: Input, _ sum: Output, columns: Int) -> Int {
        #if LANES_8
            // 10 sums and 5 values of 16 registers, 12 and 3, 8 and 1.
            let (five, three) = (2, 4)
        #else
            // 20 sums and 5 values of 32 registers, 24 and 3, 8 and 1.
            let (five, three) = (4, 8)
        #endif
        let taken = columns >= 5 ? 5 : columns >= 3 ? 3 : 1
        var filter = 0
        while filter < filters {
            let g = gradient + filter * blockLanes
            let s = sum + filter * blockLanes
            let rest = filters - filter
            switch taken {
            case 5:
                if rest >= five {
                    #if LANES_8
                        addFive(input, g, s, Rows<2>())
                    #else
                        addFive(input, g, s, Rows<4>())
                    #endif
                    filter += five
                } else {
                    addFive(input, g, s, Rows<1>())
                    filter += 1
                }
            case 3:
                if rest >= three {
                    #if LANES_8
                        addThree(input, g, s, Rows<4>())
                    #else
                        addThree(input, g, s, Rows<8>())
                    #endif
                    filter += three
                } else if rest >= 2 {
                    addThree(input, g, s, Rows<2>())
                    filter += 2
                } else {
                    addThree(input, g, s, Rows<1>())
                    filter += 1
                }
            default:
                if rest >= 8 {
                    addOne(input, g, s, Rows<8>())
                    filter += 8
                } else {
                    addOne(input, g, s, Rows<1>())
                    filter += 1
                }
            }
        }
        return taken
    }

    @inline(__always)
    private func addFive<let F: Int>(_ input: Input, _ gradient: Input, _ sum: Output, _: Rows<F>) {
        let none = InlineArray<F, Vector>(repeating: Vector(repeating: 0))
        var (s0, s1, s2, s3, s4) = (none, none, none, none, none)
        for y in 0..<outputHeight {
            var source = input + y * stepRow
            var target = gradient + y * gradientRow
            for _ in 0..<outputWidth {
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
                source += stepColumn
                target += gradientColumn
            }
        }
        add(s0, sum)
        add(s1, sum + sumColumn)
        add(s2, sum + 2 &* sumColumn)
        add(s3, sum + 3 &* sumColumn)
        add(s4, sum + 4 &* sumColumn)
    }

    @inline(__always)
    private func addThree<let F: Int>(_ input: Input, _ gradient: Input, _ sum: Output, _: Rows<F>) {
        let none = InlineArray<F, Vector>(repeating: Vector(repeating: 0))
        var (s0, s1, s2) = (none, none, none)
        for y in 0..<outputHeight {
            var source = input + y * stepRow
            var target = gradient + y * gradientRow
            for _ in 0..<outputWidth {
                let v0 = load(source)
                let v1 = load(source + inputColumn)
                let v2 = load(source + 2 &* inputColumn)
                for f in 0..<F {
                    let g = load(target + f &* blockLanes)
                    s0[f].fuse(v0, g)
                    s1[f].fuse(v1, g)
                    s2[f].fuse(v2, g)
                }
                source += stepColumn
                target += gradientColumn
            }
        }
        add(s0, sum)
        add(s1, sum + sumColumn)
        add(s2, sum + 2 &* sumColumn)
    }

    @inline(__always)
    private func addOne<let F: Int>(_ input: Input, _ gradient: Input, _ sum: Output, _: Rows<F>) {
        var total = InlineArray<F, Vector>(repeating: Vector(repeating: 0))
        for y in 0..<outputHeight {
            var source = input + y * stepRow
            var target = gradient + y * gradientRow
            for _ in 0..<outputWidth {
                let value = load(source)
                for f in 0..<F { total[f].fuse(value, load(target + f &* blockLanes)) }
                source += stepColumn
                target += gradientColumn
            }
        }
        add(total, sum)
    }

    @inline(__always)
    private func add<let F: Int>(_ sums: InlineArray<F, Vector>, _ place: Output) {
        for f in 0..<F { store(load(place + f &* blockLanes) + sums[f], place + f &* blockLanes) }
    }
}

private struct Rows<let F: Int> {}
