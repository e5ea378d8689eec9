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
        addMistakes(confusion, of: network)
        claim("\(network).sureness", Confidence.claim(run, labels: labels))
        add("\(network).sure", .share(Confidence.threshold, places: 0))
    }

    private mutating func addClasses(_ confusion: Confusion, of network: String) {
        let extremes = confusion.extremes(of: confusion.f1)
        for (key, labels) in [("worst", extremes.lowest), ("best", extremes.highest)] {
            add("\(network).\(key).label", .labels(labels))
            add("\(network).\(key).f1", labels.first.map { .accuracy(confusion.f1($0)) })
        }
    }

    /// `<network>.mistakes` and `<network>.pair.*`: what is mistaken for what most often.
    private mutating func addMistakes(_ confusion: Confusion, of network: String) {
        let pairs = confusion.mostFrequentMistakes
        claim("\(network).mistakes", FrequentMistakes(pairs))
        add("\(network).pair.truth", pairs.first.map { .label($0.truth) })
        add("\(network).pair.guess", pairs.first.map { .label($0.guess) })
        add("\(network).pair.count", pairs.first.map { .counted($0.count, noun: "occurrence") })
        add(
            "\(network).pair.share",
            pairs.first.map { pair in
                .share(Double(pair.count) / Double(confusion.matrix[pair.truth].reduce(0, +)), places: 1)
            })
        add("\(network).pair.list", pairs.isEmpty ? nil : .mistakes(pairs))
    }
}

/// Whether one mistake is more frequent than any other.
enum FrequentMistakes: String, CaseIterable {
    case none, one, several

    init(_ mostFrequent: [Confusion.Pair]) {
        self = mostFrequent.isEmpty ? .none : mostFrequent.count == 1 ? .one : .several
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
