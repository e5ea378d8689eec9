import Learn

extension Facts {
    /// `<network>.mostlyTops` and `<network>.uneven`: how mistakes are spread over the classes.
    ///
    /// - Parameter isFashion: whether the classes are those of Fashion-MNIST.
    mutating func addClassVerdicts(_ portraits: SeedPortraits, of network: Network, isFashion: Bool) {
        let mostlyTops = portraits.verdict(onAnswers: { answers, scale in
            answers.shareOfMistakes(within: Outline.tops) > Confusion.mostly * scale
        })
        let outcome = mostlyTops.outcome.map { $0 ? "yes" : "no" } ?? Facts.undecided
        add(
            "\(network.name).mostlyTops",
            Claim(outcomes: ["yes", "no", Facts.undecided, "otherData"], outcome: isFashion ? outcome : "otherData"))
        claim(
            "\(network.name).uneven",
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
