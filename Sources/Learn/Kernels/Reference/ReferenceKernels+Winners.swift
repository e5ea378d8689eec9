import KernelInterface

extension ReferenceKernels {
    func run(_ call: WinnerSearch) {
        let (winners, shape) = (call.winners, call.winners.shape)
        for filter in 0..<shape.filters { winners.filterCounts[filter] = 0 }
        for list in 0..<shape.windows * blockLanes { winners.windowCounts[list] = 0 }
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
                        Winner(place: Int32(lane * shape.sampleStride + place), gradient: value), winners.byFilter,
                        filter * shape.filterCapacity, winners.filterCounts + filter)
                    let list = window * blockLanes + lane
                    append(
                        Winner(place: Int32(4 * filter + Int(gate)), gradient: value), winners.byWindow,
                        list * shape.windowCapacity, winners.windowCounts + list)
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
                    var sum: Float = 0
                    for index in 0..<Int(winners.filterCounts[filter]) {
                        let winner = winners.byFilter[filter * shape.filterCapacity + index]
                        let place = Int(winner.place) + row * shape.inputWidth * shape.inputChannels + column
                        sum.addProduct(call.samples.pointer[place], winner.gradient)
                    }
                    let place = (filter * shape.kernelHeight + row) * shape.kernelRowStride + column
                    call.sums.pointer[place] += sum
                }
            }
        }
    }

    func run(_ call: WinnersInputGradient) {
        let (winners, shape) = (call.winners, call.winners.shape)
        for window in 0..<shape.windows {
            let (y, x) = (window / shape.pooledWidth, window % shape.pooledWidth)
            for lane in 0..<blockLanes {
                let list = window * blockLanes + lane
                for row in 0...shape.kernelHeight {
                    for column in 0..<(shape.kernelWidth + 1) * shape.inputChannels {
                        var sum: Float = 0
                        for index in 0..<Int(winners.windowCounts[list]) {
                            let winner = winners.byWindow[list * shape.windowCapacity + index]
                            let patch = call.patches.pointer + Int(winner.place) * shape.patchCount
                            sum.addProduct(patch[row * shape.patchRowStride + column], winner.gradient)
                        }
                        let place = ((2 * y + row) * shape.inputWidth + 2 * x) * shape.inputChannels + column
                        call.samples.pointer[lane * shape.sampleStride + place] += sum
                    }
                }
            }
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
