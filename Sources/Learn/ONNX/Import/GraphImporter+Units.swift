import Learn

// Dense layers, normalisation, arithmetic with constants, activations, answers.

extension GraphImporter {
    /// `alpha * A * B + beta * C`
    mutating func multiply(_ node: NodeProto, _ attributes: inout NodeAttributes) throws(ONNXImportError) {
        try attributes.demand("transA", 0)
        let isTurned = (attributes.int("transB") ?? 0) != 0
        let (alpha, beta) = (attributes.float("alpha") ?? 1, attributes.float("beta") ?? 1)
        guard alpha.isFinite, beta.isFinite else { throw ONNXImportError(node, "alpha or beta is NaN or infinite") }
        let units = try dense(node, isTurned: isTurned, factor: alpha)
        if inputName(node, 2) != nil {
            let (shape, values) = try floats(node, 2)
            guard shape.count <= 2, values.count == 1 || (values.count == units && shape.last == units) else {
                throw ONNXImportError(node, "a bias of the shape \(shape) for \(units) units")
            }
            let bias = (0..<units).map { values[values.count == 1 ? 0 : $0] * beta }
            guard stack?.addBias(bias) == true else { throw ONNXImportError(node, "its bias has no place") }
        }
    }

    mutating func multiply(_ node: NodeProto) throws(ONNXImportError) {
        _ = try dense(node, isTurned: false, factor: 1)
    }

    /// Adds a dense layer without a bias.
    /// - Returns: its units.
    private mutating func dense(_ node: NodeProto, isTurned: Bool, factor: Float) throws(ONNXImportError) -> Int {
        try compute(node)
        let (shape, values) = try floats(node, 1)
        guard shape.count == 2 else {
            throw ONNXImportError(node, "weights of the shape \(shape); taken are matrices")
        }
        let (inputs, units) = isTurned ? (shape[1], shape[0]) : (shape[0], shape[1])
        // MatMul may keep the dimensions of one element that pooling left.
        guard dimensions.count == 1 || (node.opType == "MatMul" && dimensions.extents.last == inputs),
            dimensions.elements == inputs
        else {
            throw ONNXImportError(node, "a matrix of \(inputs) x \(units) for dimensions of \(dimensions.extents)")
        }
        let place = dimensions.count - 1
        let order = try needChannels(node, at: place)
        let (row, column) = isTurned ? (1, inputs) : (units, 1)
        var kernel: [Float] = []
        kernel.reserveCapacity(values.count)
        for input in order { for unit in 0..<units { kernel.append(values[input * row + unit * column] * factor) } }
        try add(node, .dense(units: units, activation: .linear), [kernel, [Float](repeating: 0, count: units)])
        flattened = nil
        let single = [[Axis]](repeating: [], count: place)
        try leaveFlow(node, Dimensions(single + [[Axis(role: .channel, extent: units)]]))
        return units
    }

    mutating func normalize(_ node: NodeProto, _ attributes: inout NodeAttributes) throws(ONNXImportError) {
        try compute(node)
        let epsilon = attributes.float("epsilon") ?? 1e-5
        _ = attributes.float("momentum")
        try attributes.demand("training_mode", 0)
        let order = try needChannels(node, at: 0)
        var tensors: [[Float]] = []
        for index in 1...4 {
            let values = try floats(node, index, count: order.count)
            tensors.append(order.map { values[$0] })
        }
        guard tensors[3].allSatisfy({ $0 + epsilon > 0 }) else {
            throw ONNXImportError(node, "a variance below zero")
        }
        try add(node, .batchNormalization(epsilon: Double(shortest: epsilon)), tensors)
        try leaveFlow(node, dimensions)
    }

