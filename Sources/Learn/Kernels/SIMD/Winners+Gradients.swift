import CVector
import KernelInterface

extension VectorKernels {
    public func run(_ call: WinnersKernelGradient) {
        let winners = call.winners
        let shape = winners.shape
        let stride = shape.kernelRowStride
        let (kernelHeight, filterCapacity) = (shape.kernelHeight, shape.filterCapacity)
        for filter in 0..<shape.filters {
            let walk = KernelWalk(
                samples: call.samples.pointer, list: ReadPointer(winners.byFilter) + filter * filterCapacity,
                count: Int(winners.filterCounts[filter]), sampleRow: shape.inputWidth * shape.inputChannels,
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
        let winners = call.winners
        let shape = winners.shape
        let (column, row) = (shape.inputChannels, shape.inputWidth * shape.inputChannels)
        let (stride, patchCount, pooledWidth) = (shape.patchRowStride, shape.patchCount, shape.pooledWidth)
        let (windowCapacity, sampleStride) = (shape.windowCapacity, shape.sampleStride)
        for window in 0..<shape.windows {
            let corner = 2 * (window / pooledWidth) * row + 2 * (window % pooledWidth) * column
            for lane in 0..<blockLanes {
                let index = window * blockLanes + lane
                let walk = PatchWalk(
                    patches: call.patches.pointer, patchCount: patchCount, patchRow: stride,
                    list: ReadPointer(winners.byWindow) + index * windowCapacity,
                    count: Int(winners.windowCounts[index]),
                    target: call.samples.pointer + lane * sampleStride + corner, targetRow: row)
                walk.run(rows: shape.kernelHeight + 1)
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
    let patchCount, patchRow: Int
    let list: ReadPointer<Winner>
    let count: Int
    let target: Output
    let targetRow: Int

    @inline(__always)
    func run(rows: Int) {
        if count == 0 { return }
        var row = 0
        while row < rows {
            #if LANES_16
                if rows - row >= 3 && patchRow == 5 * lanes {
                    run(row, 0, Block<3, 5>())
                    row += 3
                    continue
                }
                if rows - row >= 6 && patchRow == 3 * lanes {
                    run(row, 0, Block<6, 3>())
                    row += 6
                    continue
                }
                if rows - row >= 2 && patchRow == 8 * lanes {
                    run(row, 0, Block<2, 8>())
                    row += 2
                    continue
                }
            #endif
            var column = 0
            while column < patchRow {
                #if LANES_16
                    if patchRow - column >= 16 * lanes {
                        run(row, column, Block<1, 16>())
                        column += 16 * lanes
                        continue
                    }
                #endif
                #if LANES_8
                    if patchRow - column >= 10 * lanes {
                        run(row, column, Block<1, 10>())
                        column += 10 * lanes
                        continue
                    }
                    if patchRow - column >= 6 * lanes {
                        run(row, column, Block<1, 6>())
                        column += 6 * lanes
                        continue
                    }
                #endif
                if patchRow - column >= 4 * lanes {
                    run(row, column, Block<1, 4>())
                    column += 4 * lanes
                } else {
                    run(row, column, Block<1, 1>())
                    column += lanes
                }
            }
            row += 1
        }
    }

    @inline(__always)
    private func run<let R: Int, let N: Int>(_ row: Int, _ column: Int, _: Block<R, N>) {
        var block = InlineArray<R, InlineArray<N, Vector>>(
            repeating: InlineArray(repeating: Vector(repeating: 0)))
        let source = patches + row * patchRow + column
        for index in 0..<count {
            let winner = list[index]
            let factor = Vector(repeating: winner.gradient)
            let patch = source + Int(winner.place) &* patchCount
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
