import Learn

extension Facts {
    /// `all.*`, `<network>.equal.*` and `compare.<network>.<other>.*`: the runs beside each other.
    mutating func addComparisons(
        of pairs: [Relations.Pair], dataset: Dataset, runs: [Run], others: OtherSeeds
    ) {
        guard let epochs = runs.map(\.history.count).min() else { return }
        add("all.networks", .cardinal(runs.count))
        add("all.equalEpochs", .count(epochs))
        add("all.equalLength", .counted(epochs, noun: "epoch"))
        for run in runs {
            let network = run.configuration.network
            add("\(network).equal.testLoss", .loss(run.history[epochs - 1].testLoss))
            add("\(network).equal.testAccuracy", .accuracy(run.history[epochs - 1].testAccuracy))
        }
        add("all.significance", .share(Significance.level, places: 0))
        addBest(runs, after: epochs, others)
        addWork(dataset: dataset, runs: runs)
        for pair in pairs {
            guard let run = runs.first(where: { $0.configuration.network == pair.network }),
                let other = runs.first(where: { $0.configuration.network == pair.other })
            else { continue }
            addComparison(pair.key, of: run, with: other, labels: dataset.test.labels, others)
        }
        let answers = runs.map(\.guesses)
        let missed = dataset.test.labels.enumerated().count { index, label in
            answers.allSatisfy { $0[index] != Int(label) }
        }
        add("all.missedByAll", .count(missed))
    }

    /// `all.best`: whose test accuracy, as it is written, is the highest when all have been trained equally long.
    private mutating func addBest(_ runs: [Run], after epochs: Int, _ others: OtherSeeds) {
        let names = runs.map(\.configuration.network)
        let histories = runs.map(\.history)
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
        let outcomes = names + [Facts.tie, Facts.undecided]
        add("all.best", Claim(outcomes: outcomes, outcome: best.outcome ?? Facts.undecided))
        add("all.bestAccuracy", told.max().map(Quantity.accuracy))
    }

    /// What stands in place of a network where several are equally good.
    private static let tie = "tie"

    /// Arithmetic of the training.
    private mutating func addWork(dataset: Dataset, runs: [Run]) {
        var total = 0.0
        for run in runs {
            let work = Arithmetic(run.configuration.architecture).training(
                epochs: run.history.count, evaluations: run.history.evaluations.count, of: dataset)
            add("\(run.configuration.network).work", .operations(work))
            total += work
        }
        add("all.work", .operations(total))
    }

    private mutating func addComparison(
        _ key: String, of run: Run, with other: Run, labels: [UInt8], _ others: OtherSeeds
    ) {
        let pair = RunPair(run, other, others: others)
        claim("\(key).sameLength", pair.isSameLength)
        add("\(key).epochs", .counted(pair.epoch, noun: "epoch"))
        addFigures("\(key)", run, pair)
        addFigures("\(key).other", other, pair)
        claim("\(key).loss", pair.loss)
        claim("\(key).trainLoss", pair.trainLoss)
        add("\(key).trainEpoch", pair.evaluatedEpoch.map(Quantity.count))
        addAnswers(key, pair, labels: labels)
        addFinalAnswers(key, run.guesses, other.guesses, labels: labels)
        addSizes(key, run, other)
    }

    /// What a run had reached when both of a pair had been trained equally long.
    private mutating func addFigures(_ key: String, _ run: Run, _ pair: RunPair) {
        let metrics = run.history[pair.epoch - 1]
        add("\(key).testLoss", .loss(metrics.testLoss))
        add("\(key).testAccuracy", .accuracy(metrics.testAccuracy))
        let evaluation = pair.evaluatedEpoch.flatMap { run.history[$0 - 1].evaluatedTrain }
        add("\(key).trainLoss", evaluation.map { .loss($0.loss) })
    }

    /// Which images one network gets right and the other does not, after equally many epochs, and whether chance
    /// explains the difference.
    private mutating func addAnswers(_ key: String, _ pair: RunPair, labels: [UInt8]) {
        let (test, neighbours) = pair.tests(labels: labels)
        add("\(key).fixed", .count(test.fixed))
        add("\(key).broken", .count(test.broken))
        let probabilities = ([test] + neighbours).map(\.probability)
        add("\(key).probability", .name(SeedStudy.text(ofProbability: test.probability)))
        add("\(key).lowestProbability", probabilities.min().map(Quantity.probability))
        add("\(key).highestProbability", probabilities.max().map(Quantity.probability))
        claim("\(key).verdict", RobustClaim(test, neighbours: neighbours) { $0.significance($1) })
    }

    /// How many more or fewer images the network gets right in the end, be it after another number of epochs.
    private mutating func addFinalAnswers(_ key: String, _ ours: [Int], _ theirs: [Int], labels: [UInt8]) {
        func right(_ answers: [Int]) -> Int { zip(answers, labels).count { $0 == Int($1) } }
        let difference = right(ours) - right(theirs)
        add("\(key).correctDifference", .count(abs(difference)))
        claim("\(key).correct", Comparison(Double(difference), to: 0, tolerance: 0.5))
    }

    private mutating func addSizes(_ key: String, _ run: Run, _ other: Run) {
        let (ours, theirs) = (run.configuration.architecture, other.configuration.architecture)
        add(
            "\(key).parameters",
            .multiple(Double(ours.parameterCount) / Double(theirs.parameterCount)))
        add(
            "\(key).multiplyAdds",
            .multiple(Double(ours.multiplyAdds) / Double(theirs.multiplyAdds)))
        if let filters = ours.placed.first?.output.last,
            let others = theirs.placed.first?.output.last
        {
            add("\(key).filters", .multiple(Double(filters) / Double(others)))
        }
    }
}

extension Relations {
    /// Each network beside the one that it comes after, and beside the one with which its comparisons begin.
    func compared(among names: [String]) -> [Pair] {
        let steps = steps(among: names)
        return steps + gains(among: names).filter { !steps.contains($0) }
    }
}

extension Relations.Pair {
    /// What the keys of the comparison begin with.
    var key: String { "compare.\(network).\(other)" }
}
