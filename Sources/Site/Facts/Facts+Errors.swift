import Learn

extension Facts {
    /// `<network>.*`: where a network errs.
    ///
    /// - Parameter labels: the test images' true classes.
    mutating func addErrors(_ run: Run, labels: [UInt8]) {
        let network = run.configuration.network
        let confusion = Confusion(matrix: run.confusionMatrix)
        add("\(network).wrong", .count(confusion.wrong))
        addClasses(confusion, of: network)
        let pair = confusion.mistakes.first
        claim("\(network).mistakes", pair != nil)
        add("\(network).pair.truth", pair.map { .label($0.truth) })
        add("\(network).pair.guess", pair.map { .label($0.guess) })
        add("\(network).pair.count", pair.map { .count($0.count) })
        add(
            "\(network).pair.share",
            pair.map { pair in
                .share(Double(pair.count) / Double(run.confusionMatrix[pair.truth].reduce(0, +)), places: 1)
            })
        let tops = confusion.shareOfMistakes(within: Outline.tops)
        let shoes = confusion.shareOfMistakes(within: Outline.shoes)
        add("\(network).topsShare", .share(tops, places: 0))
        add("\(network).shoesShare", .share(shoes, places: 0))
        add("\(network).outlineShare", .share(tops + shoes, places: 0))
        let mostlyTops = run.dataDigests == FashionMNIST.digests ? (tops > 0.5 ? "yes" : "no") : "otherData"
        add("\(network).mostlyTops", Claim(outcomes: ["yes", "no", "otherData"], outcome: mostlyTops))
        claim("\(network).sureness", Confidence.claim(run, labels: labels))
        add("\(network).sure", .share(Confidence.threshold, places: 0))
    }

    private mutating func addClasses(_ confusion: Confusion, of network: String) {
        let labels = confusion.matrix.indices
        guard let worst = labels.min(by: { confusion.f1($0) < confusion.f1($1) }),
            let best = labels.max(by: { confusion.f1($0) < confusion.f1($1) })
        else { return }
        for (key, label) in [("worst", worst), ("best", best)] {
            add("\(network).\(key).label", .label(label))
            add("\(network).\(key).recall", .accuracy(confusion.recall(label)))
            add("\(network).\(key).precision", .accuracy(confusion.precision(label)))
            add("\(network).\(key).f1", .accuracy(confusion.f1(label)))
        }
        claim("\(network).uneven", confusion.f1(best) - confusion.f1(worst) > 0.05)
    }
}

extension Run {
    /// Class of highest probability for each test image.
    var guesses: [Int] { answers(afterEpoch: history.count).map(Int.init) }

    /// The same after an epoch, from 1.
    func answers(afterEpoch epoch: Int) -> ArraySlice<UInt8> {
        let images = answerHistory.shape[1]
        return answerHistory.values[(epoch - 1) * images..<epoch * images]
    }
}
