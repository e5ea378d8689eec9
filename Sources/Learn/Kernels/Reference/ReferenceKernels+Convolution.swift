import KernelInterface

extension ReferenceKernels {
    func run(_ call: Convolution) {
        let (shape, layout) = (call.shape, call.output.layout)
        let sums = sums(call.input, call.kernel, shape)
        for y in 0..<layout.height {
            for x in 0..<layout.width {
                for filter in 0..<shape.filters {
                    for lane in 0..<blockLanes {
                        let place = (y * shape.outputWidth + x) * shape.filters + filter
                        let value = sums[place * blockLanes + lane] + call.bias.pointer[filter]
                        call.output[y, x, filter, lane] = call.rectified ? max(0, value) : value
                    }
                }
            }
        }
    }

    func run(_ call: PooledConvolution) {
        let shape = call.shape
        let sums = sums(call.input, call.kernel, shape)
        for y in 0..<shape.pooledHeight {
            for x in 0..<shape.pooledWidth {
                for filter in 0..<shape.filters {
                    for lane in 0..<blockLanes {
                        let window = Self.window.map { dy, dx in
                            let place = ((2 * y + dy) * shape.outputWidth + 2 * x + dx) * shape.filters + filter
                            return call.bias.pointer[filter] + sums[place * blockLanes + lane]
                        }
                        let (value, gate) = pool(window, call.pooling)
                        call.output[y, x, filter, lane] = value
                        let place = (y * shape.pooledWidth + x) * shape.filters + filter
                        call.gates.pointer[place * blockLanes + lane] = gate
                    }
                }
            }
        }
    }

    /// The positions of a 2x2 window, row-major.
    static let window = [(0, 0), (0, 1), (1, 0), (1, 1)]

    /// A convolution's output before bias and ReLU, `[outputHeight, outputWidth, filters, 16]`.
    private func sums(_ input: View<Float>, _ kernel: View<Float>, _ shape: ConvolutionShape) -> [Float] {
        if let extent = shape.tileExtent { return sumsOfTiles(input, kernel, shape, extent) }
        var sums: [Float] = []
        sums.reserveCapacity(shape.outputHeight * shape.outputWidth * shape.filters * blockLanes)
        for y in 0..<shape.outputHeight {
            for x in 0..<shape.outputWidth {
                for filter in 0..<shape.filters {
                    for lane in 0..<blockLanes {
                        sums.append(sum(input, kernel, shape, y: y, x: x, filter: filter, lane: lane))
                    }
                }
            }
        }
        return sums
    }

    private func sum(
        _ input: View<Float>, _ kernel: View<Float>, _ shape: ConvolutionShape, y: Int, x: Int, filter: Int, lane: Int
    ) -> Float {
        var sum: Float = 0
        for ky in 0..<shape.kernelHeight {
            for kx in 0..<shape.kernelWidth {
                for channel in 0..<shape.inputChannels {
                    let column = (y * shape.strideHeight + ky) * shape.inputWidth + x * shape.strideWidth + kx
                    let tap = (ky * shape.kernelWidth + kx) * shape.inputChannels + channel
                    sum.addProduct(
                        kernel.pointer[tap * shape.filters + filter],
                        input.pointer[(column * shape.inputChannels + channel) * blockLanes + lane])
                }
            }
        }
        return sum
    }

    private func pool(_ window: [Float], _ pooling: Pooling) -> (value: Float, gate: UInt8) {
        switch pooling {
        case .maximum:
            var winner = 0
            for position in 1..<4 where window[position] > window[winner] { winner = position }
            return window[winner] > 0 ? (window[winner], UInt8(winner)) : (0, PoolingGate.noWinner)
        case .average:
            let on = window.map { max(0, $0) }
            let gate = window.indices.reduce(UInt8(0)) { $0 | (window[$1] > 0 ? 1 << UInt8($1) : 0) }
            return (((on[0] + on[1]) + (on[2] + on[3])) * 0.25, gate)
        }
    }

