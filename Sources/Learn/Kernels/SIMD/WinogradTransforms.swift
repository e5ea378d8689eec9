import CVector
import KernelInterface

// The matrices of Winograd's filtering as sums; see `ConvolutionShape+Winograd`. The order of every sum is part of what the
// kernels promise.

/// A value at each of the six points of a row or column.
typealias Points = InlineArray<6, Vector>

@inline(__always)
private func fused(_ a: Vector, _ factor: Float, _ c: Vector) -> Vector {
    vector_fma(a, Vector(repeating: factor), c)
}

/// Six vectors that lie `step` apart.
@inline(__always)
func loadPoints(_ pointer: Input, _ step: Int) -> Points {
    [
        load(pointer), load(pointer + step), load(pointer + 2 &* step), load(pointer + 3 &* step),
        load(pointer + 4 &* step), load(pointer + 5 &* step),
    ]
}

/// One row of `B'` times six inputs that lie `step` apart.
@inline(__always)
func inputPoint(_ point: Int, _ input: Input, _ step: Int) -> Vector {
    switch point {
    case 0: fused(load(input), 4, fused(load(input + 2 &* step), -5, load(input + 4 &* step)))
    case 1:
        fused(load(input + 2 &* step), -4, load(input + 4 &* step))
            + fused(load(input + step), -4, load(input + 3 &* step))
    case 2:
        fused(load(input + 2 &* step), -4, load(input + 4 &* step))
            - fused(load(input + step), -4, load(input + 3 &* step))
    case 3:
        fused(load(input + 3 &* step) - load(input + step), 2, load(input + 4 &* step) - load(input + 2 &* step))
    case 4:
        fused(load(input + 3 &* step) - load(input + step), -2, load(input + 4 &* step) - load(input + 2 &* step))
    default: fused(load(input + step), 4, fused(load(input + 3 &* step), -5, load(input + 5 &* step)))
    }
}

/// `B'` times six inputs.
@inline(__always)
func inputPoints(_ d: Points) -> Points {
    let even = fused(d[2], -4, d[4])
    let odd = fused(d[1], -4, d[3])
    let low = d[4] - d[2]
    let high = d[3] - d[1]
    return [
        fused(d[0], 4, fused(d[2], -5, d[4])), even + odd, even - odd, fused(high, 2, low), fused(high, -2, low),
        fused(d[1], 4, fused(d[3], -5, d[5])),
    ]
}

/// `A'` times six points: output number y weighs the points 2 and -2 with 2 to the power of y.
@inline(__always)
func outputs<let M: Int>(_ m: Points) -> InlineArray<M, Vector> {
    let (evenNear, oddNear, evenFar, oddFar) = (m[1] + m[2], m[1] - m[2], m[3] + m[4], m[3] - m[4])
    var outputs = InlineArray<M, Vector>(repeating: m[0] + (evenNear + evenFar))
    for y in 1..<M {
        let factor = Float(1 << y)
        outputs[y] = y & 1 == 1 ? fused(oddFar, factor, oddNear) : fused(evenFar, factor, evenNear)
    }
    outputs[M - 1] += m[5]
    return outputs
}
