import Learn

// What changes no number: names, dimensions, and the arithmetic of shapes.

extension GraphImporter {
    mutating func pass(_ node: NodeProto) throws(ONNXImportError) {
        let found = try value(node, 0)
        guard case .flow = found else { return try leave(node, found) }
        try takeFlow(node)
        try leaveFlow(node, dimensions)
    }

    mutating func drop(_ node: NodeProto, _ attributes: inout NodeAttributes) throws(ONNXImportError) {
        _ = attributes.float("ratio")
        _ = attributes.int("seed")
        // A third input turns it on, which no exported model wants.
        guard inputName(node, 2) == nil || values[node.input[2]].map(\.isFalse) == true else {
            throw ONNXImportError(node, "it is on; export the model for inference: model.eval()")
        }
        try pass(node)
    }

    mutating func cast(_ node: NodeProto, _ attributes: inout NodeAttributes) throws(ONNXImportError) {
        let type = TensorProto.DataType(rawValue: Int32(truncatingIfNeeded: attributes.int("to") ?? 0))
        switch (try value(node, 0), type) {
        case (.flow, .float), (.shape, .int64), (.shape, .int32), (.constant, .int64), (.constant, .int32),
            (.stored, .int64), (.stored, .int32):
            try pass(node)
        case (.constant, .float), (.stored, .float): try castKnown(node)
        default: throw ONNXImportError(node, "a cast to \(type.description); taken are numbers of type float")
        }
    }

    mutating func constant(_ node: NodeProto, _ attributes: inout NodeAttributes) throws(ONNXImportError) {
        let name = node.output.first ?? ""
        if var tensor = attributes.attribute("value")?.t {
            tensor.name = name
            return try leave(node, .stored(tensor))
        }
        if let number = attributes.float("value_float"), number.isFinite {
            return try leave(node, .constant(Constant(name: name, shape: [], .floats([number]))))
        }
        if let number = attributes.int("value_int") {
            return try leave(node, .constant(Constant(name: name, shape: [], .integers([number]))))
        }
        if let numbers = attributes.attribute("value_floats")?.floats, numbers.allSatisfy(\.isFinite) {
            return try leave(node, .constant(Constant(name: name, shape: [numbers.count], .floats(numbers))))
        }
        guard let numbers = attributes.ints("value_ints") else { throw ONNXImportError(node, "it holds no numbers") }
        try leave(node, .constant(Constant(name: name, shape: [numbers.count], .integers(numbers))))
    }

    mutating func flatten(_ node: NodeProto, _ attributes: inout NodeAttributes) throws(ONNXImportError) {
        try takeFlow(node)
        let axis = attributes.int("axis") ?? 1
        guard try place(axis, among: dimensions.count + 1, node) == 1 else {
            throw ONNXImportError(node, "axis = \(axis); taken is 1, the images apart and all else together")
        }
        try leaveFlow(node, Dimensions([dimensions.axes]))
    }