    func run(_ call: Unpooling) {
        let shape = call.shape
        for y in 0..<shape.pooledHeight {
            for x in 0..<shape.pooledWidth {
                for filter in 0..<shape.filters {
                    for lane in 0..<blockLanes {
                        let place = (y * shape.pooledWidth + x) * shape.filters + filter
                        let gate = call.gates.pointer[place * blockLanes + lane]
                        let value = call.pooled[y, x, filter, lane]
                        let parts = (0..<4).map { position -> Float in
                            switch call.pooling {
                            case .maximum: Int(gate) == position ? value * call.scale : 0
                            case .average: gate >> UInt8(position) & 1 == 1 ? value * (call.scale * 0.25) : 0
                            }
                        }
                        for (position, (dy, dx)) in Self.window.enumerated() {
                            call.gradient[2 * y + dy, 2 * x + dx, filter, lane] = parts[position]
                        }
                        call.bias.pointer[filter * blockLanes + lane] += (parts[0] + parts[1]) + (parts[2] + parts[3])
                    }
                }
            }
        }
    }

    func run(_ call: ConvolutionKernelGradient) {
        let shape = call.shape
        for ky in 0..<shape.kernelHeight {
            for kx in 0..<shape.kernelWidth {
                for channel in 0..<shape.inputChannels {
                    for filter in 0..<shape.filters {
                        for lane in 0..<blockLanes {
                            var sum: Float = 0
                            for y in 0..<shape.outputHeight {
                                for x in 0..<shape.outputWidth {
                                    let from =
                                        (y * shape.strideHeight + ky) * shape.inputWidth + x * shape.strideWidth + kx
                                    sum.addProduct(
                                        call.input.pointer[(from * shape.inputChannels + channel) * blockLanes + lane],
                                        call.gradient[y, x, filter, lane])
                                }
                            }
                            let tap = (ky * shape.kernelWidth + kx) * shape.inputChannels + channel
                            call.sums.pointer[(tap * shape.filters + filter) * blockLanes + lane] += sum
                        }
                    }
                }
            }
        }
    }

    /// Each input gathers from the outputs that saw it, in the order of the turned kernel's taps.
    func run(_ call: ConvolutionInputGradient) {
        let (shape, layout) = (call.shape, call.inputGradient.layout)
        for y in 0..<layout.height {
            for x in 0..<layout.width {
                for channel in 0..<shape.inputChannels {
                    for lane in 0..<blockLanes {
                        call.inputGradient[y, x, channel, lane] = seen(call, y, x, channel, lane)
                    }
                }
            }
        }
    }

    private func seen(_ call: ConvolutionInputGradient, _ y: Int, _ x: Int, _ channel: Int, _ lane: Int) -> Float {
        let shape = call.shape
        var sum: Float = 0
        for ky in (0..<shape.kernelHeight).reversed() {
            for kx in (0..<shape.kernelWidth).reversed() {
                let (row, column) = (y + call.top - ky, x + call.left - kx)
                guard row >= 0, column >= 0, row.isMultiple(of: shape.strideHeight),
                    column.isMultiple(of: shape.strideWidth), row / shape.strideHeight < shape.outputHeight,
                    column / shape.strideWidth < shape.outputWidth
                else { continue }
                let turned = (shape.kernelHeight - 1 - ky) * shape.kernelWidth + shape.kernelWidth - 1 - kx
                for filter in 0..<shape.filters {
                    sum.addProduct(
                        call.turnedKernel.pointer[(turned * shape.filters + filter) * shape.inputChannels + channel],
                        call.gradient[row / shape.strideHeight, column / shape.strideWidth, filter, lane])
                }
            }
        }
        return sum
    }
}

extension MapView {
    /// One number of a block's maps.
    subscript(y: Int, x: Int, channel: Int, lane: Int) -> Float {
        pointer[(y * layout.row + x * layout.channels + channel) * layout.element + lane]
    }
}

extension MutableMapView {
    /// One number of a block's maps.
    subscript(y: Int, x: Int, channel: Int, lane: Int) -> Float {
        get { read[y, x, channel, lane] }
        nonmutating set {
            pointer[(y * layout.row + x * layout.channels + channel) * layout.element + lane] = newValue
        }
    }
}
