import KernelInterface

extension VectorKernels {
    public func unpool(
        _ pooled: UnsafePointer<Float>, layout: MapLayout, gates: UnsafePointer<UInt8>, shape: ConvolutionShape,
        pooling: Pooling, scale: Float, border: Int, gradient: UnsafeMutablePointer<Float>,
        bias: UnsafeMutablePointer<Float>
    ) {
        let column = shape.filters * blockLanes
        let row = (shape.outputWidth + 2 * border) * column
        let factor = Vector(repeating: pooling == .average ? scale * 0.25 : scale)
        for y in 0..<shape.pooledHeight {
            for x in 0..<shape.pooledWidth {
                let window = gradient + (2 * y + border) * row + (2 * x + border) * column
                for filter in 0..<shape.filters {
                    let source = pooled + (y * layout.row + x * shape.filters + filter) * layout.element
                    let gate = gates + ((y * shape.pooledWidth + x) * shape.filters + filter) * blockLanes
                    for lane in stride(from: 0, to: blockLanes, by: lanes) {
                        let value = load(source + lane) * factor
                        let state = IntVector(
                            truncatingIfNeeded: UnsafeRawPointer(gate + lane).loadUnaligned(as: ByteVector.self))
                        spread(
                            value, state, pooling, window + filter * blockLanes + lane, row, column,
                            bias + filter * blockLanes + lane)
                    }
                }
            }
        }
    }

    public func convolutionKernelGradient(
        _ input: UnsafePointer<Float>, gradient: UnsafePointer<Float>, border: Int, shape: ConvolutionShape,
        kernelGradient: UnsafeMutablePointer<Float>
    ) {
        let sweep = Sweep(shape: shape, border: border)
        for lane in stride(from: 0, to: blockLanes, by: lanes) {
            for y in 0..<shape.kernel {
                for channel in 0..<shape.inputChannels {
                    var x = 0
                    while x < shape.kernel {
                        let rest = shape.kernel - x
                        let source = input + (y * shape.inputWidth + x) * shape.inputChannels * blockLanes
                            + channel * blockLanes + lane
                        let sum = kernelGradient
                            + ((y * shape.kernel + x) * shape.inputChannels + channel) * shape.filters * blockLanes + lane
                        if rest >= 5 {
                            sweep.run(source, gradient + lane, sum, columns: Columns<5>())
                            x += 5
                        } else if rest >= 3 {
                            sweep.run(source, gradient + lane, sum, columns: Columns<3>())
                            x += 3
                        } else {
                            sweep.run(source, gradient + lane, sum, columns: Columns<1>())
                            x += 1
                        }
                    }
                }
            }
        }
    }
}

/// Sends a pooled gradient back to the positions that its gate names.
@inline(__always)
private func spread(
    _ value: Vector, _ state: IntVector, _ pooling: Pooling, _ window: Output, _ row: Int, _ column: Int,
    _ bias: Output
) {
    let zero = Vector(repeating: 0)
    let one = IntVector(repeating: 1)
    let g0: Vector
    let g1: Vector
    let g2: Vector
    let g3: Vector
    switch pooling {
    case .maximum:
        g0 = zero.replacing(with: value, where: state .== 0)
        g1 = zero.replacing(with: value, where: state .== 1)
        g2 = zero.replacing(with: value, where: state .== 2)
        g3 = zero.replacing(with: value, where: state .== 3)
    case .average:
        g0 = zero.replacing(with: value, where: state & one .!= 0)
        g1 = zero.replacing(with: value, where: (state &>> 1) & one .!= 0)
        g2 = zero.replacing(with: value, where: (state &>> 2) & one .!= 0)
        g3 = zero.replacing(with: value, where: (state &>> 3) & one .!= 0)
    }
    store(g0, window)
    store(g1, window + column)
    store(g2, window + row)
    store(g3, window + row + column)
    store(load(bias) + ((g0 + g1) + (g2 + g3)), bias)
}

private struct Columns<let K: Int> {}

/// The sum over all positions of input times gradient, for K kernel columns and a few filters at a time.
private struct Sweep {
    let shape: ConvolutionShape
    let border: Int

    #if LANES_16
        private typealias Wide = Rows<4>
    #else
        private typealias Wide = Rows<2>
    #endif
    private struct Rows<let F: Int> { @inline(__always) static var count: Int { F } }

    @inline(__always)
    func run<let K: Int>(_ input: Input, _ gradient: Input, _ sum: Output, columns: Columns<K>) {
        var filter = 0
        while filter + Wide.count <= shape.filters {
            add(input, gradient + filter * blockLanes, sum + filter * blockLanes, columns, Wide())
            filter += Wide.count
        }
        while filter < shape.filters {
            add(input, gradient + filter * blockLanes, sum + filter * blockLanes, columns, Rows<1>())
            filter += 1
        }
    }

    @inline(__always)
    private func add<let K: Int, let F: Int>(
        _ input: Input, _ gradient: Input, _ sum: Output, _: Columns<K>, _: Rows<F>
    ) {
        let inputColumn = shape.inputChannels * blockLanes
        let gradientColumn = shape.filters * blockLanes
        let gradientRow = (shape.outputWidth + 2 * border) * gradientColumn
        var sums = InlineArray<K, InlineArray<F, Vector>>(
            repeating: InlineArray(repeating: Vector(repeating: 0)))
        for y in 0..<shape.outputHeight {
            var source = input + y * shape.inputWidth * inputColumn
            var target = gradient + (y + border) * gradientRow + border * gradientColumn
            for _ in 0..<shape.outputWidth {
                var values = InlineArray<K, Vector>(repeating: Vector(repeating: 0))
                for k in 0..<K { values[k] = load(source + k &* inputColumn) }
                for f in 0..<F {
                    let g = load(target + f &* blockLanes)
                    for k in 0..<K { sums[k][f].addProduct(values[k], g) }
                }
                source += inputColumn
                target += gradientColumn
            }
        }
        let sumColumn = shape.inputChannels * shape.filters * blockLanes
        for k in 0..<K {
            for f in 0..<F {
                let place = sum + k &* sumColumn + f &* blockLanes
                store(load(place) + sums[k][f], place)
            }
        }
    }
}
