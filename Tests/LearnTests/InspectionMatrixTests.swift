import Testing

@testable import Learn

/// The linear algebra behind probes and principal components.
@Suite struct InspectionMatrixTests {
    private static func team(_ threads: Int) throws -> ThreadTeam {
        try ModelTests.model(ModelTests.networks[3], threads: threads).team
    }

    /// `transposed(a) * a` of a random a, whose eigenvalues are all positive, and the full matrix beside it.
    private static func matrix(_ size: Int) -> (matrix: SymmetricMatrix, full: [[Double]]) {
        var random = Random(test: 41)
        let rows = (0..<size + 3).map { _ in random.floats(size).map(Double.init) }
        let full = (0..<size).map { i in (0..<size).map { j in rows.reduce(0) { $0 + $1[i] * $1[j] } } }
        return (symmetric(full), full)
    }

    private static func symmetric(_ full: [[Double]]) -> SymmetricMatrix {
        let matrix = SymmetricMatrix(size: full.count)
        for (i, row) in full.enumerated() {
            for j in 0...i { matrix.values.pointer[i * full.count + j] = row[j] }
        }
        return matrix
    }

    /// Sizes around those of a panel and of a tile.
    @Test(arguments: [1, 2, 5, 47, 48, 49, 81, 97, 150])
    func whatIsSolvedSolves(size: Int) throws {
        let (_, full) = Self.matrix(size)
        var random = Random(test: 42)
        let right = random.floats(size * 3).map(Double.init)
        var solutions: [[Double]] = []
        for threads in [1, 3] {
            let found = Self.symmetric(full).solve(ridge: 0.25, right, count: 3, try Self.team(threads))
            solutions.append(try #require(found))
        }
        #expect(solutions[0] == solutions[1])
        for row in 0..<size {
            for k in 0..<3 {
                let product = (0..<size).reduce(0.25 * solutions[0][row * 3 + k]) {
                    $0 + full[row][$1] * solutions[0][$1 * 3 + k]
                }
                #expect(abs(product - right[row * 3 + k]) < 1e-9)
            }
        }
    }

    @Test func whatCannotBeSolvedIsNot() throws {
        let team = try Self.team(1)
        #expect(Self.symmetric([[1, 2], [2, 1]]).solve(ridge: 0, [1, 1], count: 1, team) == nil)
        #expect(SymmetricMatrix(size: 3).solve(ridge: 0, [1, 1, 1], count: 1, team) == nil)
        #expect(Self.symmetric([[.nan]]).solve(ridge: 1, [1], count: 1, team) == nil)
        #expect(Self.symmetric([[.infinity]]).solve(ridge: 1, [1], count: 1, team) == nil)
    }

    @Test(arguments: [2, 9, 40])
    func principalVectorsAreEigenvectors(size: Int) throws {
        let (matrix, full) = Self.matrix(size)
        let found = PrincipalVectors(of: matrix, count: 2)
        #expect(found.eigenvalues.count == 2 && found.eigenvalues[0] > found.eigenvalues[1])
        for (value, vector) in zip(found.eigenvalues, found.vectors) {
            #expect(abs(vector.reduce(0) { $0 + $1 * $1 } - 1) < 1e-12)
            for (row, own) in zip(full, vector) {
                let product = zip(row, vector).reduce(0) { $0 + $1.0 * $1.1 }
                #expect(abs(product - value * own) < 1e-8 * found.eigenvalues[0])
            }
        }
        // None is larger: what is left of the trace, and a vector that was chosen to point elsewhere.
        var random = Random(test: 43)
        for _ in 0..<20 {
            let other = random.floats(size).map(Double.init)
            let length = other.reduce(0) { $0 + $1 * $1 }
            let quotient = (0..<size).reduce(0.0) { sum, i in
                sum + other[i] * (0..<size).reduce(0) { $0 + full[i][$1] * other[$1] }
            }
            #expect(quotient / length <= found.eigenvalues[0] * (1 + 1e-12))
        }
    }

    @Test func ofLessRankFewerAreFound() {
        let zero = PrincipalVectors(of: SymmetricMatrix(size: 4), count: 2)
        #expect(zero.eigenvalues.isEmpty && zero.vectors.isEmpty)
        let one = PrincipalVectors(of: Self.symmetric([[4, 2, 0], [2, 1, 0], [0, 0, 0]]), count: 2)
        #expect(one.eigenvalues.count == 1 && abs(one.eigenvalues[0] - 5) < 1e-12)
        let single = PrincipalVectors(of: Self.symmetric([[3]]), count: 2)
        #expect(single.eigenvalues == [3] && single.vectors.count == 1 && abs(single.vectors[0][0]) == 1)
        let equal = PrincipalVectors(of: Self.symmetric([[2, 0], [0, 2]]), count: 2)
        #expect(equal.eigenvalues.allSatisfy { abs($0 - 2) < 1e-12 })
    }
}
