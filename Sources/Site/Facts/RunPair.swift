import Learn

/// Two trainings, compared after the last epoch that both have.
struct RunPair {
    let run, other: TrainingRecord
    /// Histories of both with the same other seed.
    let otherSeeds: [[[EpochMetrics]]]
    /// Trainings of both with the same other seed.
    private let sameSeeds: [(TrainingRecord, TrainingRecord)]

    /// - Parameter portraits: of both with the same other seed.
    init(
        _ run: TrainingRecord, _ other: TrainingRecord, others: OtherSeeds,
        sameSeeds portraits: [(Portrait, Portrait)]
    ) {
        sameSeeds = portraits.compactMap { ours, theirs in
            guard let ours = ours.training, let theirs = theirs.training else { return nil }
            return (ours, theirs)
        }
        (self.run, self.other) = (run, other)
        otherSeeds = others.histories(of: [run.configuration.network, other.configuration.network])
    }

    /// From 1.
    var epoch: Int { min(run.history.count, other.history.count) }
    var isSameLength: Bool { run.history.count == other.history.count }

    private var histories: [[EpochMetrics]] { [run.history, other.history] }

    /// The test losses, as they are written.
    var loss: RobustClaim<Comparison> {
        comparison(after: [epoch] + Robustness.neighbours(of: epoch)) { $0.testLoss }
    }

    /// The last epoch, from 1, after which both runs' training images were evaluated; nil if there is none.
    var evaluatedEpoch: Int? { evaluatedEpochs.first }

    private var evaluatedEpochs: [Int] {
        (1...epoch).reversed().filter { epoch in histories.allSatisfy { $0[epoch - 1].evaluatedTrain != nil } }
    }

    /// The evaluated training losses, as they are written; undecided if there are none of the same epoch.
    var trainLoss: RobustClaim<Comparison> {
        let near = evaluatedEpochs.prefix(3).filter { $0 * 4 >= epoch * 3 }
        return comparison(after: near) { $0.evaluatedTrain?.loss }
    }

    /// - Parameters:
    ///   - epochs: the one in question, from 1, and its neighbours.
    ///   - figure: a loss.
    private func comparison(
        after epochs: [Int], _ figure: (EpochMetrics) -> Double?
    ) -> RobustClaim<Comparison> {
        func reading(_ histories: [[EpochMetrics]], _ epoch: Int) -> [Double?] {
            histories.map { $0.count < epoch ? nil : figure($0[epoch - 1]) }
        }
        let readings = epochs.map { reading(histories, $0) }
        let smoothed = (0..<2).map { place -> Double? in
            let values = readings.compactMap { $0[place] }
            return values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
        }
        return RobustClaim(
            readings.first ?? [nil, nil], neighbours: readings.dropFirst() + (readings.count > 1 ? [smoothed] : []),
            otherSeeds: otherSeeds.compactMap { seed in epochs.first.map { reading(seed, $0) } }
        ) { values, _ in
            guard let ours = values[0], let theirs = values[1] else { return nil }
            return Comparison(written: ours, to: theirs, places: Quantity.lossPlaces)
        }
    }

    /// How the answers to the test images differ after an epoch, from 1.
    func answers(afterEpoch epoch: Int, labels: [UInt8]) -> McNemarTest {
        McNemarTest(run.isRight(afterEpoch: epoch, labels), other.isRight(afterEpoch: epoch, labels))
    }

    /// The test of the answers after the epoch in question, the tests after neighbouring epochs and of what is right
    /// after most of them, and those of the same networks with other seeds.
    func tests(labels: [UInt8]) -> (test: McNemarTest, neighbours: [McNemarTest], otherSeeds: [McNemarTest]) {
        let seeds = sameSeeds.map {
            McNemarTest($0.isRight(afterEpoch: epoch, labels), $1.isRight(afterEpoch: epoch, labels))
        }
        let near = Robustness.neighbours(of: epoch)
        let neighbours = near.map { answers(afterEpoch: $0, labels: labels) }
        guard !near.isEmpty else { return (answers(afterEpoch: epoch, labels: labels), [], seeds) }
        func mostly(_ run: TrainingRecord) -> [Bool] {
            let all = (near + [epoch]).map { run.isRight(afterEpoch: $0, labels) }
            return labels.indices.map { image in all.count { $0[image] } * 2 > all.count }
        }
        return (
            answers(afterEpoch: epoch, labels: labels), neighbours + [McNemarTest(mostly(run), mostly(other))], seeds
        )
    }
}

extension McNemarTest {
    /// - Parameters: whether each of two networks gets each image right.
    init(_ ours: [Bool], _ theirs: [Bool]) {
        let pairs = zip(ours, theirs)
        self.init(fixed: pairs.count { $0 && !$1 }, broken: pairs.count { !$0 && $1 })
    }

    func significance(_ scale: Double = 1) -> Significance {
        Significance(Double(fixed - broken), probability: probability, scale: scale)
    }
}

extension TrainingRecord {
    fileprivate func isRight(afterEpoch epoch: Int, _ labels: [UInt8]) -> [Bool] {
        zip(answers(afterEpoch: epoch), labels).map { $0 == $1 }
    }
}

extension Robustness {
    /// Epochs, from 1, shortly before one: at most four, and none long before.
    static func neighbours(of epoch: Int) -> [Int] {
        (max(1, epoch - 4)..<max(1, epoch)).filter { $0 * 4 >= epoch * 3 }
    }
}
