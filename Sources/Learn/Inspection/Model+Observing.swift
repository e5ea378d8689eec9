import KernelInterface

extension Split {
    /// Positions of at most `most` images, evenly spread from the first on: a split may be sorted by class.
    func spread(_ most: Int) -> [Int32] {
        let wanted = min(count, most)
        return (0..<wanted).map { Int32($0 * count / wanted) }
    }

    /// The images at some positions, in that order.
    func picked(_ positions: [Int32]) -> Split {
        Split(
            pixels: positions.flatMap { image(Int($0)) }, labels: positions.map { labels[Int($0)] }, shape: shape)
    }
}

extension Model {
    /// Sends images through the network, dropout off, with every layer's output kept.
    /// - Parameters:
    ///   - positions: of the images in the split.
    ///   - work: called once for each shard, on any thread: its number, the places of its samples in `positions`, and
    ///     a pass whose ``Pass/shard`` and ``Pass/values`` are theirs; the last value holds what softmax would take.
    func observe(
        _ positions: [Int32], of split: Split,
        work: @Sendable (_ shard: Int, _ samples: Range<Int>, _ pass: Pass) -> Void
    ) {
        let shards = shards(of: positions.count)
        observation().team.share(shards.count) { shard, pass in
            pass.shard.load(shards[shard], of: positions[...], labels: split.labels, keys: nil)
            pass.forward(split)
            work(shard, shards[shard], pass)
        }
    }

    /// The shards in which ``observe(_:of:work:)`` takes so many images.
    func shards(of count: Int) -> [Range<Int>] {
        let samples = observation().network.plan.shardSamples
        return stride(from: 0, to: count, by: samples).map { $0..<min(count, $0 + samples) }
    }

    /// Where a pass over the observed network keeps a layer's output, in ``Pass/values``.
    func place(of layer: PlacedLayer) -> Int {
        observation().network.plan.values.firstIndex { $0.layer == layer.name } ?? 0
    }
}

extension Value {
    /// Puts the shard's numbers into columns: number i of sample s lies at `i * stride + s`. Lanes without a sample
    /// are written, too, up to whole blocks.
    func copy(blocks: Int, to columns: UnsafeMutablePointer<Float>, stride: Int) {
        for block in 0..<blocks {
            let maps = maps(block)
            let layout = maps.layout
            var column = columns + block * blockLanes
            for y in 0..<layout.height {
                for element in 0..<layout.rowElements {
                    let lanes = maps.pointer + (y * layout.row + element) * layout.element
                    column.update(from: lanes.elements(blockLanes), count: blockLanes)
                    column += stride
                }
            }
        }
    }
}
