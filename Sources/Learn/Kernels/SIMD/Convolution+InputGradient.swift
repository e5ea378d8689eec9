import KernelInterface

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
        let place = Window(column: right * channels, row: down * layout.row)
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
                        case 6: place.keep(taps.sums(window, w, rest) as Sums<6>, o, rest)
                    #endif
                    case 4: place.keep(taps.sums(window, w, rest) as Sums<4>, o, rest)
                    case 2: place.keep(taps.sums(window, w, rest) as Sums<2>, o, rest)
                    default: place.keep(taps.sums(window, w, rest) as Sums<1>, o, rest)
                    }
                    channel += tile
                }
            }
        }
    }
}

/// What a 2x2 window of inputs lacks where the map ends: its second row, column is then the first one again.
private struct Rest {
    let isLastRow, isLastColumn: Bool
}

/// Which products a 2x2 window of inputs is the sum of.
private struct Taps {
    /// Floats from one column, row of gradients to the next.
    let column, row: Int
    let channels, filters: Int
    /// Taps of the kernel, and floats of weights: to the first, and from one row, column of taps to the next.
    let rows, columns: Range<Int>
    let firstTap, tapRow, tapColumn: Int

    @inline(__always)
    func sums<let F: Int>(_ window: Input, _ weights: Input, _ rest: Rest) -> Sums<F> {
        var sums: Sums<F> = zeroSums()
        let down = rest.isLastRow ? 0 : row
        let right = rest.isLastColumn ? 0 : column
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

/// Where a 2x2 window lies in the map of inputs.
private struct Window {
    /// Elements from one column, row of the window to the next.
    let column, row: Int

    @inline(__always)
    func keep<let F: Int>(_ sums: Sums<F>, _ output: Output, _ rest: Rest) {
        for f in 0..<F {
            let first = output + f &* blockLanes
            let second = first + row * blockLanes
            store(sums[0][f], first)
            if !rest.isLastColumn { store(sums[1][f], first + column * blockLanes) }
            if rest.isLastRow { continue }
            store(sums[2][f], second)
            if !rest.isLastColumn { store(sums[3][f], second + column * blockLanes) }
        }
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
