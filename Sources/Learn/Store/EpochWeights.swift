/// A network's weights in the midst of its training, at 16 bits each.
public struct EpochWeights: Sendable, Equatable {
    /// How many epochs had been trained; 0 before the first.
    public let epoch: Int
    /// Every parameter of the network by its name.
    public let weights: [String: CompactTensor]

    init(epoch: Int, weights: [String: CompactTensor]) {
        self.epoch = epoch
        self.weights = weights
    }

    public init(afterEpoch epoch: Int, _ weights: [NamedTensor]) {
        self.init(
            epoch: epoch,
            weights: Dictionary(weights.map { ($0.name, CompactTensor($0.tensor, .bits16)) }) { first, _ in first })
    }
}

extension Configuration {
    /// The epochs after which a training keeps its weights, close together where they change fast: 0, 1, 2, 3, 5, 7,
    /// 10, 15, 20, 30, 50, 70, 100, ... The last epoch's are the run's own; of a single one there are no others.
    public var keptEpochs: [Int] {
        var kept = [0, 1, 2, 3, 5, 7]
        var decade = 10
        while decade < epochs {
            kept += [10, 15, 20, 30, 50, 70].map { $0 * decade / 10 }
            decade *= 10
        }
        return epochs > 1 ? kept.filter { $0 < epochs } : []
    }
}
