import Learn

// Convolutions and pooling.

extension GraphImporter {
    mutating func convolve(_ node: NodeProto, _ attributes: inout NodeAttributes) throws(ONNXImportError) {
        try compute(node)
        let (shape, values) = try floats(node, 1)
        guard shape.count == 4 else {
            throw ONNXImportError(node, "a kernel of the shape \(shape); taken are convolutions over rows and columns")
        }
        let (filters, channels, kernel) = (shape[0], shape[1], Extent(shape[2], shape[3]))
        let group = attributes.int("group") ?? 1
        guard group == 1 else {
            throw ONNXImportError(node, "a convolution in \(group) groups; taken are those of one")
        }
        let dilations = try attributes.pair("dilations", 1)
        guard dilations?.rows == 1, dilations?.columns == 1 else {
            throw ONNXImportError(node, "a dilated convolution; taken are those without dilation")
        }
        if let told = try attributes.pair("kernel_shape"), Extent(told.rows, told.columns) != kernel {
            throw ONNXImportError(node, "kernel_shape \(told) is not that of its weights, \(kernel.both)")
        }
        let stride = try stride(node, &attributes)
        let bias =
            inputName(node, 2) == nil
            ? [Float](repeating: 0, count: filters) : try floats(node, 2, count: filters)
        let kernels = Constant(name: "", shape: shape, .floats(values))
        if stack?.output.count == 1 {
            return try convolveUnits(node, kernels, bias, kernel, stride, &attributes)
        }
        let maps = try needMaps(node)
        guard channels == maps.channels else {
            throw ONNXImportError(node, "a kernel of \(channels) channels for maps of \(maps.channels)")
        }
        let border = try border(node, &attributes, maps, kernel, stride)
        try add(
            node,
            .convolution(
                filters: filters, kernel: kernel, stride: stride,
                padding: Padding(border, kernel: kernel, stride: stride, maps), activation: .linear),
            [kernels.transposed([2, 3, 1, 0]).floats, bias])
        padding = nil
        try leaveMaps(node)
    }

    /// Behind global pooling a convolution of single places is a dense layer.
    private mutating func convolveUnits(
        _ node: NodeProto, _ kernels: Constant, _ bias: [Float], _ kernel: Extent, _ stride: Extent,
        _ attributes: inout NodeAttributes
    ) throws(ONNXImportError) {
        let pads = attributes.ints("pads") ?? []
        let automatic = attributes.text("auto_pad") ?? "NOTSET"
        let units = try needChannels(node, at: 0).count
        guard kernel == 1, stride == 1, pads.allSatisfy({ $0 == 0 }), automatic != "", dimensions.count == 3,
            kernels.shape[1] == units
        else {
            throw ONNXImportError(node, "a convolution over single numbers; taken are kernels of 1x1 there")
        }
        try add(
            node, .dense(units: kernels.shape[0], activation: .linear),
            [kernels.transposed([2, 3, 1, 0]).floats, bias])
        try leaveFlow(node, Dimensions([[Axis(role: .channel, extent: kernels.shape[0])], [], []]))
    }

    mutating func pool(
        _ node: NodeProto, _ attributes: inout NodeAttributes, _ pooling: Pooling
    ) throws(ONNXImportError) {
        try compute(node)
        let maps = try needMaps(node)
        guard let window = try attributes.pair("kernel_shape") else {
            throw ONNXImportError(node, "it has no kernel_shape")
        }
        let stride = try stride(node, &attributes)
        let extent = try positive(node, window, "kernel_shape")
        let dilations = try attributes.pair("dilations", 1)
        guard dilations?.rows == 1, dilations?.columns == 1 else {
            throw ONNXImportError(node, "dilated pooling; taken is pooling without dilation")
        }
        _ = attributes.int("count_include_pad")
        _ = attributes.int("storage_order")
        let border = try border(node, &attributes, maps, extent, stride)
        guard border == .none else {
            throw ONNXImportError(node, "pooling with padding \(border.sides); taken is pooling without")
        }
        let left = ((maps.height - extent.height) % stride.height, (maps.width - extent.width) % stride.width)
        if attributes.int("ceil_mode") ?? 0 != 0, left != (0, 0) {
            throw ONNXImportError(node, "a window that hangs over the edge (ceil_mode); taken are whole windows")
        }
        guard node.output.count < 2 || node.output[1].isEmpty else {
            throw ONNXImportError(node, "it tells the places of the maxima; taken are the maxima alone")
        }
        switch pooling {
        case .maximum: try add(node, .maxPooling(window: extent, stride: stride))
        case .average: try add(node, .averagePooling(window: extent, stride: stride))
        }
        try leaveMaps(node)
    }

