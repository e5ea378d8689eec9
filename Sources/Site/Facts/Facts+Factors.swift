import Learn

extension Facts {
    /// `factors.*`: what each of two changes does, alone and on top of the other.
    mutating func addFactors(_ study: FactorialStudy) {
        let counts = study.series.map(\.runs.count)
        add(.factors, "runs", .count(counts.reduce(0, +)), from: .seeds)
        add(.factors, "fewest", .cardinal(counts.min() ?? 0), from: .seeds)
        add(.factors, "epochs", .counted(study.epochs, noun: "epoch"), from: .seeds)
        for series in study.series {
            let estimate = MeanEstimate(series.accuracies(afterEpochs: [study.epochs]))
            let subject = FactSubject.cell(series.network.name)
            add(subject, "runs", .count(estimate.count), from: .seeds)
            add(subject, "mean", .share(estimate.mean, places: 2), from: .seeds)
            add(subject, "lowest", .share(estimate.lowest, places: 2), from: .seeds)
            add(subject, "highest", .share(estimate.highest, places: 2), from: .seeds)
        }
        for effect in study.effects {
            let subject = FactSubject.factor(effect.factor.key)
            for (name, gain) in [("alone", effect.alone), ("added", effect.added)] {
                add(subject, "\(name).gain", .points(gain.written, places: 2), from: .seeds)
                add(subject, "\(name).probability", .chance(gain.probability), from: .seeds)
                claim(subject, "\(name).verdict", gain.verdict)
            }
        }
    }
}
