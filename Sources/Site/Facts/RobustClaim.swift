/// What a rule says of the runs, if it goes on saying so when it is asked a little differently.
///
/// A verdict must not hang on one noisy epoch, on one seed or on where exactly a threshold lies. So its rule is asked
/// again with one thing changed at a time: thresholds a quarter smaller and larger, neighbouring and smoothed epochs,
/// parts of what was looked at, other seeds. Where an answer differs, the verdict is undecided.
struct RobustClaim<Outcome: Hashable & Sendable>: Sendable, Equatable {
    /// The answer about the runs as they are, at the thresholds as stated; nil if the rule itself cannot tell.
    let stated: Outcome?
    /// What had only to be changed a little for another answer.
    let turnedBy: Set<Robustness.Change>

    /// Nil if the claim is undecided.
    var outcome: Outcome? { turnedBy.isEmpty ? stated : nil }

    /// - Parameters:
    ///   - reading: what the claim is about.
    ///   - neighbours: the same at neighbouring epochs, and smoothed over some.
    ///   - parts: the same of parts of what was looked at: of half of the images, of all filters but one.
    ///   - otherSeeds: the same of runs that differ in nothing but the seed, as far as there are any.
    ///   - rule: the answer about a reading, with every threshold multiplied by `scale`; nil if it cannot tell.
    init<Reading>(
        _ reading: Reading, neighbours: [Reading] = [], parts: [Reading] = [], otherSeeds: [Reading] = [],
        rule: (_ reading: Reading, _ scale: Double) throws -> Outcome?
    ) rethrows {
        let stated = try rule(reading, 1)
        self.stated = stated
        var turnedBy: Set<Robustness.Change> = []
        if try Robustness.scales.contains(where: { try rule(reading, $0) != stated }) { turnedBy.insert(.threshold) }
        if try neighbours.contains(where: { try rule($0, 1) != stated }) { turnedBy.insert(.epoch) }
        if try parts.contains(where: { try rule($0, 1) != stated }) { turnedBy.insert(.part) }
        let dissent = try otherSeeds.count { try rule($0, 1) != stated }
        if Double(dissent) > Double(otherSeeds.count) * Robustness.dissent { turnedBy.insert(.seed) }
        self.turnedBy = turnedBy
    }
}

/// How differently a rule is asked.
enum Robustness {
    enum Change: String, Hashable, CaseIterable, Sendable {
        case threshold, epoch, part, seed
    }

    /// What thresholds are multiplied by.
    static let scales = [0.75, 1.25]
    /// Of many seeds, so large a share may contradict: else the more were tried, the less could be said.
    static let dissent = 0.1
}