    mutating func reshape(_ node: NodeProto, _ attributes: inout NodeAttributes) throws(ONNXImportError) {
        let copiesZeros = (attributes.int("allowzero") ?? 0) == 0
        if try !isFlow(node, 0) { return try reshapeKnown(node, copiesZeros: copiesZeros) }
        try takeFlow(node)
        let wanted = try extents(node, 1)
        let refusal = ONNXImportError(
            node,
            "dimensions of \(dimensions.extents) become \(wanted.map(\.text).joined(separator: ", ")); taken is what "
                + "keeps the images apart and rows, columns and channels whole")
        guard (1...8).contains(wanted.count) else { throw refusal }
        var extents: [Int] = []
        for (place, extent) in wanted.enumerated().dropFirst() {
            switch extent {
            case .number(0) where copiesZeros && dimensions.dimensions.indices.contains(place - 1):
                extents.append(dimensions.extents[place - 1])
            case .number(let number) where number > 0 || number == -1: extents.append(number)
            default: throw refusal
            }
        }
        let known = extents.filter { $0 > 0 }.reduce(1.0) { $0 * Double($1) }
        guard known <= Double(dimensions.elements) else { throw refusal }
        let product = extents.filter { $0 > 0 }.reduce(1, *)
        switch (wanted[0], extents.count { $0 == -1 }) {
        case (.batch, 0), (.batch, 1): break
        case (.number(0), 0) where copiesZeros, (.number(0), 1) where copiesZeros: break
        case (.number(-1), 0): break
        case (.number(let batch), 0...1) where batch == form.batch: break
        default: throw refusal
        }
        extents = extents.map { $0 == -1 ? dimensions.elements / product : $0 }
        guard extents.reduce(1, *) == dimensions.elements else { throw refusal }
        if let regrouped = dimensions.regrouped(extents) { return try leaveFlow(node, regrouped) }
        // A flat input may be an image by what is done to it first.
        guard stack == nil, form.extents.count == 1, dimensions.count == 1, inputPlaces.isEmpty else { throw refusal }
        inputPlaces = extents
        try leaveFlow(
            node, Dimensions(extents.enumerated().map { [Axis(role: .input($0.offset), extent: $0.element)] }))
    }

    mutating func squeeze(_ node: NodeProto, _ attributes: inout NodeAttributes) throws(ONNXImportError) {
        let axes = try list("axes", node, 1, &attributes)
        if case .shape(let extents) = try value(node, 0) { return try leave(node, .shape(extents)) }
        try takeFlow(node)
        let count = dimensions.count + 1
        var places: Set<Int> = []
        for axis in axes ?? [] { places.insert(try place(axis, among: count, node) - 1) }
        if axes == nil { places = Set(dimensions.extents.indices.filter { dimensions.extents[$0] == 1 }) }
        guard places.allSatisfy({ $0 >= 0 && dimensions.extents[$0] == 1 }) else {
            throw ONNXImportError(node, "it takes away dimensions \(axes ?? []) of more than one element, or the batch")
        }
        try leaveFlow(
            node, Dimensions(dimensions.dimensions.enumerated().filter { !places.contains($0.offset) }.map(\.element)))
    }

    mutating func unsqueeze(_ node: NodeProto, _ attributes: inout NodeAttributes) throws(ONNXImportError) {
        guard let axes = try list("axes", node, 1, &attributes), axes.count <= 8 else {
            throw ONNXImportError(node, "it has no axes")
        }
        switch try value(node, 0) {
        case .shape, .constant, .stored: try unsqueezeKnown(node, axes)
        case .flow:
            try takeFlow(node)
            let count = dimensions.count + 1 + axes.count
            var places: Set<Int> = []
            for axis in axes { places.insert(try place(axis, among: count, node)) }
            guard !places.contains(0), places.count == axes.count, count <= 8 else {
                throw ONNXImportError(node, "axes of \(axes); taken are new dimensions behind the batch")
            }
            var left = dimensions.dimensions[...]
            try leaveFlow(
                node, Dimensions((1..<count).map { places.contains($0) ? [] : left.popFirst() ?? [] }))
        }
    }

    mutating func transpose(_ node: NodeProto, _ attributes: inout NodeAttributes) throws(ONNXImportError) {
        let order = attributes.ints("perm")
        if try !isFlow(node, 0) {
            let constant = try constant(node, 0)
            let order = order ?? constant.shape.indices.reversed()
            guard order.sorted() == Array(constant.shape.indices) else {
                throw ONNXImportError(node, "perm of \(order.prefix(8)) for \(constant.shape.count) dimensions")
            }
            try hold(constant.count, node)
            return try leave(node, .constant(constant.transposed(order)))
        }
        try takeFlow(node)
        let all = order ?? Array((0...dimensions.count).reversed())
        // Of a single image, a dimension of one element may as well become the batch.
        guard all.sorted() == Array(0...dimensions.count),
            all[0] == 0 || (form.batch == 1 && dimensions.extents[all[0] - 1] == 1)
        else {
            throw ONNXImportError(node, "perm of \(all.prefix(8)); taken is what leaves the batch where it is")
        }
        try leaveFlow(node, Dimensions(all.dropFirst().map { $0 == 0 ? [] : dimensions.dimensions[$0 - 1] }))
    }
}

