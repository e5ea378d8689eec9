import Learn

extension Facts {
    /// `all.*`, `<network>.equal.*` and `compare.<network>.<other>.*`: the runs beside each other.
    mutating func addComparisons(
        of pairs: [Relations.Pair], dataset: Dataset, runs: [Run], _ portraits: [SeedPortraits], others: OtherSeeds
    ) {
        guard !runs.isEmpty else { return }
        let trainings = runs.compactMap(\.training)
        let epochs = trainings.map(\.history.count).min()
        add(.all, "networks", .cardinal(runs.count), from: .architecture)
        if let epochs { addEqualLength(trainings, epochs) }
        add(.all, "significance", .share(Significance.level, places: 0), from: .rule)
        if let epochs {
            addBest(trainings, after: epochs, others)
            addWork(dataset: dataset, trainings)
        }
        for pair in pairs {
            guard let place = runs.firstIndex(where: { $0.name == pair.network }),
                let otherPlace = runs.firstIndex(where: { $0.name == pair.other })
            else { continue }
            let (run, other) = (runs[place], runs[otherPlace])
            if let ours = run.training, let theirs = other.training {
                let seeds = portraits[place].matching(portraits[otherPlace])
                let runPair = RunPair(ours, theirs, others: others, sameSeeds: seeds)
                addTrainings(pair, runPair, labels: dataset.test.labels)
            }
            addComparison(pair, of: run, with: other, labels: dataset.test.labels)
        }
        let answers = runs.map(\.guesses)
        let missed = dataset.test.labels.enumerated().count { index, label in
            answers.allSatisfy { $0[index] != Int(label) }
        }
        add(.all, "missedByAll", .count(missed), from: .answers)
    }

    private mutating func addEqualLength(_ trainings: [TrainingRecord], _ epochs: Int) {
        add(.all, "equalEpochs", .count(epochs), from: .settings)
        add(.all, "equalLength", .counted(epochs, noun: "epoch"), from: .settings)
        for training in trainings {
            addLossAndAccuracy(.equal(training.configuration.network), training.history[epochs - 1])
        }
    }

    private mutating func addLossAndAccuracy(_ subject: FactSubject, _ metrics: EpochMetrics) {
        add(subject, "testLoss", .loss(metrics.testLoss), from: .history, FactFormula.loss)
        add(subject, "testAccuracy", .accuracy(metrics.testAccuracy), from: .history)
    }

    /// `all.best`: whose test accuracy, as it is written, is the highest when all have been trained equally long.
    private mutating func addBest(_ trainings: [TrainingRecord], after epochs: Int, _ others: OtherSeeds) {
        let names = trainings.map(\.configuration.network)
        let histories = trainings.map(\.history)
        func accuracies(_ histories: [[EpochMetrics]], _ epoch: Int) -> [Double] {
            histories.map { $0[min(epoch, $0.count) - 1].testAccuracy }
        }
        let near = Robustness.neighbours(of: epochs).map { accuracies(histories, $0) }
        let told = accuracies(histories, epochs)
        let mean = told.indices.map { index in
            (near + [told]).reduce(0) { $0 + $1[index] } / Double(near.count + 1)
        }
        let seeds = others.histories(of: names).map { accuracies($0, epochs) }
        let best = RobustClaim(told, neighbours: near + [mean], otherSeeds: seeds) { accuracies, _ in
            let written = accuracies.map { Words.written($0 * 100, places: Quantity.accuracyPlaces) }
            let first = written.indices.filter { written[$0] == written.max() }
            return first.count == 1 ? names[first[0]] : Facts.tie
        }
        add(.all, "best", best, outcomes: names + [Facts.tie]) { $0 }
        add(.all, "bestAccuracy", told.max().map(Quantity.accuracy), from: .history)
    }

    /// What stands in place of a network where several are equally good.
    static let tie = "tie"

    /// Arithmetic of the training.
    private mutating func addWork(dataset: Dataset, _ trainings: [TrainingRecord]) {
        var total = 0.0
        for training in trainings {
            let (configuration, history) = (training.configuration, training.history)
            let work = Arithmetic(configuration.architecture).training(
                epochs: history.count, evaluations: history.evaluations.count, of: dataset)
            add(.network(configuration.network), "work", .operations(work), from: .architecture)
            total += work
        }
        add(.all, "work", .operations(total), from: .architecture)
    }

    private mutating func addComparison(
        _ names: Relations.Pair, of run: Run, with other: Run, labels: [UInt8]
    ) {
        let subject = FactSubject.pair(names)
        addGains(subject, PairedAnswers(run, other, labels: labels))
        addFinalAnswers(subject, run.guesses, other.guesses, labels: labels)
        addSizes(subject, run, other)
    }

