import KernelInterface

// Four tiles at a time go through one row of points after another, so that what they need stays in the first-level cache:
// inputs to points, for each point a product over channels, points to outputs along the row. What the six rows leave then
// becomes the outputs. It saves a fifth of a convolution with 6 channels and 16 filters, two fifths with 12 and 32.

extension VectorKernels {
    /// Calls `finish` with the sums, before bias, of each 2x2 window of outputs and each filter. Where the last tile of a
    /// row or column overlaps the one before, its sums come later and are the ones that count.
    @inline(__always)
    func convolveTiles(
        _ shape: ConvolutionShape, _ input: Input, _ weights: Input, _ scratch: Output,
        finish: (_ y: Int, _ x: Int, _ filter: Int, _ lane: Int, _ sums: Sums<1>) -> Void
    ) {
        if shape.tileExtent == 2 {
            Tiles<2>(shape, input, weights, scratch).convolve(finish)
        } else {
            Tiles<4>(shape, input, weights, scratch).convolve(finish)
        }
    }
}

/// The tiles of a block, of MxM outputs each.
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
    func convolve(_ finish: (_ y: Int, _ x: Int, _ filter: Int, _ lane: Int, _ sums: Sums<1>) -> Void) {
        for lane in stride(from: 0, to: blockLanes, by: lanes) {
            for first in stride(from: 0, to: count, by: 4) {
                for point in 0..<6 {
                    transformInputs(first, lane, point)
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
                                finish(
                                    y + down, x + pair, filter, lane,
                                    [[a[down]], [b[down]], [a[down + 1]], [b[down + 1]]])
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

    /// A row of points of four tiles; tiles beyond the last are the last again.
    @inline(__always)
    private func transformInputs(_ first: Int, _ lane: Int, _ point: Int) {
        for place in 0..<4 {
            let (y, x) = origin(min(first + place, count - 1))
            let window = input + y * row + x * column + lane
            for channel in 0..<channels {
                let source = window + channel * blockLanes
                let values = inputPoints([
                    inputPoint(point, source, row), inputPoint(point, source + column, row),
                    inputPoint(point, source + 2 &* column, row), inputPoint(point, source + 3 &* column, row),
                    inputPoint(point, source + 4 &* column, row), inputPoint(point, source + 5 &* column, row),
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
