import Learn

extension Facts {
    /// `<network>.*`: settings, losses and accuracies of a run, and what became of them.
    ///
    /// - Parameters:
    ///   - course: how its losses went; nil for a model that came with its weights, of which only the results are told.
    ///   - labels: the test images' true classes.
    ///   - others: the histories of runs that differ in nothing but the seed.
    /// - Precondition: a training has at least one epoch.
    mutating func addTraining(
        _ run: Run, _ course: LossCourse?, labels: [UInt8], otherSeeds others: [[EpochMetrics]]
    ) {
        let subject = FactSubject.network(run.name)
        if let training = run.training { addSettings(training, subject) }
        let source = run.training == nil ? FactSource.answers : .history
        add(subject, "testLoss", run.evaluation.map { .loss($0.loss) }, from: source, FactFormula.loss)
        add(subject, "testAccuracy", run.evaluation.map { .accuracy($0.accuracy) }, from: source)
        if let training = run.training, let course { addCourse(subject, training.history, course) }
        claim(subject, "learned", run.learned(labels: labels, otherSeeds: others))
    }

    private mutating func addSettings(_ training: TrainingRecord, _ subject: FactSubject) {
        let (configuration, final) = (training.configuration, training.history.last)
        let evaluated = final?.evaluatedTrain
        add(subject, "epochs", .counted(configuration.epochs, noun: "epoch"), from: .settings)
        add(subject, "seed", .name(String(configuration.seed)), from: .settings)
        add(subject, "batchSize", .count(configuration.batchSize), from: .settings)
        add(subject, "learningRate", .setting(configuration.optimizer.learningRate), from: .settings)
        add(subject, "optimizer", .name(configuration.optimizer.kerasName), from: .settings)
        add(subject, "otherSettings", .settings(configuration.optimizer.otherSettings), from: .settings)
        add(subject, "trainLoss", evaluated.map { .loss($0.loss) }, from: .history, FactFormula.loss)
        add(subject, "trainAccuracy", evaluated.map { .accuracy($0.accuracy) }, from: .history)
        add(subject, "runningTrainLoss", final.map { .loss($0.trainLoss) }, from: .history, FactFormula.loss)
    }

    private mutating func addCourse(_ subject: FactSubject, _ history: [EpochMetrics], _ course: LossCourse) {
        add(subject, "bestEpoch", .count(course.bestEpoch), from: .history)
        add(
            subject, "bestTestLoss", .loss(history[course.bestEpoch - 1].testLoss), from: .history, FactFormula.loss
        )
        add(subject, "onset", course.onset.map(Quantity.count), from: .history)
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
        func right(_ accuracy: Double) -> Int { Int(saturating: (accuracy * Double(images)).rounded()) }
        let history = training?.history ?? []
        return RobustClaim(
            right(evaluation?.accuracy ?? 0),
            neighbours: Robustness.neighbours(of: history.count).map { right(history[$0 - 1].testAccuracy) },
            otherSeeds: others.compactMap { $0.last.map { right($0.testAccuracy) } }
        ) { right, scale in guessing.probability(atLeast: right) < Significance.level * scale }
    }
}

extension Optimizer {
    /// All but the rate.
    var otherSettings: [Setting] { Array(settings.dropFirst()) }
}

extension Quantity {
    static let lossPlaces = 3
    /// Of a percentage.
    static let accuracyPlaces = 1

    static func accuracy(_ value: Double) -> Quantity { .share(value, places: accuracyPlaces) }
}
