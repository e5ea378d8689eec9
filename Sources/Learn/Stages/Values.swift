import KernelInterface

/// A shard's samples on their way through a network: what one thread works on. Its buffers are never used by two
/// threads at once.
final class Shard: @unchecked Sendable {
    let images, labels: Buffer<Int32>
    /// Dropout's keys, one a sample.
    let keys: Buffer<UInt32>
    let losses: Buffer<Float>
    /// Samples in the shard.
    fileprivate(set) var count = 0
    /// Whether dropout is on, as in training.
    fileprivate(set) var dropout = false

    init(samples: Int) {
        images = Buffer(samples, repeating: 0)
        labels = Buffer(samples, repeating: -1)
        keys = Buffer(samples, repeating: 0)
        losses = Buffer(zeros: samples)
    }

    var blocks: Int { (count + blockLanes - 1) / blockLanes }
    /// Samples rounded up to whole blocks: columns of every `[units, columns]` matrix.
    var columns: Int { blocks * blockLanes }

    /// Sets up the images, labels and dropout keys of a shard.
    /// - Parameters:
    ///   - positions: of the shard in `order`
    ///   - order: positions of the images in the split
    func load(_ positions: Range<Int>, of order: ArraySlice<Int32>, labels split: [UInt8], keys random: Random?) {
        precondition(!positions.isEmpty && positions.count <= images.count)
        count = positions.count
        dropout = random != nil
        for place in 0..<images.count {
            let position = positions.lowerBound + place
            let present = position < positions.upperBound
            images.pointer[place] = present ? order[position] : 0
            labels.pointer[place] = present ? Int32(split[Int(order[position])]) : -1
            keys.pointer[place] = random.map { UInt32(truncatingIfNeeded: $0.number(at: position)) } ?? 0
        }
    }

    /// Sets up a shard of samples without classes.
    func load(count: Int) {
        precondition(count > 0 && count <= images.count)
        self.count = count
        dropout = false
        labels.fill(-1)
    }
}

/// A value of a shard and the gradient at it.
final class Value {
    let plan: PlannedValue
    private let shard: Shard
    /// Maps of each block, border included; or one matrix `[units, columns]`.
    private let stored: [Buffer<Float>]
    /// Of one block, without a border; or one matrix.
    private let gradients: Buffer<Float>

    init(_ plan: PlannedValue, _ shard: Shard, samples: Int, wantsGradient: Bool) {
        self.plan = plan
        self.shard = shard
        let perBlock = plan.storedCount * blockLanes
        stored =
            plan.isFlat
            ? [Buffer(zeros: plan.count * samples)]
            : (0..<samples / blockLanes).map { _ in Buffer(zeros: perBlock) }
        gradients = Buffer(zeros: wantsGradient ? plan.count * (plan.isFlat ? samples : blockLanes) : 0)
    }

    /// The maps of a block, inside their border.
    func maps(_ block: Int) -> MutableMapView {
        guard !plan.isFlat else { return flat(stored[0], block, plan) }
        let row = plan.paddedWidth * plan.channels
        let corner = (plan.border.top * row + plan.border.left * plan.channels) * blockLanes
        return MutableMapView(
            stored[block].mutableView.from(corner),
            MapLayout(height: plan.height, width: plan.width, channels: plan.channels, row: row))
    }

    /// The same numbers in the form of another value: units that were flattened are maps to the step that made them, and
    /// not to what comes behind.
    func maps(_ block: Int, like other: Value) -> MutableMapView {
        plan.isFlat ? flat(stored[0], block, other.plan) : maps(block)
    }

    /// The gradient at them.
    func gradient(_ block: Int, like other: Value) -> MutableMapView {
        plan.isFlat ? flat(gradients, block, other.plan) : gradient(block)
    }

    /// All of a block's maps, border included: `[paddedHeight, paddedWidth, channels, 16]`.
    func padded(_ block: Int) -> View<Float> {
        precondition(!plan.isFlat)
        return stored[block].view
    }

    /// The gradient at the maps of a block.
    func gradient(_ block: Int) -> MutableMapView {
        guard !plan.isFlat else { return flat(gradients, block, plan) }
        return MutableMapView(
            gradients.mutableView, MapLayout(height: plan.height, width: plan.width, channels: plan.channels))
    }

    /// The units of all samples, `[units, columns]`.
    var units: MutableView<Float> {
        precondition(plan.isFlat)
        return stored[0].mutableView
    }

    /// The gradient at the units of all samples.
    var unitGradient: MutableView<Float> {
        precondition(plan.isFlat)
        return gradients.mutableView
    }

    func clearGradient() { gradients.fill(0) }

    private func flat(_ buffer: Buffer<Float>, _ block: Int, _ form: PlannedValue) -> MutableMapView {
        MutableMapView(
            buffer.mutableView.from(block * blockLanes),
            MapLayout(height: form.height, width: form.width, channels: form.channels, element: shard.columns))
    }
}

extension Buffer {
    var view: View<Element> { View(pointer, count: count) }
    var mutableView: MutableView<Element> { MutableView(pointer, count: count) }
}