    /// The four operations with a constant: for all numbers alike, or for each channel.
    mutating func calculate(_ node: NodeProto) throws(ONNXImportError) {
        let flows = [try isFlow(node, 0), try isFlow(node, 1)]
        guard flows != [true, true] else {
            throw ONNXImportError(
                node, "it joins two computed values, as residual networks do; \(ONNXImportError.sequential)")
        }
        guard let own = flows.firstIndex(of: true) else { return try fold(node) }
        try compute(node, own)
        let (shape, values) = try floats(node, 1 - own)
        let order: [Int]
        if values.count == 1 {
            order = []
        } else {
            // Broadcast from the last dimension on.
            let wide = shape.indices.filter { shape[$0] != 1 }
            let place = (wide.first ?? 0) + dimensions.count - shape.count
            guard wide.count == 1, dimensions.dimensions.indices.contains(place), shape.count <= dimensions.count + 1,
                dimensions.extents[place] == values.count
            else {
                throw ONNXImportError(
                    node,
                    "a constant of the shape \(shape) for dimensions of \(dimensions.extents); taken are one number, "
                        + "and one for each channel")
            }
            order = try needChannels(node, at: place)
            guard order.count == values.count else {
                throw ONNXImportError(node, "\(values.count) numbers for \(order.count) channels")
            }
        }
        let given = values.count == 1 ? values : order.map { values[$0] }
        try rescale(node, given, isFirst: own == 0)
        try leaveFlow(node, dimensions)
    }

    /// - Parameters:
    ///   - given: one number for all, or one for each channel.
    ///   - isFirst: whether what is computed stands to the left.
    private mutating func rescale(_ node: NodeProto, _ given: [Float], isFirst: Bool) throws(ONNXImportError) {
        let (scale, shift): ([Float], [Float])
        switch (node.opType, isFirst) {
        case ("Add", _): (scale, shift) = (given.map { _ in 1 }, given)
        case ("Mul", _): (scale, shift) = (given, given.map { _ in 0 })
        case ("Sub", true): (scale, shift) = (given.map { _ in 1 }, given.map { -$0 })
        case ("Sub", false): (scale, shift) = (given.map { _ in -1 }, given)
        case ("Div", true): (scale, shift) = (given.map { 1 / $0 }, given.map { _ in 0 })
        default: throw ONNXImportError(node, "it divides by what is computed; taken is division by constants")
        }
        guard scale.allSatisfy(\.isFinite) else { throw ONNXImportError(node, "it divides by zero") }
        guard let channels = stack?.output.last else {
            (inputScale, inputShift) = (inputScale * scale[0], inputShift * scale[0] + shift[0])
            return
        }
        func each(_ numbers: [Float]) -> [Float] {
            numbers.count == 1 ? [Float](repeating: numbers[0], count: channels) : numbers
        }
        if scale.allSatisfy({ $0 == 1 }), stack?.addBias(each(shift)) == true { return }
        do {
            try stack?.rescale(each(scale), each(shift))
        } catch {
            throw ONNXImportError(node, "\(error)")
        }
    }

    mutating func activate(_ node: NodeProto, _ activation: Activation) throws(ONNXImportError) {
        try compute(node)
        if stack == nil {
            guard dimensions.count == 3 else { throw ONNXImportError(node, "it comes before any layer") }
            throw ONNXImportError(node, "it comes before any layer; taken are Conv, Gemm, pooling or constants first")
        }
        do {
            try stack?.activate(activation)
        } catch {
            throw ONNXImportError(node, "\(error)")
        }
        try leaveFlow(node, dimensions)
    }

    mutating func clip(_ node: NodeProto) throws(ONNXImportError) {
        let lower = inputName(node, 1) == nil ? -Float.infinity : try floats(node, 1, count: 1)[0]
        let upper = inputName(node, 2) == nil ? Float.infinity : try floats(node, 2, count: 1)[0]
        switch (lower, upper) {
        case (0, 6): try activate(node, .relu6)
        case (0, .infinity): try activate(node, .relu)
        default: throw ONNXImportError(node, "it cuts off below \(lower) and above \(upper); taken is 0 and 6")
        }
    }

    mutating func answer(
        _ node: NodeProto, _ attributes: inout NodeAttributes, _ answer: ImportedNetwork.Signature.Answer
    ) throws(ONNXImportError) {
        try compute(node)
        let axis = attributes.int("axis") ?? (version < 13 ? 1 : -1)
        let place = try place(axis, among: dimensions.count + 1, node) - 1
        guard place >= 0, dimensions.dimensions.indices.allSatisfy({ $0 == place || dimensions.extents[$0] == 1 }),
            stack?.output.count == 1
        else { throw ONNXImportError(node, "it is not taken over the classes") }
        self.answer = answer
        try leaveFlow(node, dimensions)
    }
}
