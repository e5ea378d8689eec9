import KernelInterface

extension VectorKernels {
    public func run(_ call: Convolution) {
        let shape = call.shape
        let layout = call.output.layout
        let (height, width) = (layout.height, layout.width)
        let taps = Taps(shape)
        let (input, kernel, bias) = (call.input.pointer, call.kernel.pointer, call.bias.pointer)
        let place = Window(element: layout.element, column: shape.filters, row: layout.row)
        if shape.tileExtent != nil {
            return convolveTiles(shape, input, kernel, call.scratch.pointer) { y, x, filter, lane, sums in
                let out = call.output.pointer + (y * layout.row + x * shape.filters + filter) * layout.element + lane
                place.store(biased(sums, bias + filter, call.rectified), out, Rest())
            }
        }
        for lane in stride(from: 0, to: blockLanes, by: lanes) {
            for y in stride(from: 0, to: height, by: 2) {
                for x in stride(from: 0, to: width, by: 2) {
                    let rest = Rest(isLastRow: y + 1 == height, isLastColumn: x + 1 == width)
                    let window =
                        input + y * shape.strideHeight * taps.row + x * shape.strideWidth * taps.column + lane
                    let out = call.output.pointer + (y * layout.row + x * shape.filters) * layout.element + lane
                    var filter = 0
                    while filter < shape.filters {
                        let tile = nextTile(shape.filters - filter)
                        let (w, b) = (kernel + filter, bias + filter)
                        let o = out + filter * layout.element
                        switch tile {
                        #if LANES_16
                            case 6:
                                let sums: Sums<6> = taps.convolve(window, w, rest)
                                place.store(biased(sums, b, call.rectified), o, rest)
                        #endif
                        case 4:
                            let sums: Sums<4> = taps.convolve(window, w, rest)
                            place.store(biased(sums, b, call.rectified), o, rest)
                        case 2:
                            let sums: Sums<2> = taps.convolve(window, w, rest)
                            place.store(biased(sums, b, call.rectified), o, rest)
                        default:
                            let sums: Sums<1> = taps.convolve(window, w, rest)
                            place.store(biased(sums, b, call.rectified), o, rest)
                        }
                        filter += tile
                    }
                }
            }
        }
    }

    public func run(_ call: PooledConvolution) {
        let shape = call.shape
        let layout = call.output.layout
        let (pooledHeight, pooledWidth) = (layout.height, layout.width)
        let taps = Taps(shape)
        let (input, kernel, bias) = (call.input.pointer, call.kernel.pointer, call.bias.pointer)
        let (pooling, gates) = (call.pooling, call.gates.pointer)
        if shape.tileExtent != nil {
            return convolveTiles(shape, input, kernel, call.scratch.pointer) { y, x, filter, lane, sums in
                let out = call.output.pointer + (y / 2 * layout.row + x / 2 * shape.filters + filter) * layout.element
                let gate = gates + ((y / 2 * pooledWidth + x / 2) * shape.filters + filter) * blockLanes
                pool(sums, bias + filter, pooling, out + lane, layout.element, gate + lane)
            }
        }
        for lane in stride(from: 0, to: blockLanes, by: lanes) {
            for y in 0..<pooledHeight {
                for x in 0..<pooledWidth {
                    let window = input + 2 * y * taps.row + 2 * x * taps.column + lane
                    let out = call.output.pointer + (y * layout.row + x * shape.filters) * layout.element + lane
                    let gate = gates + (y * pooledWidth + x) * shape.filters * blockLanes + lane
                    var filter = 0
                    while filter < shape.filters {
                        let tile = nextTile(shape.filters - filter)
                        let w = kernel + filter
                        let o = out + filter * layout.element
                        let g = gate + filter * blockLanes
                        switch tile {
                        #if LANES_16
                            case 6:
                                let sums: Sums<6> = taps.convolve(window, w, Rest())
                                pool(sums, bias + filter, pooling, o, layout.element, g)
                        #endif
                        case 4:
                            let sums: Sums<4> = taps.convolve(window, w, Rest())
                            pool(sums, bias + filter, pooling, o, layout.element, g)
                        case 2:
                            let sums: Sums<2> = taps.convolve(window, w, Rest())
                            pool(sums, bias + filter, pooling, o, layout.element, g)
                        default:
                            let sums: Sums<1> = taps.convolve(window, w, Rest())
                            pool(sums, bias + filter, pooling, o, layout.element, g)
                        }
                        filter += tile
                    }
                }
            }
        }
    }
}

