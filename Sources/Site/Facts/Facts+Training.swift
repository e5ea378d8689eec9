import Learn

extension Facts {
    /// `<network>.*`: settings, losses and accuracies of a run.
    ///
    /// - Precondition: the run has at least one epoch.
    mutating func addTraining(_ run: Run) {
        let network = run.configuration.network
        add("\(network).epochs", .counted(run.configuration.epochs, noun: "epoch"))
        add("\(network).seed", .name(String(run.configuration.seed)))
        add("\(network).batchSize", .count(run.configuration.batchSize))
        add("\(network).learningRate", .setting(run.configuration.optimizer.learningRate))
        add("\(network).rho", .setting(run.configuration.optimizer.rho))
        let final = run.finalMetrics
        add("\(network).trainLoss", .loss(final.trainLoss))
        add("\(network).testLoss", .loss(final.testLoss))
        add("\(network).trainAccuracy", .accuracy(final.trainAccuracy))
        add("\(network).testAccuracy", .accuracy(final.testAccuracy))
        add("\(network).firstTestAccuracy", .accuracy(run.history[0].testAccuracy))
        add("\(network).lossRatio", .decimal(final.testLoss / final.trainLoss, places: 2))
        claim("\(network).gap", final.testLoss > final.trainLoss * (1 + LossCourse.gap))
        claim("\(network).underfitting", final.trainLoss > final.testLoss * (1 + LossCourse.noise))
        addCourse(run)
    }

    /// `<network>.command`: what makes the run again.
    mutating func addCommand(_ run: Run) {
        let settings = run.configuration
        let isUsual = settings.optimizer == Adadelta()
        add(
            "\(settings.network).command",
            .name(
                "swift run site-build train --network \(settings.network) --epochs \(settings.epochs)"
                    + " --seed \(settings.seed)"
                    + (isUsual ? "" : " --learning-rate \(settings.optimizer.learningRate)")
                    + run.dataDigests.options))
    }

    private mutating func addCourse(_ run: Run) {
        let network = run.configuration.network
        let course = LossCourse(run.history)
        claim("\(network).course", course.outcome)
        add("\(network).bestEpoch", .count(course.bestEpoch))
        add("\(network).bestTestLoss", .loss(run.history[course.bestEpoch - 1].testLoss))
        let onset = course.onset.map { run.history[$0 - 1] }
        add("\(network).onset", course.onset.map(Quantity.count))
        add("\(network).onsetTrainLoss", onset.map { .loss($0.trainLoss) })
        add("\(network).onsetTestLoss", onset.map { .loss($0.testLoss) })
    }
}

extension [String: String] {
    /// The options with which the program takes the data of these digests.
    var options: String { self == FashionMNIST.digests ? "" : " --data FOLDER --allow-other-data" }
}

extension Run {
    /// The last epoch's figures.
    ///
    /// - Precondition: the run has at least one epoch.
    var finalMetrics: EpochMetrics { history[history.count - 1] }
}

extension Quantity {
    static func loss(_ value: Double) -> Quantity { .decimal(value, places: 3) }
    static func accuracy(_ value: Double) -> Quantity { .share(value, places: 1) }
    /// A setting with the digits that tell it from every other.
    static func setting(_ value: Float) -> Quantity { .name("\(value)") }
}
