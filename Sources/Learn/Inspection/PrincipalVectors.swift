/// The eigenvectors of a symmetric matrix's largest eigenvalues.
struct PrincipalVectors {
    /// Largest first; none is negative.
    let eigenvalues: [Double]
    /// `[size]` each, of length 1.
    let vectors: [[Double]]

    /// Vectors that are improved together: the more, the faster the first ones are found.
    private static let block = 8
    private static let mostSteps = 300

    /// By subspace iteration with Rayleigh and Ritz's projection, from random vectors that are always the same.
    ///
    /// It ends when no wanted vector is further than 1e-10 of the largest eigenvalue from being one, or after 300
    /// steps.
    /// Source: Y. Saad, "Numerical Methods for Large Eigenvalue Problems", 2011, chapter 5.
    /// - Parameter count: how many; fewer are found of a matrix of lower rank.
    init(of matrix: SymmetricMatrix, count: Int) {
        let (size, width) = (matrix.size, min(PrincipalVectors.block, matrix.size))
        var random = Random(seed: 0, purpose: .components, index: 0)
        var basis = Columns(size: size, count: width) { _ in Double(random.unit()) - 0.5 }
        var eigenvalues: [Double] = []
        for _ in 0..<PrincipalVectors.mostSteps {
            basis.orthonormalize()
            let image = Columns(size: size, count: width, values: matrix.times(basis.values, count: width))
            let (values, rotation) = PrincipalVectors.jacobi(basis.products(with: image), width)
            eigenvalues = values
            let ritz = basis.times(rotation)
            let images = image.times(rotation)
            let farthest = (0..<min(count, width)).map { k in
                (0..<size).reduce(0.0) { sum, row in
                    let rest = images.values[row * width + k] - values[k] * ritz.values[row * width + k]
                    return sum + rest * rest
                }.squareRoot()
            }
            basis = ritz
            if farthest.allSatisfy({ $0 <= 1e-10 * values[0] }) { break }
            basis = images
        }
        basis.orthonormalize()
        // What rounding left of a zero is none.
        let found = eigenvalues.prefix(count).prefix { $0 > 1e-12 * eigenvalues[0] && $0.isFinite }
        self.eigenvalues = Array(found)
        vectors = found.indices.map { k in (0..<size).map { basis.values[$0 * width + k] } }
    }

    /// Eigenvalues, largest first, and eigenvectors, one a column, of a small symmetric matrix by Jacobi's rotations.
    private static func jacobi(_ matrix: [Double], _ size: Int) -> (values: [Double], vectors: [Double]) {
        var a = matrix
        var v = (0..<size * size).map { $0 / size == $0 % size ? 1.0 : 0 }
        for _ in 0..<30 {
            for p in 0..<size {
                for q in p + 1..<max(p + 1, size) where a[p * size + q] != 0 {
                    let theta = (a[q * size + q] - a[p * size + p]) / (2 * a[p * size + q])
                    let t = (theta < 0 ? -1 : 1) / (abs(theta) + (theta * theta + 1).squareRoot())
                    let c = 1 / (t * t + 1).squareRoot()
                    let s = t * c
                    for k in 0..<size {
                        let (x, y) = (a[k * size + p], a[k * size + q])
                        (a[k * size + p], a[k * size + q]) = (c * x - s * y, s * x + c * y)
                    }
                    for k in 0..<size {
                        let (x, y) = (a[p * size + k], a[q * size + k])
                        (a[p * size + k], a[q * size + k]) = (c * x - s * y, s * x + c * y)
                        let (f, g) = (v[k * size + p], v[k * size + q])
                        (v[k * size + p], v[k * size + q]) = (c * f - s * g, s * f + c * g)
                    }
                }
            }
        }
        let order = (0..<size).sorted { (a[$0 * size + $0], $1) > (a[$1 * size + $1], $0) }
        return (
            order.map { max(0, a[$0 * size + $0]) },
            (0..<size).flatMap { row in order.map { v[row * size + $0] } }
        )
    }
}

/// Vectors side by side, `[size, count]`.
private struct Columns {
    let size, count: Int
    var values: [Double]

    init(size: Int, count: Int, values: [Double]) {
        (self.size, self.count, self.values) = (size, count, values)
    }

    init(size: Int, count: Int, _ value: (Int) -> Double) {
        self.init(size: size, count: count, values: (0..<size * count).map(value))
    }

    /// Gram and Schmidt's process, twice over; a vector that lies in those before it becomes zero.
    mutating func orthonormalize() {
        for k in 0..<count {
            let before = length(k)
            for _ in 0..<2 {
                for other in 0..<k {
                    let share = (0..<size).reduce(0.0) { $0 + values[$1 * count + k] * values[$1 * count + other] }
                    for row in 0..<size { values[row * count + k] -= share * values[row * count + other] }
                }
            }
            let length = length(k)
            let scale = length > 1e-14 * before && length > 0 ? 1 / length : 0
            for row in 0..<size { values[row * count + k] *= scale }
        }
    }

    private func length(_ k: Int) -> Double {
        (0..<size).reduce(0.0) { $0 + values[$1 * count + k] * values[$1 * count + k] }.squareRoot()
    }

    /// Inner products of the vectors with others, `[count, count]`, made symmetric.
    func products(with other: Columns) -> [Double] {
        var products = [Double](repeating: 0, count: count * count)
        for row in 0..<size {
            for i in 0..<count {
                for j in 0..<count {
                    products[i * count + j] += values[row * count + i] * other.values[row * count + j]
                }
            }
        }
        return (0..<count * count).map { (products[$0] + products[$0 % count * count + $0 / count]) / 2 }
    }

    /// The product with a matrix `[count, count]`.
    func times(_ matrix: [Double]) -> Columns {
        var result = Columns(size: size, count: count) { _ in 0 }
        for row in 0..<size {
            for k in 0..<count {
                for j in 0..<count {
                    result.values[row * count + j] += values[row * count + k] * matrix[k * count + j]
                }
            }
        }
        return result
    }
}
