import CVector
import KernelInterface

extension VectorKernels {
    public func run(_ call: Convolution) {
        let layout = call.output.layout
        convolve(
            call.shape, call.input.pointer, call.kernel.pointer, call.scratch.pointer, height: layout.height,
            width: layout.width, Unpooled(call))
    }

    public func run(_ call: PooledConvolution) {
        let layout = call.output.layout
        let (height, width) = (2 * layout.height, 2 * layout.width)
        let (input, kernel, scratch) = (call.input.pointer, call.kernel.pointer, call.scratch.pointer)
        let windows = PooledWindows(call)
        switch call.pooling {
        case .maximum:
            convolve(call.shape, input, kernel, scratch, height: height, width: width, Largest(windows: windows))
        case .average:
            convolve(call.shape, input, kernel, scratch, height: height, width: width, Mean(windows: windows))
        }
    }

    /// Calls `end` with the sums of each window of outputs and each filter.
    @inline(__always)
    private func convolve(
        _ shape: ConvolutionShape, _ input: Input, _ weights: Input, _ scratch: Output, height: Int, width: Int,
        _ end: some WindowEnd
    ) {
        switch shape.tileExtent {
        case 2: Tiles<2>(shape, input, weights, scratch).convolve(end)
        case 4: Tiles<4>(shape, input, weights, scratch).convolve(end)
        default: Taps(shape).convolve(input, weights, height: height, width: width, end)
        }
    }
}

// Private, all of them: for types that other files could name there would be functions that copy them, compiled for a wide
// processor and weak, so that the linker might take them for types of the same size in the path of a narrow one.

/// A window of outputs: its first output, the first of its samples in the block.
private struct WindowPlace {
    let y, x, lane: Int
    /// Where the map ends: the second row, column of sums is the first one again.
    var isLastRow = false
    var isLastColumn = false
}

/// What becomes of a window's sums: bias, ReLU, pooling, and where it is kept.
private protocol WindowEnd {
    /// - Parameter sums: before bias, row by row
    func take(_ sums: WindowSums, of filter: Int, at place: WindowPlace)
}

/// A filter's sums of a 2x2 window of outputs, row by row.
private typealias WindowSums = (Vector, Vector, Vector, Vector)

/// Which products a 2x2 window of outputs is the sum of.
private struct Taps {
    let filters: Int
    /// Floats from the input of one output to that of the next.
    let right, down: Int
    /// Rows of taps, and floats of inputs from one to the next.
    let rows, row: Int
    /// Products of a row: all its columns and channels, whose inputs and weights are neighbours.
    let rowLength: Int

    @inline(__always)
    init(_ shape: ConvolutionShape) {
        let column = shape.inputChannels * blockLanes
        filters = shape.filters
        rows = shape.kernelHeight
        row = shape.inputWidth * column
        right = shape.strideWidth * column
        down = shape.strideHeight * row
        rowLength = shape.kernelWidth * shape.inputChannels
    }

    /// Calls `end` with the sums of each window of outputs and each filter.
    @inline(__always)
    func convolve(_ input: Input, _ weights: Input, height: Int, width: Int, _ end: some WindowEnd) {
        for lane in stride(from: 0, to: blockLanes, by: lanes) {
            for y in stride(from: 0, to: height, by: 2) {
                for x in stride(from: 0, to: width, by: 2) {
                    let place = WindowPlace(
                        y: y, x: x, lane: lane, isLastRow: y + 1 == height, isLastColumn: x + 1 == width)
                    let window = input + y * down + x * right + lane
                    var filter = 0
                    while filter < filters {
                        let tile = nextTile(filters - filter)
                        let w = weights + filter
                        switch tile {
                        #if LANES_16
                            case 6: give(sums(window, w, place) as Sums<6>, of: filter, at: place, to: end)
                        #endif
                        case 4: give(sums(window, w, place) as Sums<4>, of: filter, at: place, to: end)
                        case 2: give(sums(window, w, place) as Sums<2>, of: filter, at: place, to: end)
                        default: give(sums(window, w, place) as Sums<1>, of: filter, at: place, to: end)
                        }
                        filter += tile
                    }
                }
            }
        }
    }

    @inline(__always)
    private func sums<let F: Int>(_ window: Input, _ weights: Input, _ place: WindowPlace) -> Sums<F> {
        var sums: Sums<F> = zeroSums()
        let down = place.isLastRow ? 0 : down
        let right = place.isLastColumn ? 0 : right
        for y in 0..<rows {
            accumulate(
                &sums, a: window + y * row, offsets: (right, down, down + right), aStride: blockLanes,
                b: weights + y * rowLength * filters, bStride: filters, bColumn: 1, count: rowLength)
        }
        return sums
    }

