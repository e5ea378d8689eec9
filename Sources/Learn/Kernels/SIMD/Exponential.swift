import CVector
import KernelInterface

// Own exponential and logarithm, since the last bit of libm's differs between systems.

/// e to the power of x for x <= 0, to 2 units in the last place; zero below -87.
@inline(__always)
func exponential(_ x: Vector) -> Vector {
    let (power, r) = reduced(x)
    let sum = vector_fma(series(r), r, Vector(repeating: 1))
    return (sum * power).replacing(with: 0, where: x .< -87)
}

/// e to the power of x, less 1, for x <= 0, to 3 units in the last place.
///
/// Of the parts of x: 2^n (e^r - 1) + (2^n - 1), so that nothing cancels where x is small.
@inline(__always)
func exponentialLessOne(_ x: Vector) -> Vector {
    // Below, it is -1 to the last place.
    let (power, r) = reduced(larger(x, Vector(repeating: -80)))
    return vector_fma(power, series(r) * r, power - 1)
}

/// x = n ln 2 + r with |r| <= ln 2 / 2: 2^n, by the exponent's bits, and r.
@inline(__always)
private func reduced(_ x: Vector) -> (power: Vector, r: Vector) {
    let rounder = Vector(repeating: 12_582_912)  // 1.5 * 2^23: adding it rounds to a whole number
    let n = vector_fma(x, Vector(repeating: 1.442_695_04), rounder) - rounder
    // ln 2 in two parts, the first with few bits, so that n times it is exact.
    let high = vector_fma(n, Vector(repeating: -0.693_359_375), x)
    let whole = (unsafeBitCast(n + rounder, to: IntVector.self) & 0x7F_FFFF) &- 0x40_0000
    return (
        unsafeBitCast((whole &+ 127) &<< 23, to: Vector.self), vector_fma(n, Vector(repeating: 2.121_944_4e-4), high)
    )
}

/// (e^r - 1) / r by Taylor's series of e^r to degree 7.
@inline(__always)
private func series(_ r: Vector) -> Vector {
    var sum = Vector(repeating: 1 / 5040)
    sum = vector_fma(sum, r, Vector(repeating: 1 / 720))
    sum = vector_fma(sum, r, Vector(repeating: 1 / 120))
    sum = vector_fma(sum, r, Vector(repeating: 1 / 24))
    sum = vector_fma(sum, r, Vector(repeating: 1 / 6))
    sum = vector_fma(sum, r, Vector(repeating: 1 / 2))
    return vector_fma(sum, r, Vector(repeating: 1))
}

/// Natural logarithm of a positive, normal x, to 2 units in the last place.
///
/// x = 2^n m with m in [sqrt 1/2, sqrt 2); ln m = 2 artanh((m - 1) / (m + 1)) by its series to degree 9.
@inline(__always)
func logarithm(_ x: Vector) -> Vector {
    let bits = unsafeBitCast(x, to: IntVector.self)
    let n = (bits &- 0x3F35_04F3) &>> 23
    let m = unsafeBitCast(bits &- (n &<< 23), to: Vector.self)
    let s = (m - 1) / (m + 1)
    let q = s * s
    var sum = Vector(repeating: 2 / 9)
    sum = vector_fma(sum, q, Vector(repeating: 2 / 7))
    sum = vector_fma(sum, q, Vector(repeating: 2 / 5))
    sum = vector_fma(sum, q, Vector(repeating: 2 / 3))
    sum = vector_fma(sum, q, Vector(repeating: 2))
    let whole = vector_to_floats(n)
    let low = vector_fma(whole, Vector(repeating: -2.121_944_4e-4), s * sum)
    return vector_fma(whole, Vector(repeating: 0.693_359_375), low)
}
