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
            sweep.run(call.input.pointer + lane, call.gradient.pointer + lane, call.sums.pointer + lane)
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
    let filters, outputHeight, outputWidth, kernelHeight, kernelWidth, channels: Int
    /// Floats from one column, row to the next: of the input and, for neighbouring outputs, of their inputs.
    let inputColumn, inputRow, stepColumn, stepRow: Int
    let gradientColumn, gradientRow: Int
    let sumColumn: Int

    @inline(__always)
    init(_ shape: ConvolutionShape, gradientRow: Int) {
        filters = shape.filters
        (outputHeight, outputWidth) = (shape.outputHeight, shape.outputWidth)
        (kernelHeight, kernelWidth, channels) = (shape.kernelHeight, shape.kernelWidth, shape.inputChannels)
        inputColumn = channels * blockLanes
        inputRow = shape.inputWidth * inputColumn
        stepColumn = shape.strideWidth * inputColumn
        stepRow = shape.strideHeight * inputRow
        gradientColumn = filters * blockLanes
        self.gradientRow = gradientRow
        sumColumn = channels * gradientColumn
    }

    @inline(__always)
    func run(_ input: Input, _ gradient: Input, _ sums: Output) {
        var column = 0
        while column < kernelWidth {
            let columns = kernelWidth - column
            let place = Place(
                input: input + column * inputColumn, gradient: gradient, sums: sums + column * sumColumn)
            var filter = 0
            while filter < filters {
                let rest = filters - filter
                // Sums and values in registers: 25 and 27 of 32, or 15 of 16.
                switch (columns, rest) {
                #if LANES_8
                    case (5..., 2...): filter += add(place, filter, Block<5, 2>())
                    case (5..., _): filter += add(place, filter, Block<5, 1>())
                    case (3..., 4...): filter += add(place, filter, Block<3, 4>())
                #else
                    case (5..., 4...): filter += add(place, filter, Block<5, 4>())
                    case (5..., 2...): filter += add(place, filter, Block<5, 2>())
                    case (5..., _): filter += add(place, filter, Block<5, 1>())
                    case (3..., 8...): filter += add(place, filter, Block<3, 8>())
                #endif
                case (3..., 2...): filter += add(place, filter, Block<3, 2>())
                case (3..., _): filter += add(place, filter, Block<3, 1>())
                case (_, 8...): filter += add(place, filter, Block<1, 8>())
                default: filter += add(place, filter, Block<1, 1>())
                }
            }
            column += columns >= 5 ? 5 : columns >= 3 ? 3 : 1
        }
    }

    /// - Returns: the filters that it took.
    @inline(__always)
    private func add<let C: Int, let F: Int>(_ place: Place, _ filter: Int, _: Block<C, F>) -> Int {
        let gradient = place.gradient + filter * blockLanes
        for y in 0..<kernelHeight {
            for channel in 0..<channels {
                let sum = place.sums + ((y * kernelWidth * channels + channel) * filters + filter) * blockLanes
                let block: InlineArray<C, InlineArray<F, Vector>> = sweep(
                    place.input + y * inputRow + channel * blockLanes, gradient)
                for c in 0..<C {
                    for f in 0..<F {
                        let target = sum + c &* sumColumn + f &* blockLanes
                        store(load(target) + block[c][f], target)
                    }
                }
            }
        }
        return F
    }

    @inline(__always)
    private func sweep<let C: Int, let F: Int>(
        _ input: Input, _ gradient: Input
    ) -> InlineArray<C, InlineArray<F, Vector>> {
        var sums = InlineArray<C, InlineArray<F, Vector>>(
            repeating: InlineArray(repeating: Vector(repeating: 0)))
        for y in 0..<outputHeight {
            var source = input + y * stepRow
            var target = gradient + y * gradientRow
            for _ in 0..<outputWidth {
                let values = InlineArray<C, Vector> { load(source + $0 &* inputColumn) }
                for f in 0..<F {
                    let g = load(target + f &* blockLanes)
                    for c in 0..<C { sums[c][f].fuse(values[c], g) }
                }
                source += stepColumn
                target += gradientColumn
            }
        }
        return sums
    }

    /// Where a sweep begins.
    struct Place {
        let input, gradient: Input
        let sums: Output
    }
}

/// Kernel columns and filters whose sums stay in registers.
private struct Block<let C: Int, let F: Int> {}
