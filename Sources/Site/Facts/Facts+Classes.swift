import Learn

extension Facts {
    /// The families that the article tells of, by name; which classes are in them, the experiment says.
    static let toldFamilies: Set = ["tops", "shoes"]

    /// `<network>.family.<family>.share` and `.mostly`: which part of the mistakes mix up classes that are alike, and
    /// whether that is most of them. Where there are no mistakes it is neither, nor where the experiment has no family
    /// of the name.
    mutating func addFamilies(_ families: [ExperimentFamily], _ portraits: SeedPortraits, of network: Network) {
        let answers = portraits.shown.answers[0]
        func mostly(_ subject: FactSubject, _ outcome: String, _ turnedBy: Set<Robustness.Change> = []) -> Claim {
            Claim(
                subject: subject, name: "mostly", outcomes: ["yes", "no", Facts.undecided, "none", "absent"],
                outcome: outcome, turnedBy: turnedBy)
        }
        for family in families {
            let labels = Set(family.labels)
            let subject = FactSubject.family(family.key, of: network.name)
            add(subject, "share", .share(answers.shareOfMistakes(within: labels), places: 0), from: .answers)
            let verdict = portraits.verdict(onAnswers: { answers, scale in
                answers.shareOfMistakes(within: labels) > Confusion.mostly * scale
            })
            let outcome = verdict.outcome.map { $0 ? "yes" : "no" } ?? Facts.undecided
            add(answers.wrong == 0 ? mostly(subject, "none") : mostly(subject, outcome, verdict.turnedBy))
        }
        for family in Facts.toldFamilies.subtracting(families.map(\.key)).sorted() {
            let subject = FactSubject.family(family, of: network.name)
            add(subject, "share", nil, from: .answers)
            add(mostly(subject, "absent"))
        }
    }

    /// `<network>.uneven`: how mistakes are spread over the classes.
    mutating func addUnevenness(_ portraits: SeedPortraits, of network: Network) {
        claim(
            .network(network.name), "uneven",
            portraits.verdict(onAnswers: { answers, scale in
                let scores = answers.matrix.indices.map(answers.f1)
                return (scores.max() ?? 0) - (scores.min() ?? 0) > Confusion.uneven * scale
            }))
    }
}

extension Confusion {
    /// A share of the mistakes above it is most of them.
    static let mostly = 0.5
    /// From F1 scores so far apart on, classes are unequal.
    static let uneven = 0.05

    /// The answers to a run of the test images.
    init(_ guesses: some Collection<Int>, labels: some Collection<UInt8>, classes: Int) {
        var matrix = Array(repeating: [Int](repeating: 0, count: classes), count: classes)
        for (guess, label) in zip(guesses, labels) { matrix[Int(label)][guess] += 1 }
        self.init(matrix: matrix)
    }
}

extension SeedPortraits {
    /// A verdict on the answers to the test images, tested on either half of them and on other seeds.
    fileprivate func verdict(onAnswers rule: (_ answers: Confusion, _ scale: Double) -> Bool) -> RobustClaim<Bool> {
        RobustClaim(
            shown.answers[0], parts: Array(shown.answers.dropFirst()), otherSeeds: others.map { $0.answers[0] },
            rule: rule)
    }
}
