import KernelInterface

// The one loop in which nearly all arithmetic happens: 4 vectors times F broadcast numbers, 4 F sums in registers.
// Convolutions (4 positions x F filters) and matrix products (4 vectors of columns x F rows) are both made of it.

/// Sums of a tile: `[vector, row]`.
typealias Sums<let F: Int> = InlineArray<4, InlineArray<F, Vector>>

/// Rows of the largest tile whose sums, vectors and broadcast number fit the registers.
#if LANES_16
    let widestTile = 6  // 24 sums of 32 registers
#elseif LANES_8
    let widestTile = 2  // 8 sums of 16 registers
#else
    let widestTile = 4  // 16 sums; 32 registers on arm64
#endif

@inline(__always)
func zeroSums<let F: Int>() -> Sums<F> {
    InlineArray(repeating: InlineArray(repeating: Vector(repeating: 0)))
}

/// Adds `a[v, k] * b[k, row]` for `count` values of k.
/// - Parameters:
///   - offsets: from `a` to its second, third and fourth vector
///   - aStride, bStride: from one k to the next
///   - bColumn: from one row of the tile to the next
@inline(__always)
func accumulate<let F: Int>(
    _ sums: inout Sums<F>, a: Input, offsets: (Int, Int, Int), aStride: Int, b: Input, bStride: Int, bColumn: Int,
    count: Int
) {
    var a = a
    var b = b
    for _ in 0..<count {
        let a0 = load(a)
        let a1 = load(a + offsets.0)
        let a2 = load(a + offsets.1)
        let a3 = load(a + offsets.2)
        for row in 0..<F {
            let factor = Vector(repeating: b[row &* bColumn])
            sums[0][row].fuse(a0, factor)
            sums[1][row].fuse(a1, factor)
            sums[2][row].fuse(a2, factor)
            sums[3][row].fuse(a3, factor)
        }
        a += aStride
        b += bStride
    }
}

/// How many rows the next tile takes when `rest` are left: the widest, unless narrower ones come out even.
@inline(__always)
func nextTile(_ rest: Int) -> Int {
    #if LANES_16
        if rest > 8 || rest == 6 { return 6 }
    #endif
    if rest >= 4 && widestTile >= 4 { return 4 }
    return rest >= 2 ? 2 : 1
}