    /// The mean or maximum of each map.
    mutating func poolAll(_ node: NodeProto, _ pooling: Pooling, keeps: Bool = true) throws(ONNXImportError) {
        try compute(node)
        let maps = try needMaps(node)
        try addGlobal(node, pooling)
        try leaveFlow(node, Dimensions([[Axis(role: .channel, extent: maps.channels)], [], []]))
    }

    /// The same over the dimensions that hold rows and columns, wherever they are.
    mutating func reduce(
        _ node: NodeProto, _ attributes: inout NodeAttributes, _ pooling: Pooling
    ) throws(ONNXImportError) {
        try compute(node)
        let keeps = attributes.int("keepdims") ?? 1
        _ = attributes.int("noop_with_empty_axes")
        guard let axes = try list("axes", node, 1, &attributes) else {
            throw ONNXImportError(node, "it takes all dimensions together; taken are rows and columns")
        }
        var places: Set<Int> = []
        for axis in axes { places.insert(try place(axis, among: dimensions.count + 1, node) - 1) }
        if stack == nil, dimensions.count == 3, let channel = (0..<3).first(where: { !places.contains($0) }) {
            _ = try needChannels(node, at: channel)
        }
        let reduced = places.sorted().flatMap {
            dimensions.dimensions.indices.contains($0) ? dimensions.dimensions[$0] : []
        }
        let output = stack?.output ?? []
        let wanted = zip([Axis.Role.row, .column], output).map { Axis(role: $0, extent: $1) }.filter { $0.extent != 1 }
        guard output.count == 3, !places.contains(-1), !places.isEmpty, Set(reduced) == Set(wanted) else {
            throw ONNXImportError(node, "it takes dimensions \(axes) together; taken are rows and columns")
        }
        try addGlobal(node, pooling)
        let left = dimensions.dimensions.enumerated().compactMap { place, axes in
            places.contains(place) ? keeps == 0 ? nil : [] : axes
        }
        try leaveFlow(node, Dimensions(left))
    }

    private mutating func addGlobal(_ node: NodeProto, _ pooling: Pooling) throws(ONNXImportError) {
        switch pooling {
        case .maximum: try add(node, .globalMaxPooling)
        case .average: try add(node, .globalAveragePooling)
        }
    }

    mutating func pad(_ node: NodeProto, _ attributes: inout NodeAttributes) throws(ONNXImportError) {
        try compute(node)
        guard attributes.text("mode") ?? "constant" == "constant" else {
            throw ONNXImportError(node, "it repeats pixels; taken is padding with zeros")
        }
        if inputName(node, 2) != nil, try floats(node, 2).values.contains(where: { $0 != 0 }) {
            throw ONNXImportError(node, "it pads with other numbers than zeros")
        }
        let rank = dimensions.count + 1
        let axes = inputName(node, 3) == nil ? Array(0..<rank) : try integers(node, 3)
        let pads = try integers(node, 1)
        guard pads.count == 2 * axes.count, rank == 4, pads.allSatisfy({ (0...1 << 16).contains($0) }) else {
            throw ONNXImportError(node, "pads of \(pads.prefix(16)); taken are zeros around maps")
        }
        var sides = [(before: Int, after: Int)](repeating: (0, 0), count: rank)
        for (index, axis) in axes.enumerated() {
            sides[try place(axis, among: rank, node)] = (pads[index], pads[axes.count + index])
        }
        // Rows and columns are those that are padded.
        let padded = (0..<rank).filter { sides[$0] != (0, 0) }
        guard let channel = [1, 3].first(where: { !padded.contains($0) }), !padded.contains(0) else {
            throw ONNXImportError(node, "it pads channels or the batch; taken are rows and columns")
        }
        if stack == nil { _ = try needChannels(node, at: channel - 1) }
        let roles = dimensions.dimensions.map { $0.first?.role }
        func side(_ role: Axis.Role) -> (before: Int, after: Int) {
            roles.firstIndex(of: role).map { sides[$0 + 1] } ?? (0, 0)
        }
        let (rows, columns) = (side(.row), side(.column))
        guard padded.allSatisfy({ [.row, .column].contains(roles[$0 - 1]) }) else {
            throw ONNXImportError(node, "it pads a single row or column; taken are maps")
        }
        padding = Border(top: rows.before, left: columns.before, bottom: rows.after, right: columns.after)
        try leaveFlow(node, dimensions)
    }
}