extension VectorKernels {
    /// Inputs that are a stride apart meet the same taps, and neighbours among them meet neighbouring gradients: so
    /// each of the stride's phases is a convolution of stride 1 with the taps that fall on it.
    public func run(_ call: ConvolutionInputGradient) {
        let shape = call.shape
        let (height, width) = (call.inputGradient.layout.height, call.inputGradient.layout.width)
        for lane in stride(from: 0, to: blockLanes, by: lanes) {
            for firstRow in 0..<min(shape.strideHeight, height) {
                let rows = Phase(firstRow + call.top, kernel: shape.kernelHeight, stride: shape.strideHeight)
                for firstColumn in 0..<min(shape.strideWidth, width) {
                    let columns = Phase(firstColumn + call.left, kernel: shape.kernelWidth, stride: shape.strideWidth)
                    carryBack(call, lane, rows, columns, firstRow, firstColumn)
                }
            }
        }
    }

    @inline(__always)
    private func carryBack(
        _ call: ConvolutionInputGradient, _ lane: Int, _ rows: Phase, _ columns: Phase, _ firstRow: Int,
        _ firstColumn: Int
    ) {
        let shape = call.shape
        let layout = call.inputGradient.layout
        let (down, right) = (shape.strideHeight, shape.strideWidth)
        let channels = shape.inputChannels
        let column = shape.filters * blockLanes
        let row = call.gradient.layout.row * blockLanes
        let tap = shape.filters * channels
        let place = Window(element: blockLanes, column: right * channels, row: down * layout.row)
        let (outputHeight, outputWidth) = (call.gradient.layout.height, call.gradient.layout.width)
        let turnedKernel = call.turnedKernel.pointer
        for y in stride(from: firstRow, to: layout.height, by: 2 * down) {
            let gradientRow = rows.start((y - firstRow) / down)
            for x in stride(from: firstColumn, to: layout.width, by: 2 * right) {
                let gradientColumn = columns.start((x - firstColumn) / right)
                // Taps that only see the border would multiply zeros: 17 % more work instead of 96 %.
                let taps = Taps(
                    column: column, row: row, channels: shape.filters, filters: channels,
                    rows: rows.seeing(outputHeight, from: gradientRow),
                    columns: columns.seeing(outputWidth, from: gradientColumn),
                    firstTap: (rows.firstTap * shape.kernelWidth + columns.firstTap) * tap,
                    tapRow: down * shape.kernelWidth * tap, tapColumn: right * tap)
                let rest = Rest(isLastRow: y + down >= layout.height, isLastColumn: x + right >= layout.width)
                let window = call.gradient.pointer + gradientRow * row + gradientColumn * column + lane
                let out = call.inputGradient.pointer + (y * layout.row + x * channels) * blockLanes + lane
                var channel = 0
                while channel < channels {
                    let tile = nextTile(channels - channel)
                    let w = turnedKernel + channel
                    let o = out + channel * blockLanes
                    switch tile {
                    #if LANES_16
                        case 6: place.store(taps.convolve(window, w, rest) as Sums<6>, o, rest)
                    #endif
                    case 4: place.store(taps.convolve(window, w, rest) as Sums<4>, o, rest)
                    case 2: place.store(taps.convolve(window, w, rest) as Sums<2>, o, rest)
                    default: place.store(taps.convolve(window, w, rest) as Sums<1>, o, rest)
                    }
                    channel += tile
                }
            }
        }
    }
}

// Private, all of them: for types that other files could name there would be functions that copy them, compiled for a wide
// processor and weak, so that the linker might take them for types of the same size in the path of a narrow one.

/// What a 2x2 window of outputs lacks where the map ends: its second row, column is then the first one again.
private struct Rest {
    var isLastRow = false
    var isLastColumn = false
}

/// Which products a 2x2 window of outputs is the sum of.
private struct Taps {
    /// Floats from one input column, row to the next.
    let column, row: Int
    /// Floats from the input of one output to that of the next.
    let right, down: Int
    let channels, filters: Int
    /// Taps of the kernel: the first, how many, and from one to the next.
    let rows, columns: Range<Int>
    /// Floats of weights: to the first tap, and from one row, column of taps to the next.
    let firstTap, tapRow, tapColumn: Int

    /// Those of a forward pass: all taps of the kernel.
    @inline(__always)
    init(_ shape: ConvolutionShape) {
        column = shape.inputChannels * blockLanes
        row = shape.inputWidth * column
        right = shape.strideWidth * column
        down = shape.strideHeight * row
        channels = shape.inputChannels
        filters = shape.filters
        rows = 0..<shape.kernelHeight
        columns = 0..<shape.kernelWidth
        firstTap = 0
        tapColumn = shape.inputChannels * shape.filters
        tapRow = shape.kernelWidth * tapColumn
    }

    @inline(__always)
    init(
        column: Int, row: Int, channels: Int, filters: Int, rows: Range<Int>, columns: Range<Int>, firstTap: Int,
        tapRow: Int, tapColumn: Int
    ) {
        self.column = column
        self.row = row
        right = column
        down = row
        self.channels = channels
        self.filters = filters
        self.rows = rows
        self.columns = columns
        self.firstTap = firstTap
        self.tapRow = tapRow
        self.tapColumn = tapColumn
    }

