import KernelInterface

extension VectorKernels {
    public func run(_ call: Rectification) {
        let (from, to) = (call.input.layout, call.output.layout)
        let zero = Vector(repeating: 0)
        for y in 0..<to.height {
            let source = call.input.pointer + y * from.row * from.element
            let target = call.output.pointer + y * to.row * to.element
            for element in 0..<to.rowElements {
                for lane in stride(from: 0, to: blockLanes, by: lanes) {
                    store(
                        larger(zero, load(source + element * from.element + lane)), target + element * to.element + lane
                    )
                }
            }
        }
    }

    public func run(_ call: ChannelScaling) {
        let (from, to) = (call.input.layout, call.output.layout)
        let (scale, shift) = (call.scale.pointer, call.shift?.pointer)
        for y in 0..<to.height {
            let source = call.input.pointer + y * from.row * from.element
            let target = call.output.pointer + y * to.row * to.element
            for x in 0..<to.width {
                for channel in 0..<to.channels {
                    let element = x * to.channels + channel
                    let factor = Vector(repeating: scale[channel])
                    let start = Vector(repeating: shift?[channel] ?? 0)
                    for lane in stride(from: 0, to: blockLanes, by: lanes) {
                        var sum = start
                        sum.fuse(load(source + element * from.element + lane), factor)
                        store(sum, target + element * to.element + lane)
                    }
                }
            }
        }
    }

    public func run(_ call: RectifiedGradient) {
        let (from, to) = (call.gradient.layout, call.result.layout)
        let zero = Vector(repeating: 0)
        for y in 0..<to.height {
            let source = call.gradient.pointer + y * from.row * from.element
            let target = call.result.pointer + y * to.row * to.element
            for x in 0..<to.width {
                for channel in 0..<to.channels {
                    let element = x * to.channels + channel
                    for lane in stride(from: 0, to: blockLanes, by: lanes) {
                        var value = load(source + element * from.element + lane)
                        if let output = call.output {
                            let place = (y * output.layout.row + element) * output.layout.element + lane
                            value = zero.replacing(with: value, where: zero .< load(output.pointer + place))
                        }
                        store(value, target + element * to.element + lane)
                        if let sums = call.sums?.pointer {
                            let sum = sums + channel * blockLanes + lane
                            store(load(sum) + value, sum)
                        }
                    }
                }
            }
        }
    }

    public func run(_ call: DropoutCall) {
        let layout = call.values.layout
        let threshold = UIntVector(repeating: call.threshold)
        let scale = Vector(repeating: call.scale)
        let (count, step) = (layout.rowElements, layout.element)
        for y in 0..<layout.height {
            let values = call.values.pointer + y * layout.row * step
            let first = call.firstElement &+ UInt32(truncatingIfNeeded: y * count)
            let gates = call.gates.map { $0.pointer + y * count * blockLanes }
            for lane in stride(from: 0, to: blockLanes, by: lanes) {
                let keys = UnsafeRawPointer((call.keys.pointer + lane).elements(lanes)).loadUnaligned(
                    as: UIntVector.self)
                for index in 0..<count {
                    let element = (first &+ UInt32(truncatingIfNeeded: index)) &* 0x9E37_79B9
                    let dropped = mixed(keys ^ UIntVector(repeating: element)) .< threshold
                    let place = values + index * step + lane
                    store((load(place) * scale).replacing(with: 0, where: dropped), place)
                    if let gates {
                        let gate = gates + index * blockLanes + lane
                        storeBytes(
                            loadBytes(ReadPointer(gate)).replacing(with: Int32(call.closedGate), where: dropped), gate)
                    }
                }
            }
        }
    }

    public func run(_ call: Gate) {
        let (gradient, output, scale) = (call.gradient.pointer, call.output.pointer, call.scale)
        let zero = Vector(repeating: 0)
        for index in stride(from: 0, to: call.count, by: lanes) {
            let scaled = load(gradient + index) * scale
            store(zero.replacing(with: scaled, where: zero .< load(output + index)), gradient + index)
        }
    }

    public func run(_ call: Transposition) {
        let (matrix, transposed, rowStride) = (call.matrix.pointer, call.transposed.pointer, call.rowStride)
        let (rows, columns) = (call.rows, call.columns)
        var row = 0
        while row + 4 <= rows {
            for column in stride(from: 0, to: columns, by: 4) {
                transpose4(
                    matrix + row * columns + column, columns, transposed + column * rowStride + row, rowStride)
            }
            row += 4
        }
        while row < rows {
            for column in 0..<columns { transposed[column * rowStride + row] = matrix[row * columns + column] }
            row += 1
        }
    }

    public func run(_ call: RowSums) {
        let (matrix, columns, sums) = (call.matrix.pointer, call.columns, call.sums.pointer)
        for row in 0..<call.rows {
            var sum = SIMD16<Float>(repeating: 0)
            for column in stride(from: 0, to: columns, by: blockLanes) {
                let place = (matrix + row * columns + column).elements(blockLanes)
                sum += UnsafeRawPointer(place).loadUnaligned(as: SIMD16<Float>.self)
            }
            sums[row] += withUnsafeBytes(of: sum) { laneSum($0.baseAddress!.assumingMemoryBound(to: Float.self)) }
        }
    }
}

/// Murmur3's 32-bit finaliser: every bit of the input changes every bit of the output with probability near 1/2.
@inline(__always)
private func mixed(_ value: UIntVector) -> UIntVector {
    var h = value
    h ^= h &>> 16
    h = h &* 0x85EB_CA6B
    h ^= h &>> 13
    h = h &* 0xC2B2_AE35
    h ^= h &>> 16
    return h
}
