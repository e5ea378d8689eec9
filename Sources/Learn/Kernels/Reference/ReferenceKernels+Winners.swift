import KernelInterface

extension ReferenceKernels {
    func run(_ call: WinnerSearch) {
        let (winners, shape) = (call.winners, call.winners.shape)
        for list in 0..<blockLanes * shape.filters { winners.filterCounts[list] = 0 }
        for list in 0..<shape.columnLists { winners.columnCounts[list] = 0 }
        for window in 0..<shape.windows {
            let (y, x) = (window / shape.pooledWidth, window % shape.pooledWidth)
            for filter in 0..<shape.filters {
                for lane in 0..<blockLanes {
                    let gate = call.gates.pointer[(window * shape.filters + filter) * blockLanes + lane]
                    guard gate != PoolingGate.noWinner else { continue }
                    let (dy, dx) = Self.window[Int(gate)]
                    let place = ((2 * y + dy) * shape.inputWidth + 2 * x + dx) * shape.inputChannels
                    let value = call.pooled[y, x, filter, lane] * call.scale
                    call.bias.pointer[filter * blockLanes + lane] += value
                    append(
                        Winner(place: Int32(place), gradient: value), winners.byFilter,
                        (lane * shape.filters + filter) * shape.filterCapacity,
                        winners.filterCounts + lane * shape.filters + filter)
                    let list = (window * 2 + dx) * blockLanes + lane
                    let patch = filter * shape.patchCount + (1 - dy) * shape.kernelRowStride
                    append(
                        Winner(place: Int32(patch), gradient: value), winners.byColumn,
                        list * shape.columnCapacity, winners.columnCounts + list)
                }
            }
        }
    }

    private func append(
        _ winner: Winner, _ lists: WritePointer<Winner>, _ start: Int, _ count: WritePointer<Int32>
    ) {
        lists[start + Int(count[0])] = winner
        count[0] += 1
    }

    func run(_ call: WinnersKernelGradient) {
        let (winners, shape) = (call.winners, call.winners.shape)
        for filter in 0..<shape.filters {
            for row in 0..<shape.kernelHeight {
                for column in 0..<shape.kernelWidth * shape.inputChannels {
                    let sumPlace = (filter * shape.kernelHeight + row) * shape.kernelRowStride + column
                    for lane in 0..<blockLanes {
                        var sum: Float = 0
                        let list = lane * shape.filters + filter
                        for index in 0..<Int(winners.filterCounts[list]) {
                            let winner = winners.byFilter[list * shape.filterCapacity + index]
                            let place =
                                lane * shape.sampleStride + Int(winner.place) + row * shape.inputWidth
                                * shape.inputChannels + column
                            sum.addProduct(call.samples.pointer[place], winner.gradient)
                        }
                        call.sums.pointer[sumPlace] += sum
                    }
                }
            }
        }
    }

    func run(_ call: WinnersInputGradient) {
        let shape = call.winners.shape
        for band in stride(from: 0, through: shape.kernelHeight, by: shape.bandRows) {
            for window in 0..<shape.windows {
                for row in band...min(shape.kernelHeight, band + shape.bandRows - 1) {
                    for lane in 0..<blockLanes {
                        for right in 0..<2 { sendBack(call, window, row, lane, right) }
                    }
                }
            }
        }
    }

    private func sendBack(_ call: WinnersInputGradient, _ window: Int, _ row: Int, _ lane: Int, _ right: Int) {
        let (winners, shape) = (call.winners, call.winners.shape)
        let (y, x) = (window / shape.pooledWidth, window % shape.pooledWidth)
        let list = (window * 2 + right) * blockLanes + lane
        for column in 0..<shape.kernelWidth * shape.inputChannels {
            var sum: Float = 0
            for index in 0..<Int(winners.columnCounts[list]) {
                let winner = winners.byColumn[list * shape.columnCapacity + index]
                let place = Int(winner.place) + row * shape.kernelRowStride + column
                sum.addProduct(call.patches.pointer[place], winner.gradient)
            }
            let place = ((2 * y + row) * shape.inputWidth + 2 * x + right) * shape.inputChannels + column
            call.samples.pointer[lane * shape.sampleStride + place] += sum
        }
    }

    func run(_ call: SampleSplit) {
        for element in 0..<call.count {
            for lane in 0..<blockLanes {
                call.samples.pointer[lane * call.stride + element] = call.map.pointer[element * blockLanes + lane]
            }
        }
    }

    func run(_ call: SampleJoin) {
        for element in 0..<call.count {
            for lane in 0..<blockLanes {
                call.map.pointer[element * blockLanes + lane] = call.samples.pointer[lane * call.stride + element]
            }
        }
    }
}
