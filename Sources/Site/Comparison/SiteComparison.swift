import Learn

/// What became of each network's results from one publication to the next.
public struct SiteComparison: Sendable, Equatable {
    /// Networks by the order in which the article tells of them.
    public let networks: [Network]

    public struct Network: Sendable, Equatable {
        public let name: String
        public let outcome: Outcome
        /// The last epoch's figures; nil for a network that the previous site does not tell of.
        let before: EpochMetrics?
        let now: EpochMetrics
    }

    public enum Outcome: Sendable, Equatable {
        /// The previous site does not tell of it.
        case new
        /// The previous site was made by a version that left nothing to compare with.
        case earlierVersion
        /// Settings or data differ, so nothing can be said about the bits.
        case otherSettings
        /// The same settings and data left the same results.
        case same
        /// The same settings and data left other results, though a seed is to determine every bit.
        case changed(String)
    }

    /// Names of the networks of which the same settings and data left other results.
    public var changed: [String] {
        networks.filter { if case .changed = $0.outcome { true } else { false } }.map(\.name)
    }
}

extension SiteComparison {
    /// - Throws: ``SiteError/step(_:path:cause:)`` if the new site tells of no network or lacks a history.
    public init(of site: PublishedSite, with previous: PublishedSite) throws {
        guard !site.isEmpty else {
            throw SiteError.step("compare", path: PublishedSite.listPath, cause: "the new site tells of no network")
        }
        networks = try site.networks.map { network in
            guard let result = site.results[network], let now = result.record.history.last else {
                throw SiteError.step("compare", path: network, cause: "the new site does not tell of it")
            }
            let earlier = previous.results[network]
            return Network(
                name: network, outcome: previous.isOfEarlierVersion ? .earlierVersion : Outcome(result, earlier),
                before: earlier?.record.history.last, now: now)
        }
    }
}

extension SiteComparison.Outcome {
    fileprivate init(_ result: PublishedSite.Result, _ earlier: PublishedSite.Result?) {
        guard let earlier else {
            self = .new
            return
        }
        guard result.record.configuration == earlier.record.configuration,
            result.record.dataDigests == earlier.record.dataDigests
        else {
            self = .otherSettings
            return
        }
        let difference =
            Self.difference(of: result.weights, from: earlier.weights)
            ?? Self.difference(of: result.record, from: earlier.record)
        self = difference.map(Self.changed) ?? .same
    }

    /// In what the weights differ, bit by bit, in a few words; nil if in nothing.
    private static func difference(of weights: [String: Tensor], from earlier: [String: Tensor]) -> String? {
        guard weights.keys.sorted() == earlier.keys.sorted() else { return "weights: other tensors" }
        var (differing, total, largest) = (0, 0, Float(0))
        for (name, tensor) in weights {
            guard let other = earlier[name], other.shape == tensor.shape else { return "weights: other shapes" }
            total += tensor.values.count
            for (value, old) in zip(tensor.values, other.values) where value.bitPattern != old.bitPattern {
                differing += 1
                largest = max(largest, abs(value - old))
            }
        }
        return differing == 0 ? nil : "weights: \(differing) of \(total) differ, by up to \(largest)"
    }

    private static func difference(
        of record: PublishedSite.Record, from earlier: PublishedSite.Record
    ) -> String? {
        let epochs = zip(record.history, earlier.history).map(Self.comparable)
        guard epochs.count == record.history.count, epochs.count == earlier.history.count,
            epochs.allSatisfy({ $0.0 == $0.1 })
        else {
            let epoch = epochs.firstIndex { $0.0 != $0.1 }.map { $0 + 1 }
            return "history: " + (epoch.map { "from epoch \($0) on" } ?? "another length")
        }
        return record.confusionMatrix == earlier.confusionMatrix ? nil : "confusion matrix"
    }

    /// An epoch's figures in two records. What only one of them measured says nothing of the bits.
    private static func comparable(_ epoch: EpochMetrics, _ earlier: EpochMetrics) -> (EpochMetrics, EpochMetrics) {
        var (epoch, earlier) = (epoch, earlier)
        if epoch.evaluatedTrain == nil || earlier.evaluatedTrain == nil {
            (epoch.evaluatedTrain, earlier.evaluatedTrain) = (nil, nil)
        }
        return (epoch, earlier)
    }
}