// Shapes that are worked out while a graph runs.
extension GraphImporter {
    mutating func shape(_ node: NodeProto, _ attributes: inout NodeAttributes) throws(ONNXImportError) {
        guard case .flow(let extents) = try value(node, 0), padding == nil else {
            throw ONNXImportError(node, "it asks for the shape of a constant; export the model with constants folded")
        }
        let all = [.batch] + extents.map(SymbolicExtent.number)
        func clamped(_ place: Int) -> Int { min(all.count, max(0, place < 0 ? place + all.count : place)) }
        let (start, end) = (clamped(attributes.int("start") ?? 0), clamped(attributes.int("end") ?? all.count))
        try leave(node, .shape(start < end ? Array(all[start..<end]) : []))
    }

    mutating func gather(_ node: NodeProto, _ attributes: inout NodeAttributes) throws(ONNXImportError) {
        if try isFlow(node, 0) { return try gatherAll(node, axis: attributes.int("axis") ?? 0) }
        try attributes.demand("axis", 0)
        guard case .shape(let extents) = try value(node, 0) else {
            throw ONNXImportError(node, "it picks numbers of constants; export the model with constants folded")
        }
        var picked: [SymbolicExtent] = []
        for index in try integers(node, 1) { picked.append(extents[try place(index, among: extents.count, node)]) }
        try leave(node, .shape(picked))
    }

    mutating func slice(_ node: NodeProto) throws(ONNXImportError) {
        if try isFlow(node, 0) { return try sliceAll(node) }
        guard case .shape(let extents) = try value(node, 0) else {
            throw ONNXImportError(node, "it cuts a constant; export the model with constants folded")
        }
        let (starts, ends) = (try integers(node, 1), try integers(node, 2))
        let axes = inputName(node, 3) == nil ? [0] : try integers(node, 3)
        let steps = inputName(node, 4) == nil ? [1] : try integers(node, 4)
        guard starts.count == 1, ends.count == 1, axes == [0], steps == [1] else {
            throw ONNXImportError(node, "it cuts a shape in another way than from one place to another")
        }
        func clamped(_ place: Int) -> Int {
            min(extents.count, max(0, place < 0 ? max(place, -extents.count) + extents.count : place))
        }
        let (start, end) = (clamped(starts[0]), clamped(ends[0]))
        try leave(node, .shape(start < end ? Array(extents[start..<end]) : []))
    }

    mutating func concatenate(_ node: NodeProto, _ attributes: inout NodeAttributes) throws(ONNXImportError) {
        let axis = attributes.int("axis") ?? 0
        var joined: [SymbolicExtent] = []
        for index in node.input.indices {
            guard try !isFlow(node, index), axis == 0, joined.count <= 64 else {
                throw ONNXImportError(node, "it joins computed values, a branch; \(ONNXImportError.sequential)")
            }
            joined += try extents(node, index)
        }
        try leave(node, .shape(joined))
    }
}

extension SymbolicExtent {
    fileprivate var text: String {
        switch self {
        case .batch: "batch"
        case .number(let number): "\(number)"
        }
    }
}

extension GraphImporter.Value {
    /// Whether it is the truth value that says no.
    fileprivate var isFalse: Bool {
        guard case .stored(let tensor) = self else { return false }
        return tensor.rawData.allSatisfy { $0 == 0 } && tensor.int32Data.allSatisfy { $0 == 0 }
    }
}