    @inline(__always)
    private func give<let F: Int>(
        _ sums: Sums<F>, of filter: Int, at place: WindowPlace, to end: some WindowEnd
    ) {
        for f in 0..<F {
            end.take((sums[0][f], sums[1][f], sums[2][f], sums[3][f]), of: filter + f, at: place)
        }
    }
}

// Four tiles at a time go through one row of points after another, so that what they need stays in the first-level cache:
// inputs to points, for each point a product over channels, points to outputs along the row. What the six rows leave then
// becomes the outputs. It saves a fifth of a convolution with 6 channels and 16 filters, two fifths with 12 and 32.

/// The tiles of a block, of MxM outputs each. Where the last of a row or column overlaps the one before, its sums come
/// later and are the ones that count.
private struct Tiles<let M: Int> {
    let channels, filters, outputHeight, outputWidth, columns, count: Int
    /// Floats from one input column, row to the next.
    let column, row: Int
    let input, weights: Input
    /// A row of points of four tiles, `[6, channels, 4]`; their products with some filters, `[filters, 4, 6]`; the outputs
    /// along each row of points, `[filters, 4, M, 6]`.
    let points, products, rows: Output

    @inline(__always)
    init(_ shape: ConvolutionShape, _ input: Input, _ weights: Input, _ scratch: Output) {
        (channels, filters) = (shape.inputChannels, shape.filters)
        (outputHeight, outputWidth) = (shape.outputHeight, shape.outputWidth)
        columns = (outputWidth + M - 1) / M
        count = (outputHeight + M - 1) / M * columns
        column = channels * blockLanes
        row = shape.inputWidth * column
        self.input = input
        self.weights = weights
        points = scratch
        products = points + 24 * channels * blockLanes
        rows = products + 144 * blockLanes
    }

    @inline(__always)
    func convolve(_ end: some WindowEnd) {
        for lane in stride(from: 0, to: blockLanes, by: lanes) {
            for first in stride(from: 0, to: count, by: 4) {
                let windows = inputs(first, lane)
                for point in 0..<6 {
                    // The row of points as a constant: what is summed for it depends on nothing else.
                    switch point {
                    case 0: transform(windows, Row<0>())
                    case 1: transform(windows, Row<1>())
                    case 2: transform(windows, Row<2>())
                    case 3: transform(windows, Row<3>())
                    case 4: transform(windows, Row<4>())
                    default: transform(windows, Row<5>())
                    }
                    multiply(point)
                }
                for tile in first..<min(first + 4, count) {
                    let (y, x) = origin(tile)
                    for filter in 0..<filters {
                        let left = ReadPointer(rows) + (filter * 4 + tile - first) * M * 6 * lanes
                        for pair in stride(from: 0, to: M, by: 2) {
                            let a: InlineArray<M, Vector> = outputs(loadPoints(left + pair * 6 * lanes, lanes))
                            let b: InlineArray<M, Vector> = outputs(loadPoints(left + (pair + 1) * 6 * lanes, lanes))
                            for down in stride(from: 0, to: M, by: 2) {
                                end.take(
                                    (a[down], b[down], a[down + 1], b[down + 1]), of: filter,
                                    at: WindowPlace(y: y + down, x: x + pair, lane: lane))
                            }
                        }
                    }
                }
            }
        }
    }

    /// A tile's first output. The last of a row or column begins where it ends with the map.
    @inline(__always)
    private func origin(_ tile: Int) -> (y: Int, x: Int) {
        (min(tile / columns * M, outputHeight - M), min(tile % columns * M, outputWidth - M))
    }

    /// What four tiles see; tiles beyond the last are the last again.
    @inline(__always)
    private func inputs(_ first: Int, _ lane: Int) -> InlineArray<4, Input> {
        InlineArray { place in
            let (y, x) = origin(min(first + place, count - 1))
            return input + y * row + x * column + lane
        }
    }

    /// A row of points of four tiles.
    @inline(__always)
    private func transform<let P: Int>(_ windows: InlineArray<4, Input>, _: Row<P>) {
        for place in 0..<4 {
            for channel in 0..<channels {
                let source = windows[place] + channel * blockLanes
                let values = inputPoints([
                    inputPoint(P, source, row), inputPoint(P, source + column, row),
                    inputPoint(P, source + 2 &* column, row), inputPoint(P, source + 3 &* column, row),
                    inputPoint(P, source + 4 &* column, row), inputPoint(P, source + 5 &* column, row),
                ])
                let target = points + (channel * 4 + place) * lanes
                for number in 0..<6 { store(values[number], target + number &* channels &* 4 &* lanes) }
            }
        }
    }

