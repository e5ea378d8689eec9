import KernelInterface

extension ReferenceKernels {
    func convolveAndPool(
        _ input: UnsafePointer<Float>, kernel: UnsafePointer<Float>, bias: UnsafePointer<Float>,
        shape: ConvolutionShape, pooling: Pooling, output: UnsafeMutablePointer<Float>, layout: MapLayout,
        gates: UnsafeMutablePointer<UInt8>
    ) {
        for y in 0..<shape.pooledHeight {
            for x in 0..<shape.pooledWidth {
                for filter in 0..<shape.filters {
                    for lane in 0..<blockLanes {
                        let window = Self.window.map { dy, dx in
                            bias[filter]
                                + convolution(
                                    input, kernel, shape, y: 2 * y + dy, x: 2 * x + dx, filter: filter, lane: lane)
                        }
                        let (value, gate) = pool(window, pooling)
                        output[(y * layout.row + x * shape.filters + filter) * layout.element + lane] = value
                        gates[((y * shape.pooledWidth + x) * shape.filters + filter) * blockLanes + lane] = gate
                    }
                }
            }
        }
    }

    /// The positions of a pooling window, row-major.
    static let window = [(0, 0), (0, 1), (1, 0), (1, 1)]

    /// One number of a convolution's output, before bias and ReLU.
    func convolution(
        _ input: UnsafePointer<Float>, _ kernel: UnsafePointer<Float>, _ shape: ConvolutionShape, y: Int, x: Int,
        filter: Int, lane: Int
    ) -> Float {
        var sum: Float = 0
        for ky in 0..<shape.kernel {
            for kx in 0..<shape.kernel {
                for channel in 0..<shape.inputChannels {
                    let column = (y + ky) * shape.inputWidth + x + kx
                    let tap = (ky * shape.kernel + kx) * shape.inputChannels + channel
                    sum.addProduct(
                        kernel[tap * shape.filters + filter],
                        input[(column * shape.inputChannels + channel) * blockLanes + lane])
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

    func unpool(
        _ pooled: UnsafePointer<Float>, layout: MapLayout, gates: UnsafePointer<UInt8>, shape: ConvolutionShape,
        pooling: Pooling, scale: Float, border: Int, gradient: UnsafeMutablePointer<Float>,
        bias: UnsafeMutablePointer<Float>
    ) {
        let width = shape.outputWidth + 2 * border
        for y in 0..<shape.pooledHeight {
            for x in 0..<shape.pooledWidth {
                for filter in 0..<shape.filters {
                    for lane in 0..<blockLanes {
                        let gate = gates[((y * shape.pooledWidth + x) * shape.filters + filter) * blockLanes + lane]
                        let value = pooled[(y * layout.row + x * shape.filters + filter) * layout.element + lane]
                        let parts = (0..<4).map { position -> Float in
                            switch pooling {
                            case .maximum: Int(gate) == position ? value * scale : 0
                            case .average: gate >> UInt8(position) & 1 == 1 ? value * (scale * 0.25) : 0
                            }
                        }
                        for (position, (dy, dx)) in Self.window.enumerated() {
                            let column = (2 * y + dy + border) * width + 2 * x + dx + border
                            gradient[(column * shape.filters + filter) * blockLanes + lane] = parts[position]
                        }
                        bias[filter * blockLanes + lane] += (parts[0] + parts[1]) + (parts[2] + parts[3])
                    }
                }
            }
        }
    }

    func convolutionKernelGradient(
        _ input: UnsafePointer<Float>, gradient: UnsafePointer<Float>, border: Int, shape: ConvolutionShape,
        kernelGradient: UnsafeMutablePointer<Float>
    ) {
        let width = shape.outputWidth + 2 * border
        for ky in 0..<shape.kernel {
            for kx in 0..<shape.kernel {
                for channel in 0..<shape.inputChannels {
                    for filter in 0..<shape.filters {
                        for lane in 0..<blockLanes {
                            var sum: Float = 0
                            for y in 0..<shape.outputHeight {
                                for x in 0..<shape.outputWidth {
                                    let from = (y + ky) * shape.inputWidth + x + kx
                                    let to = (y + border) * width + x + border
                                    sum.addProduct(
                                        input[(from * shape.inputChannels + channel) * blockLanes + lane],
                                        gradient[(to * shape.filters + filter) * blockLanes + lane])
                                }
                            }
                            let tap = (ky * shape.kernel + kx) * shape.inputChannels + channel
                            kernelGradient[(tap * shape.filters + filter) * blockLanes + lane] += sum
                        }
                    }
                }
            }
        }
    }

    func convolutionInputGradient(
        gradient: UnsafePointer<Float>, border: Int, turnedKernel: UnsafePointer<Float>, shape: ConvolutionShape,
        inputGradient: UnsafeMutablePointer<Float>
    ) {
        let turned = ConvolutionShape(
            inputHeight: shape.outputHeight + 2 * border, inputWidth: shape.outputWidth + 2 * border,
            inputChannels: shape.filters, kernel: shape.kernel, filters: shape.inputChannels)
        for y in 0..<turned.outputHeight {
            for x in 0..<turned.outputWidth {
                for channel in 0..<shape.inputChannels {
                    for lane in 0..<blockLanes {
                        let place = (y * turned.outputWidth + x) * shape.inputChannels + channel
                        inputGradient[place * blockLanes + lane] = convolution(
                            gradient, turnedKernel, turned, y: y, x: x, filter: channel, lane: lane)
                    }
                }
            }
        }
    }
}
