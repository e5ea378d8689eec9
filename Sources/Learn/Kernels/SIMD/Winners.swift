import CVector
import KernelInterface

// After 2x2 max pooling three of four gradients are zero, and where ReLU is off or dropout struck all four are. The
// backward pass that follows the winners alone does about a tenth of the dense arithmetic.

extension VectorKernels {
    public func run(_ call: WinnerSearch) {
        let winners = call.winners
        let shape = winners.shape
        let (layout, pooled, gates, bias) = (
            call.pooled.layout, call.pooled.pointer, call.gates.pointer, call.bias.pointer
        )
        let scale = call.scale
        let (pooledWidth, filterCapacity, columnCapacity) = (
            shape.pooledWidth, shape.filterCapacity, shape.columnCapacity
        )
        let (filters, column) = (shape.filters, shape.inputChannels)
        let row = shape.inputWidth * column
        let (patchCount, patchRow) = (shape.patchCount, shape.kernelRowStride)
        let listsOfFilters = filters * filterCapacity
        winners.filterCounts.update(repeating: 0, count: blockLanes * shape.filters)
        winners.columnCounts.update(repeating: 0, count: shape.columnLists)
        for window in 0..<shape.windows {
            let (y, x) = (window / pooledWidth, window % pooledWidth)
            let corner = 2 * y * row + 2 * x * column
            let lists = winners.byColumn + window * 2 * blockLanes * columnCapacity
            let counts = winners.columnCounts + window * 2 * blockLanes
            for filter in 0..<shape.filters {
                let gradient = pooled + (y * layout.row + x * shape.filters + filter) * layout.element
                let gate = gates + (window * shape.filters + filter) * blockLanes
                let filterLists = winners.byFilter + filter * filterCapacity
                let filterCounts = winners.filterCounts + filter
                var left = vector_bytes_unlike(gate.elements(blockLanes), PoolingGate.noWinner)
                while left != 0 {
                    let lane = left.trailingZeroBitCount
                    left &= left &- 1
                    let position = Int(gate[lane])
                    let value = gradient[lane] * scale
                    let (right, down) = (position & 1, position >> 1)
                    let place = corner &+ right &* column &+ down &* row
                    let patch = filter &* patchCount &+ (down ^ 1) &* patchRow
                    let list = right &* blockLanes &+ lane
                    let (filterCount, columnCount) = (filterCounts[lane &* filters], counts[list])
                    put(place, value, filterLists + (lane &* listsOfFilters &+ Int(filterCount)))
                    put(patch, value, lists + (list &* columnCapacity &+ Int(columnCount)))
                    filterCounts[lane &* filters] = filterCount &+ 1
                    counts[list] = columnCount &+ 1
                }
                for lane in stride(from: 0, to: blockLanes, by: lanes) {
                    let lost = vector_where_equal(loadBytes(gate + lane), Int32(PoolingGate.noWinner), one)
                    let kept = load(gradient + lane) * scale * (one - lost)
                    store(load(bias + filter * blockLanes + lane) + kept, bias + filter * blockLanes + lane)
                }
            }
        }
    }

    /// Both numbers of a winner at once.
    @inline(__always)
    private func put(_ place: Int, _ gradient: Float, _ list: WritePointer<Winner>) {
        UnsafeMutableRawPointer(list.elements(1)).storeBytes(
            of: UInt64(UInt32(truncatingIfNeeded: place)) | UInt64(gradient.bitPattern) << 32, as: UInt64.self)
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
