import KernelInterface

/// Where in the test images the filters of a convolution answer most, after the convolution's own activation.
public struct StrongestPatches: Sendable, Equatable {
    /// Name of the convolution.
    public let layer: String
    /// Each filter's answers, `[filters, 9]`, the greatest first and one an image; 0 where there is none.
    public let values: Tensor
    /// Where they stand, `[filters, 9, 3]`: the test image, and the answer's row and column among the layer's outputs;
    /// -1 where there is none. What the filter sees there of the image is the layer's receptive field.
    public let places: Tensor

    /// How many answers a filter has at most.
    public static let count = 9

    public var filters: Int { values.shape[0] }

    /// A filter's answers, the greatest first: fewer if it answers to fewer images, where it ends with ReLU with more
    /// than zero.
    public func answers(of filter: Int) -> [Place] {
        let first = filter * StrongestPatches.count
        return (first..<first + StrongestPatches.count).compactMap { index in
            let place = places.values[index * 3..<index * 3 + 3].map { Int($0) }
            return place[0] < 0
                ? nil : Place(value: values.values[index], image: place[0], row: place[1], column: place[2])
        }
    }

    /// An answer and where it stands.
    public struct Place: Sendable, Equatable {
        public let value: Float
        /// Position in the test set.
        public let image: Int
        /// Among the layer's outputs.
        public let row, column: Int
    }
}

extension StrongestPatches {
    var tensors: [NamedTensor] {
        [("values", values), ("places", places)].map { NamedTensor("patches.\(layer).\($0)", $1) }
    }

    init(_ layer: PlacedLayer, _ form: InspectionForm, from reader: inout TensorReader) throws(RunDefect) {
        let (filters, name) = (layer.output[2], "patches.\(layer.name)")
        let values = try reader.tensor("\(name).values", [filters, StrongestPatches.count])
        let places = try reader.tensor("\(name).places", [filters, StrongestPatches.count, 3])
        let limits = [form.testImages, layer.output[0], layer.output[1]]
        let isThere = places.values.enumerated().allSatisfy { index, place in
            place == place.rounded() && place >= -1 && place < Float(limits[index % 3])
                // All three numbers of a place, or none.
                && (place < 0) == (places.values[index / 3 * 3] < 0)
        }
        guard isThere else { throw .outOfRange("\(name).places") }
        self.init(layer: layer.name, values: values, places: places)
    }
}

extension ReceptiveField {
    /// What the output at a row and column sees; of rows and columns outside the image, the zeros of padding.
    public func seen(row: Int, column: Int) -> (rows: Range<Int>, columns: Range<Int>) {
        let (top, left) = (self.top + row * stride.height, self.left + column * stride.width)
        return (top..<top + extent.height, left..<left + extent.width)
    }
}

extension Model {
    /// For each convolution the places of the test images at which its filters answer most. Of equal answers the one in
    /// the first image counts, in it the one in the highest row, there the leftmost.
    ///
    /// - Precondition: the data's images are the architecture's.
    func strongestPatches(of dataset: Dataset) -> [StrongestPatches] {
        let (network, team) = observation()
        let layers = architecture.convolutions
        guard !layers.isEmpty else { return [] }
        let looks = layers.map { layer in
            Look(layer, value: network.plan.values.firstIndex { $0.layer == layer.name } ?? 0)
        }
        let split = dataset.test
        let (atOnce, size) = (network.plan.shardSamples, looks.reduce(0) { $0 + $1.filters } * StrongestPatches.count)
        let shards = (split.count + atOnce - 1) / atOnce
        let order = (0..<Int32(split.count)).map { $0 }
        let found = Buffer(shards * size, repeating: Answer.none)
        team.share(shards) { shard, pass in
            let samples = shard * atOnce..<min(split.count, (shard + 1) * atOnce)
            pass.shard.load(samples, of: order[...], labels: split.labels, keys: nil)
            pass.forward(split)
            var lists = found.pointer + shard * size
            for look in looks {
                look.add(pass.values[look.value], samples, to: lists)
                lists += look.filters * StrongestPatches.count
            }
        }
        // In the order of the shards, and so of the images.
        let best = Buffer(size, repeating: Answer.none)
        for (index, answer) in found.values.enumerated() {
            best.pointer.insert(answer, list: index % size / StrongestPatches.count)
        }
        var answers = best.values[...]
        return looks.map { look in
            defer { answers = answers.dropFirst(look.filters * StrongestPatches.count) }
            return look.patches(answers.prefix(look.filters * StrongestPatches.count))
        }
    }
}

