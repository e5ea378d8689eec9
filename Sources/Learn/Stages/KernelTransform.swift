import KernelInterface

extension ConvolutionStep {
    /// The kernel in the form that the forward pass takes: its values at the points of the tiles, `G kernel G'`; see
    /// ``ConvolutionShape/tileExtent``.
    /// - Parameter transformed: `[6, 6, inputChannels, filters]`
    func transformKernel(_ parameters: View<Float>, into transformed: MutableView<Float>) {
        let points = ConvolutionShape.points
        let size = shape.kernelHeight
        let count = shape.inputChannels * shape.filters
        let (source, target) = (parameters.from(kernel.offset).pointer, transformed.pointer)
        let matrix = Self.pointMatrix(size)
        // Rows of the kernel become rows of points, then columns; in double precision, as it is done once a batch.
        var rows = [Double](repeating: 0, count: size * count)
        for y in 0..<points {
            for index in 0..<size * count {
                rows[index] = (0..<size).reduce(0) { $0 + matrix[y][$1] * Double(source[$1 * size * count + index]) }
            }
            for x in 0..<points {
                for index in 0..<count {
                    let value = (0..<size).reduce(0) { $0 + matrix[x][$1] * rows[$1 * count + index] }
                    target[(y * points + x) * count + index] = Float(value)
                }
            }
        }
    }

    /// `G`, `[6, size]`: the powers of each point over the product of its differences from the other ones.
    private static func pointMatrix(_ size: Int) -> [[Double]] {
        let points = [0.0, 1, -1, 2, -2]
        let finite = points.map { point in
            let differences = points.reduce(1) { $1 == point ? $0 : $0 * (point - $1) }
            var power = 1 / differences
            return (0..<size).map { _ in
                defer { power *= point }
                return power
            }
        }
        return finite + [(0..<size).map { $0 == size - 1 ? 1 : 0 }]
    }
}