    @inline(__always)
    func convolve<let F: Int>(_ window: Input, _ weights: Input, _ rest: Rest) -> Sums<F> {
        var sums: Sums<F> = zeroSums()
        let down = rest.isLastRow ? 0 : down
        let right = rest.isLastColumn ? 0 : right
        for y in rows {
            for x in columns {
                accumulate(
                    &sums, a: window + y * row + x * column, offsets: (right, down, down + right),
                    aStride: blockLanes, b: weights + firstTap + y * tapRow + x * tapColumn, bStride: filters,
                    bColumn: 1, count: channels)
            }
        }
        return sums
    }
}

/// Where a 2x2 window of outputs lies in a map.
private struct Window {
    /// Floats from one element to the next; elements from one column, row of the window to the next.
    let element, column, row: Int

    @inline(__always)
    func store<let F: Int>(_ sums: Sums<F>, _ output: Output, _ rest: Rest) {
        for f in 0..<F {
            let first = output + f &* element
            let second = first + row * element
            put(sums[0][f], first)
            if !rest.isLastColumn { put(sums[1][f], first + column * element) }
            if rest.isLastRow { continue }
            put(sums[2][f], second)
            if !rest.isLastColumn { put(sums[3][f], second + column * element) }
        }
    }

    @inline(__always)
    private func put(_ vector: Vector, _ pointer: Output) {
        UnsafeMutableRawPointer(pointer.elements(lanes)).storeBytes(of: vector, as: Vector.self)
    }
}

/// Bias and, if wished, ReLU of a window's sums.
@inline(__always)
private func biased<let F: Int>(_ sums: Sums<F>, _ bias: Input, _ rectified: Bool) -> Sums<F> {
    var sums = sums
    let zero = Vector(repeating: 0)
    for f in 0..<F {
        let b = Vector(repeating: bias[f])
        for position in 0..<4 {
            let sum = sums[position][f] + b
            sums[position][f] = rectified ? larger(zero, sum) : sum
        }
    }
    return sums
}

/// Bias, ReLU and pooling of a window's sums.
@inline(__always)
private func pool<let F: Int>(
    _ sums: Sums<F>, _ bias: Input, _ pooling: Pooling, _ output: Output, _ stride: Int,
    _ gates: WritePointer<UInt8>
) {
    let zero = Vector(repeating: 0)
    for row in 0..<F {
        let b = Vector(repeating: bias[row])
        let (s0, s1, s2, s3) = (sums[0][row] + b, sums[1][row] + b, sums[2][row] + b, sums[3][row] + b)
        let gate: IntVector
        let value: Vector
        switch pooling {
        case .maximum:
            var largest = s0
            var winner = IntVector(repeating: 0)
            winner.replace(with: IntVector(repeating: 1), where: largest .< s1)
            largest = larger(largest, s1)
            winner.replace(with: IntVector(repeating: 2), where: largest .< s2)
            largest = larger(largest, s2)
            winner.replace(with: IntVector(repeating: 3), where: largest .< s3)
            largest = larger(largest, s3)
            let on = zero .< largest
            gate = IntVector(repeating: Int32(PoolingGate.noWinner)).replacing(with: winner, where: on)
            value = zero.replacing(with: largest, where: on)
        case .average:
            let none = IntVector(repeating: 0)
            gate =
                none.replacing(with: IntVector(repeating: 1), where: zero .< s0)
                | none.replacing(with: IntVector(repeating: 2), where: zero .< s1)
                | none.replacing(with: IntVector(repeating: 4), where: zero .< s2)
                | none.replacing(with: IntVector(repeating: 8), where: zero .< s3)
            value = ((larger(zero, s0) + larger(zero, s1)) + (larger(zero, s2) + larger(zero, s3))) * 0.25
        }
        store(value, output + row * stride)
        storeBytes(gate, gates + row * blockLanes)
    }
}

/// The taps of the turned kernel that meet the rows, or columns, of one phase of the stride.
private struct Phase {
    /// The first of them in the turned kernel; each next is a stride further.
    let firstTap: Int
    let count: Int
    /// Row of gradients that the first tap meets, for the first of the phase's rows.
    private let first: Int

    /// - Parameter place: of the phase's first row in the input, border included.
    @inline(__always)
    init(_ place: Int, kernel: Int, stride: Int) {
        let phase = place % stride
        count = max(0, (kernel - phase + stride - 1) / stride)
        firstTap = kernel - 1 - phase - (count - 1) * stride
        first = place / stride - (count - 1)
    }

    /// Row of gradients that the first tap meets for the phase's row of this number.
    @inline(__always)
    func start(_ index: Int) -> Int { first + index }

    /// The taps that meet gradients for this row or the next.
    @inline(__always)
    func seeing(_ rows: Int, from start: Int) -> Range<Int> {
        let lower = max(0, -1 - start)
        return lower..<max(lower, min(count, rows - start))
    }
}
