import CVector
import KernelInterface

extension VectorKernels {
    public func run(_ call: WinnersKernelGradient) {
        let winners = call.winners
        let shape = winners.shape
        let (filters, kernelHeight, kernelRow) = (shape.filters, shape.kernelHeight, shape.kernelRowStride)
        add(rows: kernelHeight, width: kernelRow) { body in
            // A sample after another, since one fits the first-level cache and sixteen do not.
            for list in 0..<blockLanes * filters {
                body(
                    Walk(
                        list: ReadPointer(winners.byFilter) + list * shape.filterCapacity,
                        count: Int(winners.filterCounts[list]),
                        source: call.samples.pointer + list / filters * shape.sampleStride,
                        sourceRow: shape.inputWidth * shape.inputChannels,
                        target: call.sums.pointer + list % filters * kernelHeight * kernelRow, targetRow: kernelRow))
            }
        }
    }

    public func run(_ call: WinnersInputGradient) {
        let winners = call.winners
        let shape = winners.shape
        let (column, row) = (shape.inputChannels, shape.inputWidth * shape.inputChannels)
        let kernelRow = shape.kernelRowStride
        for band in stride(from: 0, through: shape.kernelHeight, by: shape.bandRows) {
            add(rows: min(shape.bandRows, shape.kernelHeight + 1 - band), width: kernelRow) { body in
                for window in 0..<shape.windows {
                    let (y, x) = (2 * (window / shape.pooledWidth), 2 * (window % shape.pooledWidth))
                    let corner = call.samples.pointer + (y + band) * row + x * column
                    for lane in 0..<blockLanes {
                        for right in 0..<2 {
                            let list = (window * 2 + right) * blockLanes + lane
                            body(
                                Walk(
                                    list: ReadPointer(winners.byColumn) + list * shape.columnCapacity,
                                    count: Int(winners.columnCounts[list]),
                                    source: call.patches.pointer + band * kernelRow, sourceRow: kernelRow,
                                    target: corner + lane * shape.sampleStride + right * column, targetRow: row))
                        }
                    }
                }
            }
        }
    }

    /// Walks all lists, with as many sums in registers as their rows allow.
    /// - Parameter width: floats of a row, a multiple of 16
    @inline(__always)
    private func add(rows: Int, width: Int, along lists: ((Walk) -> Void) -> Void) {
        switch (rows, width / lanes) {
        #if LANES_16
            case (5, 4): lists { $0.run(0, 0, Block<5, 4>()) }
            case (5, 2): lists { $0.run(0, 0, Block<5, 2>()) }
            case (3, 6): lists { $0.run(0, 0, Block<3, 6>()) }
            case (6, 2): lists { $0.run(0, 0, Block<6, 2>()) }
            case (2, 6): lists { $0.run(0, 0, Block<2, 6>()) }
            case (3, 4): lists { $0.run(0, 0, Block<3, 4>()) }
            case (2, 12): lists { $0.run(0, 0, Block<2, 12>()) }
        #endif
        default: lists { walk in for row in 0..<rows { walk.add(row, width) } }
        }
    }
}

/// A list's winners, each adding its gradient times some rows of the source to the same rows of the target.
private struct Walk {
    let list: ReadPointer<Winner>
    let count: Int
    let source: Input
    let sourceRow: Int
    let target: Output
    let targetRow: Int

    /// One row, the widest blocks first.
    @inline(__always)
    func add(_ row: Int, _ width: Int) {
        var column = 0
        while column < width {
            switch (width - column) / lanes {
            #if LANES_16
                case 12...: column += run(row, column, Block<1, 12>())
            #endif
            #if LANES_16 || LANES_8
                case 8...: column += run(row, column, Block<1, 8>())
            #endif
            case 4...: column += run(row, column, Block<1, 4>())
            case 2...: column += run(row, column, Block<1, 2>())
            default: column += run(row, column, Block<1, 1>())
            }
        }
    }

    /// - Returns: the floats of a row that it took.
    @discardableResult
    @inline(__always)
    func run<let R: Int, let N: Int>(_ row: Int, _ column: Int, _: Block<R, N>) -> Int {
        if count == 0 { return N * lanes }
        var block = InlineArray<R, InlineArray<N, Vector>>(
            repeating: InlineArray(repeating: Vector(repeating: 0)))
        let start = source + row * sourceRow + column
        for index in 0..<count {
            let winner = list[index]
            let factor = Vector(repeating: winner.gradient)
            let values = start + Int(winner.place)
            for r in 0..<R {
                for n in 0..<N { block[r][n].fuse(load(values + r &* sourceRow + n &* lanes), factor) }
            }
        }
        for r in 0..<R {
            for n in 0..<N {
                let place = target + (row + r) &* targetRow + column + n &* lanes
                store(load(place) + block[r][n], place)
            }
        }
        return N * lanes
    }
}

/// Rows and vectors of sums that stay in registers while a list is walked.
private struct Block<let R: Int, let N: Int> {}
