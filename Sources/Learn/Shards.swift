/// How a batch is cut: into shards, and these into parts that sum their gradients on their own; the same whatever the
/// number of threads, so that sums have one order.
struct Shards {
    /// Enough for eight threads at the default batch; more would only cost memory.
    static let mostParts = 16
    let batch: Int
    /// Samples of a shard.
    let samples: Int

    private var shardCount: Int { (batch + samples - 1) / samples }
    var maximumParts: Int { min(Shards.mostParts, shardCount) }

    /// The shards of each part, as ranges of positions in a batch of `count` samples.
    func parts(of count: Int) -> [[Range<Int>]] {
        let shards = stride(from: 0, to: count, by: samples).map { $0..<min(count, $0 + samples) }
        let parts = min(maximumParts, shards.count)
        return (0..<parts).map { part in
            Array(shards[part * shards.count / parts..<(part + 1) * shards.count / parts])
        }
    }
}
