import KernelInterface

extension ReferenceKernels {
    func findWinners(
        _ pooled: UnsafePointer<Float>, layout: MapLayout, gates: UnsafePointer<UInt8>, shape: ConvolutionShape,
        scale: Float, sampleStride: Int, winners: Winners, bias: UnsafeMutablePointer<Float>
    ) {
        for filter in 0..<shape.filters { winners.filterCounts[filter] = 0 }
        for list in 0..<shape.windows * blockLanes { winners.windowCounts[list] = 0 }
        for window in 0..<shape.windows {
            let (y, x) = (window / shape.pooledWidth, window % shape.pooledWidth)
            for filter in 0..<shape.filters {
                for lane in 0..<blockLanes {
                    let gate = gates[(window * shape.filters + filter) * blockLanes + lane]
                    guard gate != PoolingGate.noWinner else { continue }
                    let (dy, dx) = Self.window[Int(gate)]
                    let place = ((2 * y + dy) * shape.inputWidth + 2 * x + dx) * shape.inputChannels
                    let value = pooled[(y * layout.row + x * shape.filters + filter) * layout.element + lane] * scale
                    bias[filter * blockLanes + lane] += value
                    append(
                        Winner(place: Int32(lane * sampleStride + place), gradient: value), winners.byFilter,
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
        _ winner: Winner, _ lists: UnsafeMutablePointer<Winner>, _ start: Int, _ count: UnsafeMutablePointer<Int32>
    ) {
        lists[start + Int(count.pointee)] = winner
        count.pointee += 1
    }

    func winnersKernelGradient(
        _ samples: UnsafePointer<Float>, winners: Winners, shape: ConvolutionShape, sums: UnsafeMutablePointer<Float>
    ) {
        for filter in 0..<shape.filters {
            for row in 0..<shape.kernel {
                for column in 0..<shape.kernel * shape.inputChannels {
                    var sum: Float = 0
                    for index in 0..<Int(winners.filterCounts[filter]) {
                        let winner = winners.byFilter[filter * shape.filterCapacity + index]
                        let place = Int(winner.place) + row * shape.inputWidth * shape.inputChannels + column
                        sum.addProduct(samples[place], winner.gradient)
                    }
                    sums[(filter * shape.kernel + row) * shape.kernelRowStride + column] += sum
                }
            }
        }
    }

    func winnersInputGradient(
        _ winners: Winners, patches: UnsafePointer<Float>, shape: ConvolutionShape, sampleStride: Int,
        samples: UnsafeMutablePointer<Float>
    ) {
        for window in 0..<shape.windows {
            let (y, x) = (window / shape.pooledWidth, window % shape.pooledWidth)
            for lane in 0..<blockLanes {
                let list = window * blockLanes + lane
                for row in 0...shape.kernel {
                    for column in 0..<(shape.kernel + 1) * shape.inputChannels {
                        var sum: Float = 0
                        for index in 0..<Int(winners.windowCounts[list]) {
                            let winner = winners.byWindow[list * shape.windowCapacity + index]
                            let patch = patches + Int(winner.place) * shape.patchCount
                            sum.addProduct(patch[row * shape.patchRowStride + column], winner.gradient)
                        }
                        let place = ((2 * y + row) * shape.inputWidth + 2 * x) * shape.inputChannels + column
                        samples[lane * sampleStride + place] += sum
                    }
                }
            }
        }
    }

    func splitSamples(
        _ map: UnsafePointer<Float>, count: Int, stride: Int, into samples: UnsafeMutablePointer<Float>
    ) {
        for element in 0..<count {
            for lane in 0..<blockLanes { samples[lane * stride + element] = map[element * blockLanes + lane] }
        }
    }

    func joinSamples(
        _ samples: UnsafePointer<Float>, count: Int, stride: Int, into map: UnsafeMutablePointer<Float>
    ) {
        for element in 0..<count {
            for lane in 0..<blockLanes { map[element * blockLanes + lane] = samples[lane * stride + element] }
        }
    }
}
