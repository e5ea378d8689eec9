import KernelInterface

extension VectorKernels {
    public func gather(
        pixels: UnsafePointer<UInt8>, edge: Int, images: UnsafePointer<Int32>, count: Int, border: Int,
        into map: UnsafeMutablePointer<Float>
    ) {
        let size = edge * edge
        let width = edge + 2 * border
        for y in 0..<edge {
            for x in 0..<edge {
                let pixel = pixels + y * edge + x
                let place = map + ((y + border) * width + x + border) * blockLanes
                for lane in 0..<count { place[lane] = Float(pixel[Int(images[lane]) &* size]) / 255 }
                for lane in count..<blockLanes { place[lane] = 0 }
            }
        }
    }

    public func dropout(
        _ values: UnsafeMutablePointer<Float>, gates: UnsafeMutablePointer<UInt8>?, count: Int, stride step: Int,
        setting: DropoutSetting
    ) {
        let threshold = UIntVector(repeating: setting.threshold)
        let scale = Vector(repeating: setting.scale)
        for lane in stride(from: 0, to: blockLanes, by: lanes) {
            let keys = UnsafeRawPointer(setting.keys + lane).loadUnaligned(as: UIntVector.self)
            for index in 0..<count {
                let element = (setting.firstElement &+ UInt32(truncatingIfNeeded: index)) &* 0x9E37_79B9
                let dropped = mixed(keys ^ UIntVector(repeating: element)) .< threshold
                let place = values + index * step + lane
                store((load(place) * scale).replacing(with: 0, where: dropped), place)
                if let gates {
                    let gate = gates + index * blockLanes + lane
                    storeBytes(loadBytes(gate).replacing(with: Int32(setting.closedGate), where: dropped), gate)
                }
            }
        }
    }

    public func gate(
        _ gradient: UnsafeMutablePointer<Float>, output: UnsafePointer<Float>, scale: Float, count: Int
    ) {
        let zero = Vector(repeating: 0)
        for index in stride(from: 0, to: count, by: lanes) {
            let scaled = load(gradient + index) * scale
            store(zero.replacing(with: scaled, where: zero .< load(output + index)), gradient + index)
        }
    }

    public func transpose(
        _ matrix: UnsafePointer<Float>, rows: Int, columns: Int, into transposed: UnsafeMutablePointer<Float>,
        rowStride: Int
    ) {
        for row in 0..<rows {
            for column in 0..<columns { transposed[column * rowStride + row] = matrix[row * columns + column] }
        }
    }

    public func addRowSums(
        _ matrix: UnsafePointer<Float>, rows: Int, columns: Int, sums: UnsafeMutablePointer<Float>
    ) {
        for row in 0..<rows {
            var sum = SIMD16<Float>(repeating: 0)
            for column in stride(from: 0, to: columns, by: blockLanes) {
                sum += UnsafeRawPointer(matrix + row * columns + column).loadUnaligned(as: SIMD16<Float>.self)
            }
            sums[row] += withUnsafeBytes(of: sum) { laneSum($0.baseAddress!.assumingMemoryBound(to: Float.self)) }
        }
    }

    public func adadelta(
        parameters: UnsafeMutablePointer<Float>, squaredGradient: UnsafeMutablePointer<Float>,
        squaredUpdate: UnsafeMutablePointer<Float>, parts: UnsafePointer<Float>, partCount: Int, partStride: Int,
        count: Int, constants: AdadeltaConstants
    ) {
        let keep = Vector(repeating: constants.rho)
        let take = Vector(repeating: 1 - constants.rho)
        let epsilon = Vector(repeating: constants.epsilon)
        let rate = Vector(repeating: constants.learningRate)
        // excerpt: adadelta
        for index in stride(from: 0, to: count, by: lanes) {
            var gradient = load(parts + index)
            for part in 1..<max(1, partCount) { gradient += load(parts + part * partStride + index) }
            let meanGradient = keep * load(squaredGradient + index) + take * (gradient * gradient)
            let meanUpdate = load(squaredUpdate + index)
            let update =
                (meanUpdate + epsilon).squareRoot() * gradient / (meanGradient + epsilon).squareRoot()
            store(meanGradient, squaredGradient + index)
            store(keep * meanUpdate + take * (update * update), squaredUpdate + index)
            store(load(parameters + index) - rate * update, parameters + index)
        }
        // end of excerpt
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
