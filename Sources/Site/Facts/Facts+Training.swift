import Learn

extension Facts {
    /// `<network>.*`: settings, losses and accuracies of a run, and what became of them.
    ///
    /// - Parameters:
    ///   - labels: the test images' true classes.
    ///   - others: the histories of runs that differ in nothing but the seed.
    /// - Precondition: the run has at least one epoch.
    mutating func addTraining(_ run: Run, labels: [UInt8], otherSeeds others: [[EpochMetrics]]) {
        let network = run.configuration.network
        add("\(network).epochs", .counted(run.configuration.epochs, noun: "epoch"))
        add("\(network).seed", .name(String(run.configuration.seed)))
        add("\(network).batchSize", .count(run.configuration.batchSize))
        add("\(network).learningRate", .setting(run.configuration.optimizer.learningRate))
        add("\(network).optimizer", .name(run.configuration.optimizer.kerasName))
        add("\(network).otherSettings", .name(run.configuration.optimizer.otherSettings))
        let final = run.finalMetrics
        add("\(network).trainLoss", final.evaluatedTrain.map { .loss($0.loss) })
        add("\(network).trainAccuracy", final.evaluatedTrain.map { .accuracy($0.accuracy) })
        add("\(network).runningTrainLoss", .loss(final.trainLoss))
        add("\(network).testLoss", .loss(final.testLoss))
        add("\(network).testAccuracy", .accuracy(final.testAccuracy))
        addCourse(run, LossCourse(run.history, otherSeeds: others))
        claim("\(network).learned", run.learned(labels: labels, otherSeeds: others))
    }

    private mutating func addCourse(_ run: Run, _ course: LossCourse) {
        let network = run.configuration.network
        add("\(network).bestEpoch", .count(course.bestEpoch))
        add("\(network).bestTestLoss", .loss(run.history[course.bestEpoch - 1].testLoss))
        let (stretch, interval) = (course.stretch, course.stretch?.interval())
        add("\(network).stretchStart", stretch.map { .count($0.firstEpoch) })
        add("\(network).change", stretch.map { .share(abs($0.change), places: 1) })
        add("\(network).lowestChange", interval.map { .share($0.lowerBound, places: 1) })
        add("\(network).highestChange", interval.map { .share($0.upperBound, places: 1) })
        add("\(network).lossRatio", .decimal(course.ratio.end, places: 2))
        add("\(network).middleRatio", course.ratio.middle.map { .decimal($0, places: 2) })
        add("\(network).middleEpoch", course.ratio.middleEpoch.map(Quantity.count))
        add(
            "\(network).direction",
            Claim(
                outcomes: LossCourse.Direction.allCases.map(\.rawValue) + [Facts.undecided, LossCourse.short],
                outcome: course.directionOutcome))
        claim("\(network).gap", course.gap)
        claim("\(network).overfitting", course.overfitting)
        claim("\(network).underfitting", course.underfitting)
    }
}

extension Run {
    /// Whether it answers better than whoever always names the most frequent class, beyond chance.
    ///
    /// - Parameters:
    ///   - labels: the test images' true classes.
    ///   - others: the histories of runs that differ in nothing but the seed.
    func learned(labels: [UInt8], otherSeeds others: [[EpochMetrics]]) -> RobustClaim<Bool> {
        let images = labels.count
        let frequent = Dictionary(grouping: labels, by: \.self).values.map(\.count).max() ?? 0
        let guessing = Binomial(trials: images, probability: Double(frequent) / Double(max(1, images)))
        func right(_ epoch: EpochMetrics) -> Int { Int((epoch.testAccuracy * Double(images)).rounded()) }
        return RobustClaim(
            right(finalMetrics),
            neighbours: Robustness.neighbours(of: history.count).map { right(history[$0 - 1]) },
            otherSeeds: others.compactMap { $0.last.map(right) }
        ) { right, scale in guessing.probability(atLeast: right) < Significance.level * scale }
    }
}

extension Optimizer {
    /// All but the rate, as formulas have them: `ρ = 0.95, ε = 1e-07`.
    var otherSettings: String {
        settings.dropFirst().map { "\($0.symbol)\u{A0}=\u{A0}\($0.value)" }.joined(separator: ", ")
    }
}

extension Run {
    /// The last epoch's figures.
    ///
    /// - Precondition: the run has at least one epoch.
    var finalMetrics: EpochMetrics { history[history.count - 1] }
}

extension Quantity {
    static let lossPlaces = 3
    /// Of a percentage.
    static let accuracyPlaces = 1

    static func loss(_ value: Double) -> Quantity { .decimal(value, places: lossPlaces) }
    static func accuracy(_ value: Double) -> Quantity { .share(value, places: accuracyPlaces) }
    /// A setting with the digits that tell it from every other.
    static func setting(_ value: Float) -> Quantity { .name("\(value)") }
    static func probability(_ value: Double) -> Quantity {
        value < 0.001 ? .name("<\u{A0}0.001") : .decimal(value, places: 3)
    }
}
