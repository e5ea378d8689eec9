extension Facts {
    /// `rules.*`: the thresholds of verdicts on losses and answers.
    mutating func addLossRules() {
        add("rules.confidence", .share(Confidence.confidence, places: 0))
        add("rules.gap", .share(LossCourse.gap, places: 0))
        add("rules.growth", .share(LossCourse.growth, places: 0))
        add("rules.fit", .share(LossCourse.fit, places: 0))
        add("rules.level", .share(LossCourse.level, places: 0))
    }
}