/// A filter's answer to an image.
private struct Answer: BitwiseCopyable {
    let value: Float
    let image: Int32
    /// Row by row, from zero.
    let place: Int32

    static let none = Answer(value: -.infinity, image: -1, place: 0)
}

extension UnsafeMutablePointer<Answer> {
    /// Takes an answer into one of the lists if it is among the greatest, behind those that are equal.
    fileprivate func insert(_ answer: Answer, list: Int) {
        let start = self + list * StrongestPatches.count
        var rank = StrongestPatches.count
        while rank > 0, answer.value > start[rank - 1].value {
            if rank < StrongestPatches.count { start[rank] = start[rank - 1] }
            rank -= 1
        }
        if rank < StrongestPatches.count { start[rank] = answer }
    }
}

/// One convolution as patches are looked for.
private struct Look: Sendable {
    let layer: PlacedLayer
    /// Number of its value.
    let value: Int
    /// Only what is greater is an answer.
    let floor: Float

    var filters: Int { layer.output[2] }

    init(_ layer: PlacedLayer, value: Int) {
        self.layer = layer
        self.value = value
        floor = layer.layer.activation?.leavesNegative == false ? 0 : -.infinity
    }

    /// Takes a shard's answers into the lists of the filters, image by image.
    func add(_ value: Value, _ samples: Range<Int>, to lists: UnsafeMutablePointer<Answer>) {
        let best = Buffer(filters * blockLanes, repeating: Answer.none)
        for (block, first) in stride(from: samples.lowerBound, to: samples.upperBound, by: blockLanes).enumerated() {
            best.fill(Answer(value: floor, image: -1, place: 0))
            let maps = value.maps(block)
            for y in 0..<maps.layout.height {
                for x in 0..<maps.layout.width {
                    for filter in 0..<filters {
                        // Maps that are flattened next lie as units do.
                        let answers =
                            maps.pointer + (y * maps.layout.row + x * filters + filter) * maps.layout.element
                        let place = Int32(y * maps.layout.width + x)
                        for lane in 0..<blockLanes where answers[lane] > best.pointer[filter * blockLanes + lane].value
                        {
                            guard answers[lane].isFinite else { continue }
                            best.pointer[filter * blockLanes + lane] = Answer(
                                value: answers[lane], image: Int32(first + lane), place: place)
                        }
                    }
                }
            }
            for filter in 0..<filters {
                for lane in 0..<min(blockLanes, samples.upperBound - first) {
                    let answer = best.pointer[filter * blockLanes + lane]
                    if answer.image >= 0 { lists.insert(answer, list: filter) }
                }
            }
        }
    }

    func patches(_ answers: ArraySlice<Answer>) -> StrongestPatches {
        let width = Int32(layer.output[1])
        return StrongestPatches(
            layer: layer.name,
            values: Tensor(
                shape: [filters, StrongestPatches.count], values: answers.map { $0.image < 0 ? 0 : $0.value }),
            places: Tensor(
                shape: [filters, StrongestPatches.count, 3],
                values: answers.flatMap { answer in
                    answer.image < 0
                        ? [-1, -1, -1]
                        : [Float(answer.image), Float(answer.place / width), Float(answer.place % width)]
                }))
    }
}
