import Learn

extension Facts {
    /// `<network>.class.<number>.*`, `<network>.correct` and `<network>.worst.recall`, `.best.recall`: how well each
    /// class is recognised.
    mutating func addScores(_ confusion: Confusion, of network: String) {
        let subject = FactSubject.network(network)
        add(subject, "correct", .count(confusion.correct), from: .answers)
        for label in confusion.matrix.indices {
            let subject = FactSubject.label(label, of: network)
            add(subject, "precision", .accuracy(confusion.precision(label)), from: .answers)
            add(subject, "recall", .accuracy(confusion.recall(label)), from: .answers)
            add(subject, "f1", .accuracy(confusion.f1(label)), from: .answers, FactFormula.f1)
        }
        let extremes = confusion.extremes(of: confusion.recall)
        for (key, labels) in [("worst", extremes.lowest), ("best", extremes.highest)] {
            add(subject, "\(key).recallLabel", .labels(labels), from: .answers)
            add(subject, "\(key).recall", labels.first.map { .accuracy(confusion.recall($0)) }, from: .answers)
        }
    }

    /// `<network>.sure*`: what the high probabilities promise and keep; `<network>.sample*`: the answer to the image
    /// that is followed; `<network>.leastOfSurest`: of the mistakes that are shown.
    mutating func addProbabilities(_ run: Run, _ measured: RunMeasurements) {
        let subject = FactSubject.network(run.name)
        func share(_ name: String, _ value: Double?) {
            add(subject, name, value.map { .share($0, places: 2) }, from: .answers)
        }
        let confidence = measured.confidence
        add(subject, "sureAnswers", .count(confidence.answers), from: .answers)
        add(subject, "sureWrong", .count(confidence.wrong), from: .answers)
        share("sureShare", confidence.share)
        share("sureLowest", confidence.interval?.lowerBound)
        share("sureHighest", confidence.interval?.upperBound)
        share("surePromised", confidence.promised)
        if let sample = run.chosenSample {
            let probabilities = run.probabilities(of: sample.index)
            let guess = probabilities.indices.max { probabilities[$0] < probabilities[$1] } ?? 0
            add(subject, "sampleAnswer", .label(guess), from: .answers)
            add(subject, "sampleProbability", .certainty(Double(probabilities[guess])), from: .answers)
        }
        let least = measured.mistakes.prefix(SureErrorsFigure.count).last
        // Rounded down, for every one of them is above it.
        add(
            subject, "leastOfSurest",
            least.map { .accuracy((Double($0.probability) * 1000).rounded(.down) / 1000) }, from: .answers)
    }

    /// `compare.<network>.<other>.*`: how many more images of each class one network gets right than the other.
    mutating func addGains(_ subject: FactSubject, _ answers: PairedAnswers) {
        let gains = answers.gains
        add(subject, "gain", .change(gains.reduce(0, +)), from: .answers)
        for (key, gain) in [("mostGain", gains.max() ?? 0), ("leastGain", gains.min() ?? 0)] {
            add(subject, key, .change(gain), from: .answers)
            add(subject, "\(key).label", .labels(gains.indices.filter { gains[$0] == gain }), from: .answers)
        }
        let most = gains.indices.filter { gains[$0] == gains.max() }
        add(subject, "mostGain.wrong", .change(most.reduce(0) { $0 + answers.wrongGains[$1] }), from: .answers)
    }
}