    /// How two trainings went, after equally many epochs.
    private mutating func addTrainings(_ names: Relations.Pair, _ pair: RunPair, labels: [UInt8]) {
        let subject = FactSubject.pair(names)
        claim(subject, "sameLength", pair.isSameLength)
        add(subject, "epochs", .counted(pair.epoch, noun: "epoch"), from: .settings)
        addFigures(subject, pair.run, pair)
        addFigures(.other(names), pair.other, pair)
        claim(subject, "loss", pair.loss)
        claim(subject, "trainLoss", pair.trainLoss)
        add(subject, "trainEpoch", pair.evaluatedEpoch.map(Quantity.count), from: .history)
        addAnswers(subject, pair, labels: labels)
    }

    /// What a run had reached when both of a pair had been trained equally long.
    private mutating func addFigures(_ subject: FactSubject, _ run: TrainingRecord, _ pair: RunPair) {
        addLossAndAccuracy(subject, run.history[pair.epoch - 1])
        let evaluation = pair.evaluatedEpoch.flatMap { run.history[$0 - 1].evaluatedTrain }
        add(subject, "trainLoss", evaluation.map { .loss($0.loss) }, from: .history, FactFormula.loss)
    }

    /// Which images one network gets right and the other does not, after equally many epochs, and whether chance
    /// explains the difference.
    private mutating func addAnswers(_ subject: FactSubject, _ pair: RunPair, labels: [UInt8]) {
        let (test, neighbours, seeds) = pair.tests(labels: labels)
        add(subject, "fixed", .count(test.fixed), from: .answers)
        add(subject, "broken", .count(test.broken), from: .answers)
        let probabilities = ([test] + neighbours + seeds).map(\.probability)
        add(
            subject, "probability", .chance(test.probability), from: .answers,
            "p = min(1, 2 · P(X ≤ min(f, b))), X ~ B(f + b, ½)")
        add(subject, "lowestProbability", probabilities.min().map(Quantity.probability), from: .answers)
        add(subject, "highestProbability", probabilities.max().map(Quantity.probability), from: .answers)
        claim(subject, "verdict", RobustClaim(test, neighbours: neighbours, otherSeeds: seeds) { $0.significance($1) })
    }

    /// How many more or fewer images the network gets right in the end, be it after another number of epochs.
    private mutating func addFinalAnswers(
        _ subject: FactSubject, _ ours: [Int], _ theirs: [Int], labels: [UInt8]
    ) {
        func right(_ answers: [Int]) -> Int { zip(answers, labels).count { $0 == Int($1) } }
        let difference = right(ours) - right(theirs)
        add(subject, "correctDifference", .count(abs(difference)), from: .answers)
        claim(subject, "correct", Comparison(written: Double(difference), to: 0, places: 0))
    }

    private mutating func addSizes(_ subject: FactSubject, _ run: Run, _ other: Run) {
        let (ours, theirs) = (run.architecture, other.architecture)
        add(
            subject, "parameters",
            .multiple(Double(ours.parameterCount) / Double(theirs.parameterCount)), from: .architecture)
        add(
            subject, "multiplyAdds",
            .multiple(Double(ours.multiplyAdds) / Double(theirs.multiplyAdds)), from: .architecture)
        let grown = ours.mostGrown(beside: theirs)
        add(subject, "grown", grown.map { .name($0.layer) }, from: .architecture)
        add(subject, "grownShare", grown.map { .share($0.share, places: 0) }, from: .architecture)
        if let filters = ours.placed.first?.output.last,
            let others = theirs.placed.first?.output.last
        {
            add(subject, "filters", .multiple(Double(filters) / Double(others)), from: .architecture)
        }
    }
}

extension Architecture {
    /// The layer that has most more parameters than the layer of its name in another network, the first of several, and
    /// its share of what all layers have more; nil if none has more.
    fileprivate func mostGrown(beside other: Architecture) -> (layer: String, share: Double)? {
        let theirs = Dictionary(
            other.placed.map { ($0.name, $0.parameters) }, uniquingKeysWith: { first, _ in first })
        let gains = placed.map { max($0.parameters - (theirs[$0.name] ?? 0), 0) }
        guard let most = gains.max(), most > 0, let place = gains.firstIndex(of: most) else { return nil }
        return (placed[place].name, Double(most) / Double(gains.reduce(0, +)))
    }
}

extension Relations {
    /// Each network beside the one that it comes after, and beside the one with which its comparisons begin.
    func compared(among names: [String]) -> [Pair] {
        let steps = steps(among: names)
        return steps + gains(among: names).filter { !steps.contains($0) }
    }
}