extension GraphImporter {
    private mutating func leaveMaps(_ node: NodeProto) throws(ONNXImportError) {
        let output = stack?.output ?? []
        guard output.count == 3 else { throw ONNXImportError(node, "it leaves no maps") }
        try leaveFlow(node, .maps(rows: output[0], columns: output[1], channels: output[2]))
    }

    private func stride(_ node: NodeProto, _ attributes: inout NodeAttributes) throws(ONNXImportError) -> Extent {
        try positive(node, try attributes.pair("strides", 1) ?? (1, 1), "strides")
    }

    private func positive(
        _ node: NodeProto, _ pair: (rows: Int, columns: Int), _ what: String
    ) throws(ONNXImportError) -> Extent {
        guard (1...1 << 16).contains(pair.rows), (1...1 << 16).contains(pair.columns) else {
            throw ONNXImportError(node, "\(what) of \(pair.rows) and \(pair.columns)")
        }
        return Extent(pair.rows, pair.columns)
    }

    /// The zeros around the maps, in whichever way they are told.
    private func border(
        _ node: NodeProto, _ attributes: inout NodeAttributes, _ maps: ImageShape, _ kernel: Extent, _ stride: Extent
    ) throws(ONNXImportError) -> Border {
        let pads = attributes.ints("pads")
        let outer = padding ?? .none
        let inside = ImageShape(
            height: maps.height + outer.top + outer.bottom, width: maps.width + outer.left + outer.right,
            channels: maps.channels)
        let own: Border
        switch attributes.text("auto_pad") ?? "NOTSET" {
        case "NOTSET", "":
            let sides = pads ?? [0, 0, 0, 0]
            guard sides.count == 4, sides.allSatisfy({ (0...1 << 16).contains($0) }) else {
                throw ONNXImportError(node, "pads of \(sides.prefix(8)); taken are four numbers of at least 0")
            }
            own = Border(top: sides[0], left: sides[1], bottom: sides[2], right: sides[3])
        case "VALID": own = .none
        case "SAME_UPPER": own = Border(same: kernel, stride: stride, inside)
        case "SAME_LOWER":
            let upper = Border(same: kernel, stride: stride, inside)
            own = Border(top: upper.bottom, left: upper.right, bottom: upper.top, right: upper.left)
        case let other: throw ONNXImportError(node, "auto_pad \(other.shortened) is unknown")
        }
        return Border(
            top: own.top + outer.top, left: own.left + outer.left, bottom: own.bottom + outer.bottom,
            right: own.right + outer.right)
    }
}

extension Padding {
    /// These zeros by the name that they have, if they have one.
    fileprivate init(_ border: Border, kernel: Extent, stride: Extent, _ maps: ImageShape) {
        switch border {
        case .none: self = .valid
        case Border(same: kernel, stride: stride, maps): self = .same
        default: self = .zeros(border)
        }
    }
}

extension Border {
    fileprivate init(same kernel: Extent, stride: Extent, _ maps: ImageShape) {
        self.init(same: kernel, stride: stride, height: maps.height, width: maps.width)
    }
}

extension Constant {
    fileprivate var floats: [Float] {
        if case .floats(let values) = numbers { values } else { [] }
    }
}

/// What becomes of the numbers of a window.
enum Pooling { case maximum, average }
