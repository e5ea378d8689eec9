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
        return gradient(of: [Target](repeating: target, count: count), at: images)
    }

    /// The same with a number of its own for each image.
    /// - Precondition: one objective an image, all of one layer; of classes either logits or probabilities.
    func gradient(
        ofEach objectives: [Objective], at images: Tensor
    ) throws(ModelError) -> (values: [Float], gradient: Tensor) {
        let count = try check(images)
        var targets: [Target] = []
        for objective in objectives { targets.append(try target(of: objective)) }
        precondition(targets.count == count && Set(targets.map { [$0.value, $0.isProbability ? 1 : 0] }).count <= 1)
        return gradient(of: targets, at: images)
    }

    /// Threads take some images each; what an image gets does not depend on what stands beside it.
    private func gradient(of targets: [Target], at images: Tensor) -> (values: [Float], gradient: Tensor) {
        let (network, team) = observation()
        guard let first = targets.first else { return ([], images) }
        guard let step = network.plan.steps.lastIndex(where: { $0.output == first.value }) else {
            preconditionFailure("no step leaves a layer's output")
        }
        let size = architecture.input.count
        let numbers = Buffer<Float>(zeros: targets.count)
        let gradient = Buffer<Float>(zeros: targets.count * size)
        team.share(images: targets.count, atOnce: network.plan.shardSamples) { samples, pass in
            pass.forward(images, samples)
            if first.isProbability { _ = pass.lossAndGradient(batch: 1) }
            let value = pass.values[first.value]
            func places(_ block: Int) -> Range<Int> {
                let start = samples.lowerBound + block * blockLanes
                return start..<min(start + blockLanes, samples.upperBound)
            }
            func read(_ block: Int) {
                for (lane, image) in places(block).enumerated() {
                    let pixels = Pass.numbers(pass.values[0].gradient(block), lane: lane)
                    (gradient.pointer + image * size).update(from: pixels, count: size)
                }
            }
            value.clearGradient()
            for block in 0..<pass.shard.blocks {
                for (lane, image) in places(block).enumerated() {
                    numbers.pointer[image] = targets[image].seed(
                        value.maps(block).read, value.gradient(block), lane: lane)
                }
                if !value.plan.isFlat {
                    pass.backward(block: block, from: step, to: 0, into: nil)
                    read(block)
                    value.clearGradient()
                }
            }
            if value.plan.isFlat { pass.backward(from: step, to: 0, into: nil, done: read) }
        }
        return (numbers.values, Tensor(shape: images.shape, values: gradient.values))
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
private struct Target: Sendable {
    let value: Int
    let rows, columns: Range<Int>
    let channel: Int
    var isProbability = false

    /// Puts the gradient at a sample's numbers where the way back begins.
    /// - Parameter lane: the sample's place in the block.
    /// - Returns: the objective.
    func seed(_ maps: MapView, _ gradient: MutableMapView, lane: Int) -> Float {
        let share = 1 / Float(rows.count * columns.count)
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
