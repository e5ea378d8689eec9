/// Samples that go through the dense layers together: eight blocks. A batch is cut into shards of this size
/// whatever the number of threads, so that sums have one order.
let shardSamples = 128

/// How a batch is cut: into shards, and these into parts that sum their gradients on their own.
struct Shards {
    /// Enough for eight threads at the default batch; more would only cost memory.
    private static let mostParts = 16
    let batch: Int

    private var shardCount: Int { (batch + shardSamples - 1) / shardSamples }
    var maximumParts: Int { min(Shards.mostParts, shardCount) }

    /// The shards of each part, as ranges of positions in a batch of `count` samples.
    func parts(of count: Int) -> [[Range<Int>]] {
        let shards = stride(from: 0, to: count, by: shardSamples).map { $0..<min(count, $0 + shardSamples) }
        let parts = min(maximumParts, shards.count)
        return (0..<parts).map { part in
            Array(shards[part * shards.count / parts..<(part + 1) * shards.count / parts])
        }
    }
}
