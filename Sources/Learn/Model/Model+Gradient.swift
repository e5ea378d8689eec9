import KernelInterface

/// A number that a network works out for an image, and whose gradient with respect to the image can be asked for.
public enum Objective: Sendable, Hashable {
    /// A class's output before softmax.
    case logit(Int)
    /// A class's output after softmax.
    case probability(Int)
    /// A unit of a layer, after its activation; of the last layer before softmax.
    case unit(layer: String, Int)
    /// The mean of one of a layer's maps.
    case channelMean(layer: String, channel: Int)
    /// One number of one of a layer's maps.
    case pixel(layer: String, y: Int, x: Int, channel: Int)
}

extension Model {
    /// How a number changes with each pixel of an image, and the number itself.
    ///
    /// The gradient at a linear layer is the transposed layer's; where max pooling or ReLU have a kink it is that of
    /// the side on which the images lie.
    ///
    /// - Parameters:
    ///   - objective: the number.
    ///   - images: pixels divided by 255, `[images, height, width, channels]`.
    /// - Returns: the number for each image, and gradients of the images' shape.
    /// - Throws: ``ModelError`` if the images do not fit the network or it has no such number.
    public func gradient(
        of objective: Objective, at images: Tensor
    ) throws(ModelError) -> (values: [Float], gradient: Tensor) {
        let count = try check(images)
        let target = try target(of: objective)
        let (network, pass) = observation()
        let value = pass.values[target.value]
        guard let step = network.plan.steps.firstIndex(where: { $0.output == target.value }) else {
            preconditionFailure("no step leaves a layer's output")
        }
        var numbers: [Float] = []
        var gradient: [Float] = []
        gradient.reserveCapacity(images.values.count)
        for start in stride(from: 0, to: count, by: network.plan.shardSamples) {
            pass.forward(images, from: start, count: min(network.plan.shardSamples, count - start))
            if case .probability = objective { _ = pass.lossAndGradient(batch: 1) }
            func read(_ block: Int) {
                for lane in 0..<min(blockLanes, pass.shard.count - block * blockLanes) {
                    gradient += Pass.numbers(pass.values[0].gradient(block), lane: lane)
                }
            }
            value.clearGradient()
            for block in 0..<pass.shard.blocks {
                let found = target.seed(value.maps(block).read, value.gradient(block))
                numbers += found.prefix(pass.shard.count - block * blockLanes)
                if !value.plan.isFlat {
                    pass.backward(block: block, from: step, to: 0, into: nil)
                    read(block)
                    value.clearGradient()
                }
            }
            if value.plan.isFlat { pass.backward(from: step, to: 0, into: nil, done: read) }
        }
        return (numbers, Tensor(shape: images.shape, values: gradient))
    }

    private func target(of objective: Objective) throws(ModelError) -> Target {
        switch objective {
        case .logit(let index):
            return try unit(architecture.placed[architecture.placed.count - 1], index, "class")
        case .probability(let index):
            var target = try unit(architecture.placed[architecture.placed.count - 1], index, "class")
            target.isProbability = true
            return target
        case .unit(let name, let index): return try unit(layer(name), index, "unit")
        case .channelMean(let name, let channel):
            let (value, extents) = try maps(name)
            try checkIndex("channel", channel, extents[2])
            return Target(value: value, rows: 0..<extents[0], columns: 0..<extents[1], channel: channel)
        case .pixel(let name, let y, let x, let channel):
            let (value, extents) = try maps(name)
            try checkIndex("row", y, extents[0])
            try checkIndex("column", x, extents[1])
            try checkIndex("channel", channel, extents[2])
            return Target(value: value, rows: y..<y + 1, columns: x..<x + 1, channel: channel)
        }
    }

    private func unit(_ layer: PlacedLayer, _ index: Int, _ what: String) throws(ModelError) -> Target {
        guard layer.output.count == 1 else { throw .wrongKind(layer: layer.name, wanted: "units") }
        try checkIndex(what, index, layer.output[0])
        return Target(value: value(of: layer), rows: 0..<1, columns: 0..<1, channel: index)
    }

    private func maps(_ name: String) throws(ModelError) -> (value: Int, extents: [Int]) {
        let layer = try layer(name)
        guard layer.output.count == 3 else { throw .wrongKind(layer: name, wanted: "maps") }
        return (value(of: layer), layer.output)
    }

    private func layer(_ name: String) throws(ModelError) -> PlacedLayer {
        guard let layer = architecture.observed.first(where: { $0.name == name }) else {
            throw .unknownLayer(name, known: architecture.observed.map(\.name))
        }
        return layer
    }

    private func value(of layer: PlacedLayer) -> Int {
        observation().network.plan.values.firstIndex { $0.layer == layer.name } ?? 0
    }

    private func checkIndex(_ what: String, _ index: Int, _ count: Int) throws(ModelError) {
        guard (0..<count).contains(index) else { throw .outOfRange(what, index, count: count) }
    }
}

/// The numbers of a value whose mean an objective is.
private struct Target {
    let value: Int
    let rows, columns: Range<Int>
    let channel: Int
    var isProbability = false

    /// Puts the gradient at a block's numbers where the way back begins.
    /// - Returns: the objective for each sample of the block.
    func seed(_ maps: MapView, _ gradient: MutableMapView) -> [Float] {
        let share = 1 / Float(rows.count * columns.count)
        return (0..<blockLanes).map { lane in
            func place(_ layout: MapLayout, _ y: Int, _ x: Int, _ channel: Int) -> Int {
                (y * layout.row + x * layout.channels + channel) * layout.element + lane
            }
            var sum: Float = 0
            for y in rows {
                for x in columns {
                    sum += maps.pointer[place(maps.layout, y, x, channel)]
                    gradient.pointer[place(gradient.layout, y, x, channel)] = share
                }
            }
            guard isProbability else { return sum * share }
            // dp_c / dz_k = p_c * ((k == c) - p_k)
            for k in 0..<maps.layout.channels {
                let other = maps.pointer[place(maps.layout, 0, 0, k)]
                gradient.pointer[place(gradient.layout, 0, 0, k)] = sum * ((k == channel ? 1 : 0) - other)
            }
            return sum
        }
    }
}
