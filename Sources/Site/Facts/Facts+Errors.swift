import Learn

extension Facts {
    /// `<network>.*`: where a network errs.
    ///
    /// - Parameters:
    ///   - confusion: its answers to the test images.
    ///   - labels: the test images' true classes.
    ///   - others: portraits of runs that differ in nothing but the seed.
    mutating func addErrors(_ run: Run, _ confusion: Confusion, labels: [UInt8], otherSeeds others: [Portrait]) {
        let subject = FactSubject.network(run.name)
        add(subject, "wrong", .count(confusion.wrong), from: .answers)
        addClasses(confusion, of: subject)
        addMistakes(confusion, of: subject)
        claim(subject, "sureness", Confidence.claim(run, labels: labels, otherSeeds: others.map(\.confidence)))
    }

    private mutating func addClasses(_ confusion: Confusion, of subject: FactSubject) {
        let extremes = confusion.extremes(of: confusion.f1)
        for (key, labels) in [("worst", extremes.lowest), ("best", extremes.highest)] {
            add(subject, "\(key).label", .labels(labels), from: .answers)
            add(subject, "\(key).f1", labels.first.map { .accuracy(confusion.f1($0)) }, from: .answers, FactFormula.f1)
        }
    }

    /// `<network>.mistakes` and `<network>.pair.*`: what is mistaken for what most often.
    private mutating func addMistakes(_ confusion: Confusion, of subject: FactSubject) {
        let pairs = confusion.mostFrequentMistakes
        claim(subject, "mistakes", FrequentMistakes(pairs))
        add(subject, "pair.truth", pairs.first.map { .label($0.truth) }, from: .answers)
        add(subject, "pair.guess", pairs.first.map { .label($0.guess) }, from: .answers)
        add(subject, "pair.count", pairs.first.map { .counted($0.count, noun: "occurrence") }, from: .answers)
        add(
            subject, "pair.share",
            pairs.first.map { pair in
                .share(Double(pair.count) / Double(confusion.matrix[pair.truth].reduce(0, +)), places: 1)
            }, from: .answers)
        add(subject, "pair.list", pairs.isEmpty ? nil : .mistakes(pairs), from: .answers)
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
    /// Class of highest probability for each test image, the first of equally probable ones.
    var guesses: [Int] { predictions.likeliestClasses.map(Int.init) }
}

extension TrainingRecord {
    /// Class of highest probability for each test image after an epoch, from 1.
    func answers(afterEpoch epoch: Int) -> ArraySlice<UInt8> {
        let images = answerHistory.shape[1]
        return answerHistory.values[(epoch - 1) * images..<epoch * images]
    }
}
