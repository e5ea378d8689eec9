/// A symmetric matrix in double precision: row by row, of which the part up to the diagonal is told.
struct SymmetricMatrix: Sendable {
    let size: Int
    /// `[size, size]`
    let values: Buffer<Double>

    init(size: Int) {
        self.size = size
        values = Buffer(size * size, repeating: 0)
    }

    /// The sum of the diagonal.
    var trace: Double { (0..<size).reduce(0) { $0 + values.pointer[$1 * size + $1] } }

    /// The matrix's product with vectors, `[size, count]`.
    func times(_ vectors: [Double], count: Int) -> [Double] {
        var products = [Double](repeating: 0, count: size * count)
        for row in 0..<size {
            for column in 0...row {
                let value = values.pointer[row * size + column]
                for k in 0..<count { products[row * count + k] += value * vectors[column * count + k] }
                guard column < row else { break }
                for k in 0..<count { products[column * count + k] += value * vectors[row * count + k] }
            }
        }
        return products
    }
}

extension SymmetricMatrix {
    /// Solves `(a + ridge * identity) * x = right` by Cholesky's factors, which take the matrix's place.
    ///
    /// - Parameters:
    ///   - right: `[size, count]`
    ///   - team: shares rows; each number is summed by one thread in one order.
    /// - Returns: `[size, count]`; nil if the matrix is not positive definite, as far as rounding lets see.
    func solve(ridge: Double, _ right: [Double], count: Int, _ team: ThreadTeam) -> [Double]? {
        for row in 0..<size { values.pointer[row * size + row] += ridge }
        guard factorize(team) else { return nil }
        var x = right
        for row in 0..<size {
            let line = values.pointer + row * size
            for column in 0..<row {
                for k in 0..<count { x[row * count + k] -= line[column] * x[column * count + k] }
            }
            for k in 0..<count { x[row * count + k] /= line[row] }
        }
        for row in (0..<size).reversed() {
            let line = values.pointer + row * size
            for k in 0..<count { x[row * count + k] /= line[row] }
            for column in 0..<row {
                for k in 0..<count { x[column * count + k] -= line[column] * x[row * count + k] }
            }
        }
        return x
    }

    /// Columns that are factorised together.
    private static let panel = 48

    /// `a = l * transposed(l)`, with l in the place of a, panel by panel of columns: what the columns before take away,
    /// then the panel itself.
    private func factorize(_ team: ThreadTeam) -> Bool {
        let (size, panel, tile) = (size, SymmetricMatrix.panel, 32)
        for start in stride(from: 0, to: size, by: panel) {
            let end = min(size, start + panel)
            let tiles = (size - start + tile - 1) / tile
            team.share(tiles) { index, _ in
                let first = start + index * tile
                reduce(rows: first..<min(size, first + tile), columns: start..<end)
            }
            for row in start..<end where !eliminate(row, columns: start..<row + 1) { return false }
            team.share(tiles) { index, _ in
                let first = start + index * tile
                for row in max(end, first)..<max(end, min(size, first + tile)) {
                    _ = eliminate(row, columns: start..<end)
                }
            }
        }
        return true
    }

    /// Takes away what the columns before a panel add up to. In the rows of the panel itself, numbers above the
    /// diagonal are written, too, which nobody reads.
    private func reduce(rows: Range<Int>, columns: Range<Int>) {
        let depth = columns.lowerBound
        guard depth > 0 else { return }
        for row in stride(from: rows.lowerBound, to: rows.upperBound, by: 2) {
            for column in stride(from: columns.lowerBound, to: columns.upperBound, by: 4) {
                if row + 2 <= rows.upperBound, column + 4 <= columns.upperBound {
                    reduce(row, column, depth)
                } else {
                    for row in row..<min(row + 2, rows.upperBound) {
                        for column in column..<min(column + 4, columns.upperBound) {
                            reduceOne(row, column, depth)
                        }
                    }
                }
            }
        }
    }

    /// Two rows and four columns at once, so that what was read serves several times.
    private func reduce(_ row: Int, _ column: Int, _ depth: Int) {
        let (a0, a1) = (line(row), line(row + 1))
        let (b0, b1, b2, b3) = (line(column), line(column + 1), line(column + 2), line(column + 3))
        var (s00, s01, s02, s03) = (Pair.zero, Pair.zero, Pair.zero, Pair.zero)
        var (s10, s11, s12, s13) = (Pair.zero, Pair.zero, Pair.zero, Pair.zero)
        for k in stride(from: 0, to: depth * 8, by: 16) {
            let (x0, x1) = (pair(a0, k), pair(a1, k))
            let (y0, y1, y2, y3) = (pair(b0, k), pair(b1, k), pair(b2, k), pair(b3, k))
            s00 += x0 * y0
            s01 += x0 * y1
            s02 += x0 * y2
            s03 += x0 * y3
            s10 += x1 * y0
            s11 += x1 * y1
            s12 += x1 * y2
            s13 += x1 * y3
        }
        let first = values.pointer + row * size + column
        first[0] -= s00.sum()
        first[1] -= s01.sum()
        first[2] -= s02.sum()
        first[3] -= s03.sum()
        first[size] -= s10.sum()
        first[size + 1] -= s11.sum()
        first[size + 2] -= s12.sum()
        first[size + 3] -= s13.sum()
    }

    /// The same sums, in the same order.
    private func reduceOne(_ row: Int, _ column: Int, _ depth: Int) {
        let (a, b) = (line(row), line(column))
        var sum = Pair.zero
        for k in stride(from: 0, to: depth * 8, by: 16) { sum += pair(a, k) * pair(b, k) }
        values.pointer[row * size + column] -= sum.sum()
    }

    /// The numbers of one row within a panel.
    /// - Returns: whether the last one, if it lies on the diagonal, is the root of a positive number.
    private func eliminate(_ row: Int, columns: Range<Int>) -> Bool {
        let (own, start) = (values.pointer + row * size, columns.lowerBound)
        for column in columns {
            let other = values.pointer + column * size
            var sum = own[column]
            for k in start..<column { sum -= own[k] * other[k] }
            if column == row {
                guard sum > 0, sum.isFinite else { return false }
                own[column] = sum.squareRoot()
            } else {
                own[column] = sum / other[column]
            }
        }
        return true
    }

    private typealias Pair = SIMD2<Double>

    private func line(_ row: Int) -> UnsafeRawPointer { UnsafeRawPointer(values.pointer + row * size) }

    @inline(__always)
    private func pair(_ line: UnsafeRawPointer, _ offset: Int) -> Pair {
        line.loadUnaligned(fromByteOffset: offset, as: Pair.self)
    }
}
