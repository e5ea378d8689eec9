import Learn

extension GraphImporter {
    /// The name of a node's input, or nil where it is left out.
    func inputName(_ node: NodeProto, _ index: Int) -> String? {
        guard node.input.indices.contains(index), !node.input[index].isEmpty else { return nil }
        return node.input[index]
    }

    func value(_ node: NodeProto, _ index: Int) throws(ONNXImportError) -> Value {
        guard let name = inputName(node, index) else {
            throw ONNXImportError(node, "its input \(index + 1) is missing")
        }
        guard let value = values[name] else {
            throw ONNXImportError(node, "no node before it makes its input \"\(name.shortened)\"")
        }
        return value
    }

    /// Makes sure that a node goes on with what the sequence's last node left.
    func takeFlow(_ node: NodeProto, _ index: Int = 0) throws(ONNXImportError) {
        guard case .flow = try value(node, index) else {
            throw ONNXImportError(node, "its input is a constant; \(ONNXImportError.sequential)")
        }
        guard node.input[index] == flow else {
            throw ONNXImportError(
                node,
                "its input \"\(node.input[index].shortened)\" feeds another node already, a branch; "
                    + ONNXImportError.sequential)
        }
    }

    /// Whether a node's input comes from the images.
    func isFlow(_ node: NodeProto, _ index: Int) throws(ONNXImportError) -> Bool {
        if case .flow = try value(node, index) { true } else { false }
    }

    /// The same for a node that changes the numbers, which nothing may do once they are probabilities.
    mutating func compute(_ node: NodeProto, _ index: Int = 0) throws(ONNXImportError) {
        try takeFlow(node, index)
        guard answer == nil else { throw ONNXImportError(node, "it comes behind Softmax; taken is nothing there") }
        guard padding == nil || node.opType == "Conv" else {
            throw ONNXImportError(node, "it comes behind Pad; taken is Conv there")
        }
    }

    /// A tensor that is known beforehand.
    mutating func constant(_ node: NodeProto, _ index: Int) throws(ONNXImportError) -> Constant {
        switch try value(node, index) {
        case .constant(let constant): return constant
        case .stored(let tensor):
            // Weights are used once; what is used again is read again.
            let constant = try Constant(tensor, files: files)
            try hold(constant.count, node)
            return constant
        case .flow, .shape:
            throw ONNXImportError(
                node, "its input \(index + 1) is computed; taken is a constant there: \(ONNXImportError.sequential)")
        }
    }

    /// Counts the numbers of constants that were read or made.
    mutating func hold(_ count: Int, _ node: NodeProto) throws(ONNXImportError) {
        elementsRead += count
        guard elementsRead <= 2 * Constant.mostElements else {
            throw ONNXImportError(node, "more than \(2 * Constant.mostElements) weights up to here")
        }
    }

    mutating func floats(_ node: NodeProto, _ index: Int) throws(ONNXImportError) -> (shape: [Int], values: [Float]) {
        let constant = try constant(node, index)
        guard case .floats(let values) = constant.numbers else {
            throw ONNXImportError(node, "its input \(index + 1) holds whole numbers; taken are those of type float")
        }
        return (constant.shape, values)
    }

    /// A list of numbers for each channel or unit.
    mutating func floats(_ node: NodeProto, _ index: Int, count: Int) throws(ONNXImportError) -> [Float] {
        let (shape, values) = try floats(node, index)
        guard values.count == count, shape.filter({ $0 != 1 }).count <= 1 else {
            throw ONNXImportError(node, "its input \(index + 1) has the shape \(shape); \(count) numbers are wanted")
        }
        return values
    }

    mutating func integers(_ node: NodeProto, _ index: Int) throws(ONNXImportError) -> [Int] {
        guard case .integers(let values) = try constant(node, index).numbers, values.count <= 64 else {
            throw ONNXImportError(node, "its input \(index + 1) is no short list of whole numbers")
        }
        return values
    }

    /// A list of whole numbers that was an attribute in older versions and is an input in newer ones.
    mutating func list(
        _ name: String, _ node: NodeProto, _ index: Int, _ attributes: inout NodeAttributes
    ) throws(ONNXImportError) -> [Int]? {
        if let numbers = attributes.ints(name) { return numbers }
        return inputName(node, index) == nil ? nil : try integers(node, index)
    }

    /// A shape, be it known or worked out.
    mutating func extents(_ node: NodeProto, _ index: Int) throws(ONNXImportError) -> [SymbolicExtent] {
        if case .shape(let extents) = try value(node, index) { return extents }
        return try integers(node, index).map(SymbolicExtent.number)
    }

    /// Names what a node left.
    mutating func leave(_ node: NodeProto, _ value: Value) throws(ONNXImportError) {
        guard let name = node.output.first, !name.isEmpty else { throw ONNXImportError(node, "it has no output") }
        guard values.updateValue(value, forKey: name) == nil else {
            throw ONNXImportError(node, "its output \"\(name.shortened)\" is there already")
        }
    }

    /// Goes on with the numbers that a node left.
    mutating func leaveFlow(_ node: NodeProto, _ dimensions: Dimensions) throws(ONNXImportError) {
        try leave(node, .flow(dimensions.extents))
        self.dimensions = dimensions
        flow = node.output[0]
    }

    /// A place among so many, counted from the end if it is negative.
    func place(_ axis: Int, among count: Int, _ node: NodeProto) throws(ONNXImportError) -> Int {
        let place = axis < 0 ? axis + count : axis
        guard (0..<count).contains(place) else {
            throw ONNXImportError(node, "there is no dimension \(axis) among \(count)")
        }
        return place
    }

    /// Adds a layer; what cannot be a layer there is told with the node.
    mutating func add(_ node: NodeProto, _ layer: Layer, _ tensors: [[Float]] = []) throws(ONNXImportError) {
        do {
            try stack?.add(layer, tensors)
        } catch {
            throw ONNXImportError(node, "\(error)")
        }
    }
}
