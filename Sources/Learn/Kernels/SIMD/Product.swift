import KernelInterface

extension VectorKernels {
    public func run(_ product: Product) {
        let (a, b, c) = (product.a.pointer, product.b.pointer, product.c.pointer)
        let end = End(product.end)
        var column = 0
        while column < product.n {
            let wide = product.n - column >= 4 * lanes
            let step = wide ? lanes : 0
            var row = 0
            while row < product.m {
                let tile = nextTile(product.m - row)
                let place = Place(
                    product: product, a: a + column, b: b + row * product.bColumn,
                    c: c + row * product.cStride + column, row: row, step: step)
                switch tile {
                #if LANES_16
                    case 6: place.finish(place.sums() as Sums<6>, end)
                #endif
                case 4: place.finish(place.sums() as Sums<4>, end)
                case 2: place.finish(place.sums() as Sums<2>, end)
                default: place.finish(place.sums() as Sums<1>, end)
                }
                row += tile
            }
            column += wide ? 4 * lanes : lanes
        }
    }
}

/// What a product becomes, with plain pointers.
private enum End {
    case accumulate, store
    case bias(Input)
    case biasReLU(Input)

    @inline(__always)
    init(_ end: ProductEnd) {
        switch end {
        case .accumulate: self = .accumulate
        case .store: self = .store
        case .bias(let bias): self = .bias(bias.pointer)
        case .biasReLU(let bias): self = .biasReLU(bias.pointer)
        }
    }
}

/// One tile of a product.
private struct Place {
    let product: Product
    let a, b: Input
    let c: Output
    let row: Int
    /// Floats from one vector of columns to the next; 0 where only one vector is left, which is then summed
    /// four times over and stored once.
    let step: Int

    @inline(__always)
    func sums<let F: Int>() -> Sums<F> {
        var sums: Sums<F> = zeroSums()
        accumulate(
            &sums, a: a, offsets: (step, 2 * step, 3 * step), aStride: product.aStride, b: b,
            bStride: product.bStride, bColumn: product.bColumn, count: product.k)
        return sums
    }

    @inline(__always)
    func finish<let F: Int>(_ sums: Sums<F>, _ end: End) {
        for f in 0..<F {
            let out = c + f &* product.cStride
            put(sums[0][f], out, f, end)
            if step != 0 {
                put(sums[1][f], out + step, f, end)
                put(sums[2][f], out + 2 * step, f, end)
                put(sums[3][f], out + 3 * step, f, end)
            }
        }
    }

    @inline(__always)
    private func put(_ sum: Vector, _ out: Output, _ f: Int, _ end: End) {
        switch end {
        case .accumulate: store(load(out) + sum, out)
        case .store: store(sum, out)
        case .bias(let bias): store(sum + Vector(repeating: bias[row + f]), out)
        case .biasReLU(let bias):
            store(larger(Vector(repeating: 0), sum + Vector(repeating: bias[row + f])), out)
        }
    }
}