    /// From a row of points to the outputs along it.
    @inline(__always)
    private func multiply(_ point: Int) {
        var filter = 0
        while filter < filters {
            let tile = nextTile(filters - filter)
            switch tile {
            #if LANES_16
                case 6: multiply(point, filter, Width<6>())
            #endif
            case 4: multiply(point, filter, Width<4>())
            case 2: multiply(point, filter, Width<2>())
            default: multiply(point, filter, Width<1>())
            }
            filter += tile
        }
    }

    @inline(__always)
    private func multiply<let F: Int>(_ point: Int, _ filter: Int, _: Width<F>) {
        for number in 0..<6 {
            var sums: Sums<F> = zeroSums()
            accumulate(
                &sums, a: ReadPointer(points) + number * channels * 4 * lanes, offsets: (lanes, 2 * lanes, 3 * lanes),
                aStride: 4 * lanes, b: weights + (point * 6 + number) * channels * filters + filter, bStride: filters,
                bColumn: 1, count: channels)
            for f in 0..<F {
                for place in 0..<4 { store(sums[place][f], products + ((f &* 4 &+ place) &* 6 &+ number) &* lanes) }
            }
        }
        for place in 0..<4 &* F {
            let along: InlineArray<M, Vector> = outputs(loadPoints(ReadPointer(products) + place &* 6 &* lanes, lanes))
            let target = rows + ((filter * 4 + place) * M * 6 + point) * lanes
            for x in 0..<M { store(along[x], target + x &* 6 &* lanes) }
        }
    }
}

private struct Width<let F: Int> {}
private struct Row<let P: Int> {}

/// Bias and, if wished, ReLU.
private struct Unpooled: WindowEnd {
    let bias: Input
    let rectified: Bool
    let output: Output
    let filters, row, element: Int

    init(_ call: Convolution) {
        bias = call.bias.pointer
        rectified = call.rectified
        output = call.output.pointer
        filters = call.shape.filters
        (row, element) = (call.output.layout.row, call.output.layout.element)
    }

    @inline(__always)
    func take(_ sums: WindowSums, of filter: Int, at place: WindowPlace) {
        let b = Vector(repeating: bias[filter])
        let first = output + ((place.y * row + place.x * filters + filter) * element + place.lane)
        let second = first + row * element
        let right = filters * element
        store(end(sums.0 + b), first)
        if !place.isLastColumn { store(end(sums.1 + b), first + right) }
        if place.isLastRow { return }
        store(end(sums.2 + b), second)
        if !place.isLastColumn { store(end(sums.3 + b), second + right) }
    }

    @inline(__always)
    private func end(_ sum: Vector) -> Vector { rectified ? larger(Vector(repeating: 0), sum) : sum }
}

/// Bias, ReLU and pooling: what is kept of each window.
private struct PooledWindows {
    let bias: Input
    let output: Output
    let gates: WritePointer<UInt8>
    let filters, width, row, element: Int

    init(_ call: PooledConvolution) {
        let layout = call.output.layout
        bias = call.bias.pointer
        output = call.output.pointer
        gates = call.gates.pointer
        filters = call.shape.filters
        (width, row, element) = (layout.width, layout.row, layout.element)
    }

    @inline(__always)
    func value(of filter: Int, at place: WindowPlace) -> UnsafeMutablePointer<Float> {
        let element = place.y / 2 * row + place.x / 2 * filters + filter
        return (output + (element * self.element + place.lane)).elements(lanes)
    }

    @inline(__always)
    func gate(of filter: Int, at place: WindowPlace) -> UnsafeMutablePointer<UInt8> {
        let element = (place.y / 2 * width + place.x / 2) * filters + filter
        return (gates + (element * blockLanes + place.lane)).elements(lanes)
    }
}

private struct Largest: WindowEnd {
    let windows: PooledWindows

    @inline(__always)
    func take(_ sums: WindowSums, of filter: Int, at place: WindowPlace) {
        let b = Vector(repeating: windows.bias[filter])
        vector_pool_largest(
            sums.0 + b, sums.1 + b, sums.2 + b, sums.3 + b, Int32(PoolingGate.noWinner),
            windows.value(of: filter, at: place), windows.gate(of: filter, at: place))
    }
}

private struct Mean: WindowEnd {
    let windows: PooledWindows

    @inline(__always)
    func take(_ sums: WindowSums, of filter: Int, at place: WindowPlace) {
        let b = Vector(repeating: windows.bias[filter])
        vector_pool_mean(
            sums.0 + b, sums.1 + b, sums.2 + b, sums.3 + b, windows.value(of: filter, at: place),
            windows.gate(of: filter, at: place))
    }
}
