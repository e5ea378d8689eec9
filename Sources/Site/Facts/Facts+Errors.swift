import Learn

extension Facts {
    /// From this probability on, a network is called sure of its answer.
    private static let sure: Float = 0.9

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
        add("\(network).pair.count", pair.map { .counted($0.count, noun: "occurrence") })
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
        add("\(network).sure", .share(Double(Facts.sure), places: 0))
        add("\(network).sureWrong", .count(run.sureMistakes(above: Facts.sure, labels: labels)))
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

    /// Test images taken for a wrong class with a probability above `threshold`.
    fileprivate func sureMistakes(above threshold: Float, labels: [UInt8]) -> Int {
        let classes = predictions.shape[1]
        return zip(guesses, labels).enumerated().count { row, answer in
            answer.0 != Int(answer.1) && predictions.values[row * classes + answer.0] > threshold
        }
    }
}
