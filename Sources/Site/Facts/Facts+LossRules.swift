extension Facts {
    /// `rules.*`: the thresholds of verdicts on losses and answers.
    mutating func addLossRules() {
        add(.rules, "confidence", .share(Confidence.confidence, places: 0), from: .rule)
        add(.rules, "gap", .share(LossCourse.gap, places: 0), from: .rule)
        add(.rules, "growth", .share(LossCourse.growth, places: 0), from: .rule)
        add(.rules, "fit", .share(LossCourse.fit, places: 0), from: .rule)
        add(.rules, "level", .share(LossCourse.level, places: 0), from: .rule)
        add(.rules, "shortest", .counted(LossCourse.shortest, noun: "epoch"), from: .rule)
        add(.rules, "sure", .share(Confidence.threshold, places: 0), from: .rule)
    }
}
