import Learn

// What graphs that nobody optimised are full of: nodes that could pick or turn, and leave everything as it is.

extension GraphImporter {
    /// Picks everything along a dimension, in its order, or the only number there, without the dimension then.
    mutating func gatherAll(_ node: NodeProto, axis: Int) throws(ONNXImportError) {
        let (place, extent) = try whole(node, axis)
        let indices = try constant(node, 1)
        guard case .integers(let numbers) = indices.numbers, indices.shape.count <= 1, numbers.count == extent,
            numbers.enumerated().allSatisfy({ $0.offset == ($0.element < 0 ? $0.element + numbers.count : $0.element) })
        else {
            throw ONNXImportError(
                node,
                "it picks some of the numbers along dimension \(axis), or others than they lie; taken is what picks all; "
                    + ONNXImportError.sequential)
        }
        guard indices.shape.isEmpty else { return try leaveFlow(node, dimensions) }
        guard place > 0 else { throw ONNXImportError(node, "it takes away the batch") }
        var left = dimensions.dimensions
        left.remove(at: place - 1)
        try leaveFlow(node, Dimensions(left))
    }

    /// Cuts nothing off.
    mutating func sliceAll(_ node: NodeProto) throws(ONNXImportError) {
        let (starts, ends) = (try integers(node, 1), try integers(node, 2))
        let axes = inputName(node, 3) == nil ? Array(starts.indices) : try integers(node, 3)
        let steps = inputName(node, 4) == nil ? starts.map { _ in 1 } : try integers(node, 4)
        guard starts.count == ends.count, axes.count == starts.count, steps.count == starts.count else {
            throw ONNXImportError(node, "\(starts.count) starts, \(ends.count) ends and \(axes.count) axes")
        }
        for index in starts.indices {
            let (_, extent) = try whole(node, axes[index])
            // Of any number of images, all are meant where the end is the highest number.
            let isWhole =
                steps[index] == 1 && ends[index] >= extent ?? Int(Int32.max)
                && (starts[index] == 0 || extent.map { starts[index] < 0 && starts[index] <= -$0 } == true)
            guard isWhole else {
                throw ONNXImportError(
                    node,
                    "it cuts dimension \(axes[index]) from \(starts[index]) to \(ends[index]); taken is what cuts nothing "
                        + "off; \(ONNXImportError.sequential)")
            }
        }
        try takeFlow(node)
        try leaveFlow(node, dimensions)
    }

    /// A dimension, the batch's among them, and its extent, nil if it is any.
    private mutating func whole(_ node: NodeProto, _ axis: Int) throws(ONNXImportError) -> (place: Int, extent: Int?) {
        try takeFlow(node)
        guard padding == nil else { throw ONNXImportError(node, "it comes behind Pad; taken is Conv there") }
        let place = try place(axis, among: dimensions.count + 1, node)
        return (place, place == 0 ? form.batch : dimensions.extents[place - 1])
    }
}

// The same of constants and shapes.
extension GraphImporter {
    mutating func reshapeKnown(_ node: NodeProto, copiesZeros: Bool) throws(ONNXImportError) {
        let wanted = try integers(node, 1)
        if case .shape(let extents) = try value(node, 0) {
            guard wanted == [-1] || wanted == [extents.count] else {
                throw ONNXImportError(node, "a shape becomes \(wanted.prefix(8)); taken is a list")
            }
            return try leave(node, .shape(extents))
        }
        let constant = try constant(node, 0)
        let refusal = ONNXImportError(node, "a constant of the shape \(constant.shape) becomes \(wanted.prefix(8))")
        guard wanted.count <= 8, wanted.count(where: { $0 == -1 }) <= 1, constant.count > 0 else { throw refusal }
        var (shape, product) = ([Int](), 1)
        for (place, extent) in wanted.enumerated() {
            let isCopied = extent == 0 && copiesZeros && constant.shape.indices.contains(place)
            shape.append(isCopied ? constant.shape[place] : extent)
            guard shape[place] != -1 else { continue }
            guard (1...constant.count).contains(shape[place]) else { throw refusal }
            product *= shape[place]
            guard product <= constant.count else { throw refusal }
        }
        shape = shape.map { $0 == -1 ? constant.count / product : $0 }
        guard shape.reduce(1, *) == constant.count else { throw refusal }
        try leave(node, .constant(Constant(name: constant.name, shape: shape, constant.numbers)))
    }

    mutating func unsqueezeKnown(_ node: NodeProto, _ axes: [Int]) throws(ONNXImportError) {
        if case .shape(let extents) = try value(node, 0) { return try leave(node, .shape(extents)) }
        let constant = try constant(node, 0)
        guard case .floats = constant.numbers else {
            // A number of a shape becomes a list of one.
            return try leave(node, .shape(try extents(node, 0)))
        }
        let count = constant.shape.count + axes.count
        var places: Set<Int> = []
        for axis in axes { places.insert(try place(axis, among: count, node)) }
        guard places.count == axes.count, count <= 8 else {
            throw ONNXImportError(node, "axes of \(axes) for a constant of the shape \(constant.shape)")
        }
        var left = constant.shape[...]
        let shape = (0..<count).map { places.contains($0) ? 1 : left.popFirst() ?? 1 }
        try leave(node, .constant(Constant(name: constant.name, shape: shape, constant.numbers)))
    }

    /// Whole numbers become others, if each is one in single precision.
    mutating func castKnown(_ node: NodeProto) throws(ONNXImportError) {
        let constant = try constant(node, 0)
        guard case .integers = constant.numbers else { return try leave(node, .constant(constant)) }
        let exact = try integers(node, 0).map { Float(exactly: $0) }
        guard !exact.contains(nil) else { throw ONNXImportError(node, "a whole number beyond single precision") }
        try leave(
            node, .constant(Constant(name: constant.name, shape: constant.shape, .floats(exact.compactMap(\.self)))))
    }
}
