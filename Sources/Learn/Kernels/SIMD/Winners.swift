import CVector
import KernelInterface

// After 2x2 max pooling three of four gradients are zero, and where ReLU is off or dropout struck all four are. The
// backward pass that follows the winners alone does a tenth of the dense arithmetic: 12 and 32 filters train 1.4 times
// as fast.

extension VectorKernels {
    public func run(_ call: WinnerSearch) {
        let winners = call.winners
        let shape = winners.shape
        let (layout, pooled, gates, bias) = (
            call.pooled.layout, call.pooled.pointer, call.gates.pointer, call.bias.pointer
        )
        let (scale, sampleStride) = (call.scale, shape.sampleStride)
        let (pooledWidth, filterCapacity, windowCapacity) = (
            shape.pooledWidth, shape.filterCapacity, shape.windowCapacity
        )
        let column = shape.inputChannels
        let row = shape.inputWidth * column
        winners.filterCounts.update(repeating: 0, count: shape.filters)
        winners.windowCounts.update(repeating: 0, count: shape.windows * blockLanes)
        for window in 0..<shape.windows {
            let (y, x) = (window / pooledWidth, window % pooledWidth)
            let corner = 2 * y * row + 2 * x * column
            let lists = winners.byWindow + window * blockLanes * windowCapacity
            let counts = winners.windowCounts + window * blockLanes
            for filter in 0..<shape.filters {
                let gradient = pooled + (y * layout.row + x * shape.filters + filter) * layout.element
                let gate = gates + (window * shape.filters + filter) * blockLanes
                let list = winners.byFilter + filter * filterCapacity
                var count = Int(winners.filterCounts[filter])
                for lane in 0..<blockLanes {
                    let position = Int(gate[lane])
                    let value = gradient[lane] * scale
                    // Written whether it won or not; the next one overwrites a loser.
                    let won = position < 4 ? 1 : 0
                    let place = lane &* sampleStride &+ corner &+ (position & 1) &* column &+ (position >> 1) &* row
                    list[count] = Winner(place: Int32(truncatingIfNeeded: place), gradient: value)
                    count &+= won
                    let own = Int(counts[lane])
                    lists[lane &* windowCapacity &+ own] = Winner(
                        place: Int32(truncatingIfNeeded: 4 &* filter &+ position), gradient: value)
                    counts[lane] = Int32(truncatingIfNeeded: own &+ won)
                }
                winners.filterCounts[filter] = Int32(truncatingIfNeeded: count)
                for lane in stride(from: 0, to: blockLanes, by: lanes) {
                    let lost = vector_where_equal(loadBytes(gate + lane), Int32(PoolingGate.noWinner), one)
                    let kept = load(gradient + lane) * scale * (one - lost)
                    store(load(bias + filter * blockLanes + lane) + kept, bias + filter * blockLanes + lane)
                }
            }
        }
    }

    private var one: Vector { @inline(__always) get { Vector(repeating: 1) } }

    public func run(_ call: SampleSplit) {
        let (map, count, step, samples) = (call.map.pointer, call.count, call.stride, call.samples.pointer)
        var element = 0
        while element + 4 <= count {
            for lane in stride(from: 0, to: blockLanes, by: 4) {
                transpose4(map + element * blockLanes + lane, blockLanes, samples + lane * step + element, step)
            }
            element += 4
        }
        while element < count {
            for lane in 0..<blockLanes { samples[lane * step + element] = map[element * blockLanes + lane] }
            element += 1
        }
    }

    public func run(_ call: SampleJoin) {
        let (samples, count, step, map) = (call.samples.pointer, call.count, call.stride, call.map.pointer)
        var element = 0
        while element + 4 <= count {
            for lane in stride(from: 0, to: blockLanes, by: 4) {
                transpose4(samples + lane * step + element, step, map + element * blockLanes + lane, blockLanes)
            }
            element += 4
        }
        while element < count {
            for lane in 0..<blockLanes { map[element * blockLanes + lane] = samples[lane * step + element] }
            element += 1
        }
    }
}
