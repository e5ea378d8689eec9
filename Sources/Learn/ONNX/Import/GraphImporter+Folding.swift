import Learn

// Arithmetic among constants, which exporters leave in graphs that nobody optimised: the root of a variance, mostly.

extension GraphImporter {
    /// The most numbers that a constant worked out here has: what layers want of it are some for each channel.
    private static let mostFolded = 4096

    /// Works a node out whose inputs are all known, in single precision, as whoever runs the graph would.
    mutating func fold(_ node: NodeProto) throws(ONNXImportError) {
        let wanted: ClosedRange<Int> =
            switch node.opType {
            case "Sqrt", "Reciprocal": 1...1
            case "Max": 1...8
            default: 2...2
            }
        guard wanted.contains(node.input.count) else { throw ONNXImportError(node, "\(node.input.count) inputs") }
        var (shape, values) = try floats(node, 0)
        switch node.opType {
        case "Sqrt": values = values.map { $0.squareRoot() }
        case "Reciprocal": values = values.map { 1 / $0 }
        default: break
        }
        for index in node.input.indices.dropFirst() {
            let other = try floats(node, index)
            guard let joined = broadcast(shape, other.shape) else {
                throw ONNXImportError(
                    node,
                    "constants of the shapes \(shape) and \(other.shape); taken are those that fit, of at most "
                        + "\(GraphImporter.mostFolded) numbers")
            }
            let places = zip(places(of: shape, in: joined), places(of: other.shape, in: joined))
            values = places.map { result(node.opType, values[$0], other.values[$1]) }
            shape = joined
        }
        guard values.allSatisfy(\.isFinite) else {
            throw ONNXImportError(node, "what it makes of constants is NaN or infinite")
        }
        guard values.count <= GraphImporter.mostFolded else {
            throw ONNXImportError(node, "it works on a constant of \(values.count) numbers; export it worked out")
        }
        try leave(node, .constant(Constant(name: node.output.first ?? "", shape: shape, .floats(values))))
    }

    private func result(_ operation: String, _ first: Float, _ second: Float) -> Float {
        switch operation {
        case "Add": first + second
        case "Sub": first - second
        case "Mul": first * second
        case "Div": first / second
        default: max(first, second)
        }
    }

    /// The shape of what two constants make together; nil if they do not fit or are too many numbers.
    private func broadcast(_ first: [Int], _ second: [Int]) -> [Int]? {
        let rank = max(first.count, second.count)
        let sides = [first, second].map { [Int](repeating: 1, count: rank - $0.count) + $0 }
        guard zip(sides[0], sides[1]).allSatisfy({ $0 == $1 || $0 == 1 || $1 == 1 }) else { return nil }
        let joined = zip(sides[0], sides[1]).map { $0 == 1 ? $1 : $0 }
        var count = 1
        for extent in joined {
            // Both factors are below 2^28.
            count *= extent
            guard count <= GraphImporter.mostFolded else { return nil }
        }
        return joined
    }

    /// For each number of a larger shape, in its order, its place in a smaller one that is repeated there.
    private func places(of shape: [Int], in whole: [Int]) -> [Int] {
        let sides = [Int](repeating: 1, count: whole.count - shape.count) + shape
        return whole.indices.reduce([0]) { places, dimension in
            places.flatMap { place in
                (0..<whole[dimension]).map { place * sides[dimension] + (sides[dimension] == 1 ? 0 : $0) }
            }
        }
    }
}
