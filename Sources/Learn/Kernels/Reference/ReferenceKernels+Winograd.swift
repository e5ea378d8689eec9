import KernelInterface

// Winograd's filtering, a number at a time; see `ConvolutionShape+Winograd`.

extension ReferenceKernels {
    /// As ``sums(_:_:_:)``, with a transformed kernel, `[6, 6, inputChannels, filters]`.
    func sumsOfTiles(
        _ input: View<Float>, _ kernel: View<Float>, _ shape: ConvolutionShape, _ extent: Int
    ) -> [Float] {
        var sums = [Float](
            repeating: 0, count: shape.outputHeight * shape.outputWidth * shape.filters * blockLanes)
        for row in stride(from: 0, to: shape.outputHeight, by: extent) {
            for column in stride(from: 0, to: shape.outputWidth, by: extent) {
                let (top, left) = (min(row, shape.outputHeight - extent), min(column, shape.outputWidth - extent))
                for lane in 0..<blockLanes {
                    let transformed = (0..<shape.inputChannels).map { points(input, shape, top, left, $0, lane) }
                    for filter in 0..<shape.filters {
                        let tile = outputs(transformed, kernel, shape, filter, extent)
                        for y in 0..<extent {
                            for x in 0..<extent {
                                let place = ((top + y) * shape.outputWidth + left + x) * shape.filters + filter
                                sums[place * blockLanes + lane] = tile[y][x]
                            }
                        }
                    }
                }
            }
        }
        return sums
    }

    /// `B' input B` of one channel of a tile, `[6, 6]`.
    private func points(
        _ input: View<Float>, _ shape: ConvolutionShape, _ top: Int, _ left: Int, _ channel: Int, _ lane: Int
    ) -> [[Float]] {
        let columns = (0..<6).map { x in
            inputPoints(
                (0..<6).map { y in
                    let element = ((top + y) * shape.inputWidth + left + x) * shape.inputChannels + channel
                    return input.pointer[element * blockLanes + lane]
                })
        }
        return (0..<6).map { y in inputPoints(columns.map { $0[y] }) }
    }

    /// The sums of a tile for one filter, `[extent, extent]`.
    private func outputs(
        _ points: [[[Float]]], _ kernel: View<Float>, _ shape: ConvolutionShape, _ filter: Int, _ extent: Int
    ) -> [[Float]] {
        let rows = (0..<6).map { y in
            outputs(
                (0..<6).map { x in
                    var sum: Float = 0
                    for channel in 0..<shape.inputChannels {
                        let place = ((y * 6 + x) * shape.inputChannels + channel) * shape.filters + filter
                        sum.addProduct(kernel.pointer[place], points[channel][y][x])
                    }
                    return sum
                }, extent)
        }
        let columns = (0..<extent).map { x in outputs(rows.map { $0[x] }, extent) }
        return (0..<extent).map { y in columns.map { $0[y] } }
    }

    private func inputPoints(_ d: [Float]) -> [Float] {
        let (even, odd) = (d[4].addingProduct(d[2], -4), d[3].addingProduct(d[1], -4))
        let (low, high) = (d[4] - d[2], d[3] - d[1])
        return [
            d[4].addingProduct(d[2], -5).addingProduct(d[0], 4), even + odd, even - odd, low.addingProduct(high, 2),
            low.addingProduct(high, -2), d[5].addingProduct(d[3], -5).addingProduct(d[1], 4),
        ]
    }

    private func outputs(_ m: [Float], _ extent: Int) -> [Float] {
        let (evenNear, oddNear, evenFar, oddFar) = (m[1] + m[2], m[1] - m[2], m[3] + m[4], m[3] - m[4])
        var outputs = (0..<extent).map { y -> Float in
            switch y {
            case 0: m[0] + (evenNear + evenFar)
            case 2: evenNear.addingProduct(evenFar, 4)
            default: oddNear.addingProduct(oddFar, Float(1 << y))
            }
        }
        outputs[extent - 1] += m[5]
        return outputs
    }
}
