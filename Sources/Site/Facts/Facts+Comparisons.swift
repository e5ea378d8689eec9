import Learn

extension Facts {
    /// `all.*`, `<network>.equal.*` and `compare.<network>.<other>.*`: the runs beside each other.
    mutating func addComparisons(dataset: Dataset, runs: [Run]) {
        guard let epochs = runs.map(\.history.count).min() else { return }
        add("all.networks", .cardinal(runs.count))
        add("all.equalEpochs", .count(epochs))
        for run in runs {
            let network = run.configuration.network
            add("\(network).equal.testLoss", .loss(run.history[epochs - 1].testLoss))
            add("\(network).equal.testAccuracy", .accuracy(run.history[epochs - 1].testAccuracy))
        }
        add("all.significance", .share(Verdict.significance, places: 0))
        addBest(runs)
        addWork(dataset: dataset, runs: runs)
        for index in runs.indices.dropFirst() {
            addComparison(of: runs[index], with: runs[index - 1], labels: dataset.test.labels, epochs: epochs)
            guard index > 1 else { continue }
            addComparison(of: runs[index], with: runs[0], labels: dataset.test.labels, epochs: epochs)
        }
        let answers = runs.map(\.guesses)
        let missed = dataset.test.labels.enumerated().count { index, label in
            answers.allSatisfy { $0[index] != Int(label) }
        }
        add("all.missedByAll", .count(missed))
    }

    private mutating func addBest(_ runs: [Run]) {
        guard let best = runs.max(by: { $0.finalMetrics.testAccuracy < $1.finalMetrics.testAccuracy }) else { return }
        let name = best.configuration.network
        let outcomes = Network.all.map(\.name)
        add("all.best", Claim(outcomes: outcomes, outcome: name))
        add("all.bestAccuracy", .accuracy(best.finalMetrics.testAccuracy))
    }

    /// Arithmetic of the training: each training image costs a forward pass and about two more backward.
    private mutating func addWork(dataset: Dataset, runs: [Run]) {
        var total = 0.0
        for (network, run) in zip(Network.all, runs) {
            let images = 3 * dataset.train.count + dataset.test.count
            let work = 2 * Double(network.multiplyAdds) * Double(images) * Double(run.configuration.epochs)
            add("\(network.name).work", .operations(work))
            total += work
        }
        add("all.work", .operations(total))
    }

    private mutating func addComparison(of run: Run, with other: Run, labels: [UInt8], epochs: Int) {
        let key = "compare.\(run.configuration.network).\(other.configuration.network)"
        let (ours, theirs) = (run.finalMetrics, other.finalMetrics)
        let half = 0.0005
        add("\(key).accuracyDifference", .points(abs(ours.testAccuracy - theirs.testAccuracy)))
        claim("\(key).loss", Comparison(ours.testLoss, to: theirs.testLoss, tolerance: half))
        let (early, otherEarly) = (run.history[epochs - 1].testLoss, other.history[epochs - 1].testLoss)
        let isSameLength = run.history.count == other.history.count
        claim("\(key).early", EarlyComparison(isSameLength, Comparison(early, to: otherEarly, tolerance: half)))
        addAnswers(key, run.guesses, other.guesses, labels: labels)
        claim(
            "\(key).trainLoss",
            Comparison(
                run.finalMetrics.trainLoss, to: other.finalMetrics.trainLoss, tolerance: 0.005))
        addSizes(key, run, other)
    }

    /// Which images one network gets right and the other does not, and whether chance explains the difference.
    private mutating func addAnswers(_ key: String, _ ours: [Int], _ theirs: [Int], labels: [UInt8]) {
        var fixed = 0
        var broken = 0
        for (index, label) in labels.enumerated() {
            let (right, otherRight) = (ours[index] == Int(label), theirs[index] == Int(label))
            if right && !otherRight { fixed += 1 }
            if !right && otherRight { broken += 1 }
        }
        add("\(key).fixed", .count(fixed))
        add("\(key).broken", .count(broken))
        add("\(key).correctDifference", .count(abs(fixed - broken)))
        claim("\(key).correct", Comparison(Double(fixed), to: Double(broken), tolerance: 0.5))
        claim("\(key).verdict", Verdict(fixed: fixed, broken: broken))
    }

    private mutating func addSizes(_ key: String, _ run: Run, _ other: Run) {
        guard let ours = Network.all.first(where: { $0.name == run.configuration.network }),
            let theirs = Network.all.first(where: { $0.name == other.configuration.network })
        else { return }
        add("\(key).parameters", .multiple(Double(ours.parameterCount) / Double(theirs.parameterCount)))
        add("\(key).multiplyAdds", .multiple(Double(ours.multiplyAdds) / Double(theirs.multiplyAdds)))
        if let filters = ours.layout.first?.output.last, let others = theirs.layout.first?.output.last {
            add("\(key).filters", .multiple(Double(filters) / Double(others)))
        }
    }
}

/// Which of two networks answers better on the same images, and whether chance alone explains the difference.
///
/// Source of the test: Q. McNemar, "Note on the sampling error of the difference between correlated
/// proportions or percentages", Psychometrika 12, 1947, with continuity correction.
enum Verdict: String, CaseIterable {
    case better, perhapsBetter, same, perhapsWorse, worse

    /// Probability of a difference as large by chance, below which it is not taken for chance.
    static let significance = 0.05
    /// The chi-squared distribution's value for it, one degree of freedom.
    private static let criticalValue = 3.841

    /// - Parameters:
    ///   - fixed: images that the network gets right and the other does not.
    ///   - broken: images that the other gets right and the network does not.
    init(fixed: Int, broken: Int) {
        guard fixed != broken else {
            self = .same
            return
        }
        let difference = Double(abs(fixed - broken) - 1)
        let isBeyondChance = difference * difference / Double(fixed + broken) > Verdict.criticalValue
        switch (fixed > broken, isBeyondChance) {
        case (true, true): self = .better
        case (true, false): self = .perhapsBetter
        case (false, true): self = .worse
        case (false, false): self = .perhapsWorse
        }
    }
}

/// How a network's test loss compares with another's when the shorter training ended.
enum EarlyComparison: String, CaseIterable {
    /// Both were trained equally long, so that there is nothing to add to the final losses.
    case sameLength
    case ahead, level, behind

    fileprivate init(_ isSameLength: Bool, _ loss: Comparison) {
        switch loss {
        case _ where isSameLength: self = .sameLength
        case .lower: self = .ahead
        case .same: self = .level
        case .higher: self = .behind
        }
    }
}
