import KernelInterface

/// What a network makes of some images at one place, an image a column.
struct FeatureMatrix: Sendable {
    let features, images: Int
    /// Floats from one feature to the next: the images rounded up to whole blocks. What lies behind the images is 0
    /// once the matrix is centred.
    let stride: Int
    /// `[features, stride]`
    let values: Buffer<Float>

    /// The most numbers that are held at once: 128 MiB.
    static let mostValues = 1 << 25

    init(features: Int, images: Int) {
        self.features = features
        self.images = images
        stride = (images + blockLanes - 1) / blockLanes * blockLanes
        values = Buffer(zeros: features * stride)
    }

    /// Takes each feature's mean over the images away.
    /// - Returns: the means, as they were taken away.
    func center() -> [Float] {
        (0..<features).map { feature in
            let row = values.pointer + feature * stride
            var sum = 0.0
            for image in 0..<images { sum += Double(row[image]) }
            let mean = Float(sum / Double(images))
            for image in 0..<images { row[image] -= mean }
            (row + images).update(repeating: 0, count: stride - images)
            return mean
        }
    }
}

extension Model {
    /// The numbers at a place of the observed network, dropout off.
    /// - Parameter place: in ``Pass/values``; the images at 0.
    func features(at place: Int, _ positions: [Int32], of split: Split) -> FeatureMatrix {
        let matrix = FeatureMatrix(features: featureCount(at: place), images: positions.count)
        observe(positions, of: split) { _, samples, pass in
            pass.values[place].copy(
                blocks: pass.shard.blocks, to: matrix.values.pointer + samples.lowerBound, stride: matrix.stride)
        }
        return matrix
    }

    func featureCount(at place: Int) -> Int { observation().network.plan.values[place].count }

    /// Inner products of the matrix's features, if there are fewer of them, or else of its images: in both cases the
    /// same sums of squares, by another basis.
    func gram(of matrix: FeatureMatrix) -> (gram: SymmetricMatrix, ofFeatures: Bool) {
        guard matrix.features <= matrix.images else {
            return (
                gram(matrix.values, rows: matrix.features, stride: matrix.stride, size: matrix.images), false
            )
        }
        let stride = (matrix.features + blockLanes - 1) / blockLanes * blockLanes
        let turned = Buffer<Float>(zeros: matrix.stride * stride)
        network.kernels.run(
            Transposition(
                matrix: matrix.values.view, rows: matrix.features, columns: matrix.stride,
                transposed: turned.mutableView, rowStride: stride))
        return (gram(turned, rows: matrix.images, stride: stride, size: matrix.features), true)
    }

    /// `transposed(m) * m` for the matrix m of the first `size` columns of `[rows, stride]`. Some hundred rows
    /// are summed in single precision, these sums in double precision.
    private func gram(_ matrix: Buffer<Float>, rows: Int, stride: Int, size: Int) -> SymmetricMatrix {
        let gram = SymmetricMatrix(size: size)
        let (width, depth) = (128, 256)
        let blocks = (size + width - 1) / width
        let kernels = network.kernels
        // The last columns have the most rows above the diagonal: they begin.
        team.share(blocks) { index, _ in
            let first = (blocks - 1 - index) * width
            let columns = min(width, stride - first)
            let above = min(size, first + width)
            let sums = Buffer<Float>(zeros: above * columns)
            withExtendedLifetime(sums) {
                for start in Swift.stride(from: 0, to: rows, by: depth) {
                    let row = matrix.view.from(start * stride)
                    kernels.run(
                        Product(
                            m: above, n: columns, k: min(depth, rows - start), a: row.from(first), aStride: stride,
                            b: row,
                            bStride: stride, bColumn: 1, c: sums.mutableView, cStride: columns, end: .store))
                    for i in 0..<above {
                        for j in max(i, first)..<max(i, above) {
                            gram.values.pointer[j * size + i] += Double(sums.pointer[i * columns + j - first])
                        }
                    }
                }
            }
        }
        return gram
    }
}
