extension Facts {
    /// `study.*`: what several seeds tell of how much is chance.
    mutating func addStudy(_ study: SeedStudy) {
        let counts = study.series.map(\.runs.count)
        add("study.runs", .count(counts.reduce(0, +)))
        add("study.fewest", .cardinal(counts.min() ?? 0))
        add("study.confidence", .share(MeanEstimate.confidence, places: 0))
        claim("study.sameCount", Set(counts).count == 1)
        for series in study.series {
            let estimate = MeanEstimate(series.accuracies)
            let key = "study.\(series.network.name)"
            add("\(key).mean", .share(estimate.mean, places: 2))
            add("\(key).lowest", .share(estimate.lowest, places: 2))
            add("\(key).highest", .share(estimate.highest, places: 2))
            add("\(key).deviation", .decimal(estimate.deviation * 100, places: 2))
        }
        let gain = study.gain
        add("study.gain", .points(abs(gain.difference)))
        add("study.probability", .name(SeedStudy.text(ofProbability: gain.probability)))
        claim("study.verdict", gain.verdict)
        claim("study.everyRun", gain.isEveryRuns)
    }
}

extension SeedStudy {
    /// A probability as `p = 0.012`, or as `p < 0.001` where three places would say that it is nothing.
    static func text(ofProbability probability: Double) -> String {
        probability < 0.001 ? "p < 0.001" : "p = \(Words.digits(probability, places: 3))"
    }
}
