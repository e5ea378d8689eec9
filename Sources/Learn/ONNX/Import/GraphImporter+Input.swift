import Learn

extension GraphImporter {
    /// Makes sure that what flows are maps, `[channels, rows, columns]`.
    mutating func needMaps(_ node: NodeProto) throws(ONNXImportError) -> ImageShape {
        if stack == nil { try begin(node, channelAt: 0) }
        guard let output = stack?.output, output.count == 3,
            dimensions == .maps(rows: output[0], columns: output[1], channels: output[2])
        else {
            throw ONNXImportError(
                node,
                "it takes dimensions of \(dimensions.extents) that are not channels, rows and columns; "
                    + ONNXImportError.sequential)
        }
        return ImageShape(height: output[0], width: output[1], channels: output[2])
    }

    /// Makes sure that a dimension holds all numbers that a layer of units would have, or one for each channel.
    /// - Returns: for each channel or unit, in our order, its place in the dimension.
    mutating func needChannels(_ node: NodeProto, at place: Int) throws(ONNXImportError) -> [Int] {
        if stack == nil {
            if dimensions.count == 1 { try beginFlat(node) } else { try begin(node, channelAt: place) }
        }
        guard let output = stack?.output else { throw ONNXImportError(node, "it has no image before it") }
        let found = dimensions.dimensions[place]
        let channels = output[output.count - 1]
        let isAlone = found.allSatisfy { $0.role == .channel } && found.reduce(1) { $0 * $1.extent } == channels
        if isAlone, output.count == 3 ? dimensions.count == 3 : flattened == nil { return Array(0..<channels) }
        // All of the maps' numbers in one dimension, in whatever order they were flattened.
        let maps = output.count == 3 ? output : flattened ?? []
        let extents = zip([Axis.Role.row, .column, .channel], maps)
            .map { Axis(role: $0, extent: $1) }.filter { $0.extent != 1 }
        guard maps.count == 3, dimensions.axes == found, Set(found) == Set(extents), found.count == extents.count else {
            throw ONNXImportError(
                node,
                "it takes dimensions of \(dimensions.extents) that are not one for each unit of a layer; "
                    + ONNXImportError.sequential)
        }
        var steps: [Axis.Role: Int] = [:]
        var step = 1
        for axis in found.reversed() {
            steps[axis.role] = step
            step *= axis.extent
        }
        let order = extents.reduce([0]) { places, axis in
            places.flatMap { place in (0..<axis.extent).map { place + $0 * (steps[axis.role] ?? 0) } }
        }
        if output.count == 3 {
            try add(node, .flatten)
            flattened = output
        }
        return order
    }

    /// The first layer says which dimension of the input holds channels; rows and columns follow in their order.
    private mutating func begin(_ node: NodeProto, channelAt place: Int) throws(ONNXImportError) {
        let found = dimensions.dimensions
        guard found.count == 3, found.allSatisfy({ $0.count <= 1 }) else {
            throw ONNXImportError(node, "it takes \(dimensions.extents) numbers an image; taken are images")
        }
        var roles: [Axis.Role] = [.row, .column]
        roles.insert(.channel, at: place)
        let extents = dimensions.extents
        func extent(_ role: Axis.Role) -> Int { roles.firstIndex(of: role).map { extents[$0] } ?? 1 }
        try begin(
            node, ImageShape(height: extent(.row), width: extent(.column), channels: extent(.channel)),
            roles: Dictionary(
                zip(found, roles).compactMap { axes, role in
                    if case .input(let number)? = axes.first?.role { (number, role) } else { nil }
                }, uniquingKeysWith: { first, _ in first }))
    }

    /// A dense layer comes first: where the channels lie follows from the extents alone, or is asked for.
    private mutating func beginFlat(_ node: NodeProto) throws(ONNXImportError) {
        let extents = inputExtents
        func images(_ order: ChannelOrder) -> ImageShape? {
            switch (extents.count, order) {
            case (3, .first): ImageShape(height: extents[1], width: extents[2], channels: extents[0])
            case (3, .last): ImageShape(height: extents[0], width: extents[1], channels: extents[2])
            case (2, _): ImageShape(height: extents[0], width: extents[1], channels: 1)
            default: image?.count == extents[0] ? image : nil
            }
        }
        var candidates = ChannelOrder.allCases.compactMap { order in images(order).map { (order: order, image: $0) } }
        if let image { candidates.removeAll { $0.image != image } }
        candidates.removeAll { ![1, 3].contains($0.image.channels) }
        if let order { candidates.removeAll { $0.order != order } }
        let isOpen =
            Set(candidates.map(\.image)).count > 1 || (candidates.count > 1 && candidates[0].image.channels > 1)
        guard let chosen = candidates.first, !isOpen else {
            throw ONNXImportError(
                "input \"\(input.shortened)\"",
                isOpen || image == nil
                    ? "\(extents) numbers an image can be read in several ways; say the images' form and "
                        + "layout: channels-first or channels-last"
                    : "\(extents) numbers an image; the images are \(image.map { "\($0)" } ?? "others")")
        }
        let roles: [Axis.Role] = chosen.order == .first ? [.channel, .row, .column] : [.row, .column, .channel]
        if extents.count == 1 {
            guard dimensions.axes == [Axis(role: .input(0), extent: extents[0])] else {
                throw ONNXImportError(node, "it takes numbers of an image in another order than the input has")
            }
            let sides: [Axis.Role: Int] = [
                .row: chosen.image.height, .column: chosen.image.width, .channel: chosen.image.channels,
            ]
            dimensions = Dimensions([roles.map { Axis(role: $0, extent: sides[$0] ?? 1) }])
        }
        let three = extents.count == 2 ? [.row, .column] : roles
        try begin(
            node, chosen.image,
            roles: extents.count == 1
                ? [:] : Dictionary(three.enumerated().map { ($0.offset, $0.element) }) { first, _ in first })
        if extents.count == 1 {
            inputOrder = roles.map(GraphImporter.number)
            inputPlaces = inputOrder.map { chosen.image.extents[$0] }
        }
    }

    private mutating func begin(
        _ node: NodeProto, _ shape: ImageShape, roles: [Int: Axis.Role]
    ) throws(ONNXImportError) {
        do {
            stack = try LayerStack(input: shape)
        } catch {
            throw ONNXImportError(node, "\(error)")
        }
        // Dimensions of a single element take what is left.
        var left: [Axis.Role] = [.row, .column, .channel].filter { !roles.values.contains($0) }
        inputOrder = inputExtents.indices.map { index in
            GraphImporter.number(roles[index] ?? (left.isEmpty ? .channel : left.removeFirst()))
        }
        dimensions = Dimensions(
            dimensions.dimensions.map { axes in
                axes.map { axis in
                    guard case .input(let number) = axis.role else { return axis }
                    return Axis(role: roles[number] ?? axis.role, extent: axis.extent)
                }
            })
        if inputScale != 1 || inputShift != 0 {
            try add(
                node, .rescaling,
                [inputScale, inputShift].map { [Float](repeating: $0, count: shape.channels) })
        }
    }

    private static func number(_ role: Axis.Role) -> Int {
        switch role {
        case .row: 0
        case .column: 1
        case .channel, .input: 2
        }
    }
}
