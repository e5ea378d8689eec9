import CVector
import KernelInterface

extension VectorKernels {
    public func run(_ call: WinnersKernelGradient) {
        let winners = call.winners
        let shape = winners.shape
        let stride = shape.kernelRowStride
        let (kernelHeight, filterCapacity) = (shape.kernelHeight, shape.filterCapacity)
        // A sample after another, since one fits the first-level cache and sixteen do not.
        for list in 0..<blockLanes * shape.filters {
            let filter = list % shape.filters
            let walk = KernelWalk(
                samples: call.samples.pointer + list / shape.filters * shape.sampleStride,
                list: ReadPointer(winners.byFilter) + list * filterCapacity,
                count: Int(winners.filterCounts[list]), sampleRow: shape.inputWidth * shape.inputChannels,
                sums: call.sums.pointer + filter * kernelHeight * stride, sumRow: stride)
            var row = 0
            while row < kernelHeight {
                #if LANES_16
                    if kernelHeight - row >= 5 && stride == 4 * lanes {
                        walk.run(row, 0, Block<5, 4>())
                        row += 5
                        continue
                    }
                    if kernelHeight - row >= 5 && stride == 2 * lanes {
                        walk.run(row, 0, Block<5, 2>())
                        row += 5
                        continue
                    }
                    if kernelHeight - row >= 3 && stride == 6 * lanes {
                        walk.run(row, 0, Block<3, 6>())
                        row += 3
                        continue
                    }
                #endif
                var column = 0
                while column < stride {
                    #if LANES_16
                        if stride - column >= 12 * lanes {
                            walk.run(row, column, Block<1, 12>())
                            column += 12 * lanes
                            continue
                        }
                    #endif
                    #if LANES_8
                        if stride - column >= 8 * lanes {
                            walk.run(row, column, Block<1, 8>())
                            column += 8 * lanes
                            continue
                        }
                    #endif
                    if stride - column >= 4 * lanes {
                        walk.run(row, column, Block<1, 4>())
                        column += 4 * lanes
                    } else {
                        walk.run(row, column, Block<1, 1>())
                        column += lanes
                    }
                }
                row += 1
            }
        }
    }

    public func run(_ call: WinnersInputGradient) {
        let shape = call.winners.shape
        for band in stride(from: 0, through: shape.kernelHeight, by: shape.bandRows) {
            let rows = min(shape.bandRows, shape.kernelHeight + 1 - band)
            switch (rows, shape.patchWidth / lanes) {
            #if LANES_16
                case (6, 3): sendBack(call, band, Block<6, 3>())
                case (2, 3): sendBack(call, band, Block<2, 3>())
                case (2, 8): sendBack(call, band, Block<2, 8>())
                case (2, 5): sendBack(call, band, Block<2, 5>())
            #endif
            default: sendBack(call, band, rows)
            }
        }
    }

    /// What the winners send back to some rows of inputs of each window.
    @inline(__always)
    private func sendBack<let R: Int, let N: Int>(_ call: WinnersInputGradient, _ row: Int, _: Block<R, N>) {
        forEachWindow(call) { walk in walk.run(row, 0, Block<R, N>()) }
    }

    private func sendBack(_ call: WinnersInputGradient, _ first: Int, _ rows: Int) {
        let width = call.winners.shape.patchWidth
        forEachWindow(call) { walk in
            for row in first..<first + rows {
                var column = 0
                while column < width {
                    #if LANES_16
                        if width - column >= 16 * lanes {
                            walk.run(row, column, Block<1, 16>())
                            column += 16 * lanes
                            continue
                        }
                        if width - column >= 8 * lanes {
                            walk.run(row, column, Block<1, 8>())
                            column += 8 * lanes
                            continue
                        }
                    #endif
                    #if LANES_8
                        if width - column >= 10 * lanes {
                            walk.run(row, column, Block<1, 10>())
                            column += 10 * lanes
                            continue
                        }
                        if width - column >= 6 * lanes {
                            walk.run(row, column, Block<1, 6>())
                            column += 6 * lanes
                            continue
                        }
                    #endif
                    if width - column >= 4 * lanes {
                        walk.run(row, column, Block<1, 4>())
                        column += 4 * lanes
                    } else {
                        walk.run(row, column, Block<1, 1>())
                        column += lanes
                    }
                }
            }
        }
    }

    @inline(__always)
    private func forEachWindow(_ call: WinnersInputGradient, _ body: (PatchWalk) -> Void) {
        let winners = call.winners
        let shape = winners.shape
        let (column, row) = (shape.inputChannels, shape.inputWidth * shape.inputChannels)
        let (patchRow, pooledWidth) = (shape.patchRowStride, shape.pooledWidth)
        let (windowCapacity, sampleStride) = (shape.windowCapacity, shape.sampleStride)
        for window in 0..<shape.windows {
            let corner = 2 * (window / pooledWidth) * row + 2 * (window % pooledWidth) * column
            for lane in 0..<blockLanes {
                let index = window * blockLanes + lane
                let count = Int(winners.windowCounts[index])
                if count == 0 { continue }
                body(
                    PatchWalk(
                        patches: call.patches.pointer, patchRow: patchRow,
                        list: ReadPointer(winners.byWindow) + index * windowCapacity, count: count,
                        target: call.samples.pointer + lane * sampleStride + corner, targetRow: row))
            }
        }
    }
}

/// Rows and vectors of sums that stay in registers while a list is walked.
private struct Block<let R: Int, let N: Int> {}

/// A filter's winners, each adding the input below its kernel.
private struct KernelWalk {
    let samples: Input
    let list: ReadPointer<Winner>
    let count: Int
    let sampleRow: Int
    let sums: Output
    let sumRow: Int

    @inline(__always)
    func run<let R: Int, let N: Int>(_ row: Int, _ column: Int, _: Block<R, N>) {
        var block = InlineArray<R, InlineArray<N, Vector>>(
            repeating: InlineArray(repeating: Vector(repeating: 0)))
        let source = samples + row * sampleRow + column
        for index in 0..<count {
            let winner = list[index]
            let factor = Vector(repeating: winner.gradient)
            let values = source + Int(winner.place)
            for r in 0..<R {
                for n in 0..<N { block[r][n].fuse(load(values + r &* sampleRow + n &* lanes), factor) }
            }
        }
        for r in 0..<R {
            for n in 0..<N {
                let place = sums + (row + r) &* sumRow + column + n &* lanes
                store(load(place) + block[r][n], place)
            }
        }
    }
}

/// The winners of a window and sample, each adding its filter's patch.
private struct PatchWalk {
    let patches: Input
    let patchRow: Int
    let list: ReadPointer<Winner>
    let count: Int
    let target: Output
    let targetRow: Int

    @inline(__always)
    func run<let R: Int, let N: Int>(_ row: Int, _ column: Int, _: Block<R, N>) {
        var block = InlineArray<R, InlineArray<N, Vector>>(
            repeating: InlineArray(repeating: Vector(repeating: 0)))
        let source = patches + row * patchRow + column
        for index in 0..<count {
            let winner = list[index]
            let factor = Vector(repeating: winner.gradient)
            let patch = source + Int(winner.place)
            for r in 0..<R {
                for n in 0..<N { block[r][n].fuse(load(patch + r &* patchRow + n &* lanes), factor) }
            }
        }
        for r in 0..<R {
            for n in 0..<N {
                let place = target + (row + r) &* targetRow + column + n &* lanes
                store(load(place) + block[r][n], place)
            }
        }
    }
}
