import Learn

extension Facts {
    /// `<network>.*`: settings, losses and accuracies of a run, and what became of them.
    ///
    /// - Parameters:
    ///   - course: how its losses went.
    ///   - labels: the test images' true classes.
    ///   - others: the histories of runs that differ in nothing but the seed.
    /// - Precondition: the run has at least one epoch.
    mutating func addTraining(
        _ run: Run, _ course: LossCourse, labels: [UInt8], otherSeeds others: [[EpochMetrics]]
    ) {
        let subject = FactSubject.network(run.configuration.network)
        add(subject, "epochs", .counted(run.configuration.epochs, noun: "epoch"), from: .settings)
        add(subject, "seed", .name(String(run.configuration.seed)), from: .settings)
        add(subject, "batchSize", .count(run.configuration.batchSize), from: .settings)
        add(subject, "learningRate", .setting(run.configuration.optimizer.learningRate), from: .settings)
        add(subject, "optimizer", .name(run.configuration.optimizer.kerasName), from: .settings)
        add(subject, "otherSettings", .settings(run.configuration.optimizer.otherSettings), from: .settings)
        let final = run.finalMetrics
        add(subject, "trainLoss", final.evaluatedTrain.map { .loss($0.loss) }, from: .history, FactFormula.loss)
        add(subject, "trainAccuracy", final.evaluatedTrain.map { .accuracy($0.accuracy) }, from: .history)
        add(subject, "runningTrainLoss", .loss(final.trainLoss), from: .history, FactFormula.loss)
        add(subject, "testLoss", .loss(final.testLoss), from: .history, FactFormula.loss)
        add(subject, "testAccuracy", .accuracy(final.testAccuracy), from: .history)
        addCourse(run, course)
        claim(subject, "learned", run.learned(labels: labels, otherSeeds: others))
    }

    private mutating func addCourse(_ run: Run, _ course: LossCourse) {
        let subject = FactSubject.network(run.configuration.network)
        add(subject, "bestEpoch", .count(course.bestEpoch), from: .history)
        add(
            subject, "bestTestLoss", .loss(run.history[course.bestEpoch - 1].testLoss), from: .history, FactFormula.loss
        )
        let (stretch, interval) = (course.stretch, course.stretch?.interval())
        add(subject, "stretchStart", stretch.map { .count($0.firstEpoch) }, from: .history)
        add(
            subject, "change", stretch.map { .share(abs($0.change), places: 1) }, from: .history,
            "exp(b · (n − 1)) − 1, ln L(t) ≈ a + b · t")
        add(subject, "lowestChange", interval.map { .share($0.lowerBound, places: 1) }, from: .history)
        add(subject, "highestChange", interval.map { .share($0.upperBound, places: 1) }, from: .history)
        add(
            subject, "lossRatio", .decimal(course.ratio.end, places: 2), from: .history, FactFormula.ratio)
        add(
            subject, "middleRatio", course.ratio.middle.map { .decimal($0, places: 2) }, from: .history,
            FactFormula.ratio)
        add(subject, "middleEpoch", course.ratio.middleEpoch.map(Quantity.count), from: .history)
        add(
            Claim(
                subject: subject, name: "direction",
                outcomes: LossCourse.Direction.allCases.map(\.rawValue) + [Facts.undecided, LossCourse.short],
                outcome: course.directionOutcome, turnedBy: course.stretch == nil ? [] : course.direction.turnedBy))
        claim(subject, "gap", course.gap)
        claim(subject, "overfitting", course.overfitting)
        claim(subject, "underfitting", course.underfitting)
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
    /// All but the rate.
    var otherSettings: [Setting] { Array(settings.dropFirst()) }
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

    static func accuracy(_ value: Double) -> Quantity { .share(value, places: accuracyPlaces) }
}
