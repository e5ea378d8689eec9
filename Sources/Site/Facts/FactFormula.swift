/// Formulas of facts that stand in several places, in the notation that all languages share.
enum FactFormula {
    /// Categorical cross-entropy, in nats.
    static let loss = "−1/N · Σ ln p(y)"
    /// Of the evaluated losses on test and training images.
    static let ratio = "L(test) / L(train)"
    static let f1 = "2PR / (P + R)"
    /// Moran's I with each weight's right and lower neighbour.
    static let moran = "I = (n / m) · Σ (wᵢ − w̄)(wⱼ − w̄) / Σ (wᵢ − w̄)²"
    static let angle = "arccos(|u · v| / (‖u‖ ‖v‖))"
    static let norm = "‖w‖ = √(Σ w²)"
    /// Over tenths of the probability: share of right answers and mean probability, by the number of answers.
    static let calibration = "Σ (nₖ / N) · |aₖ − pₖ|"
    /// Of the mean of n values with the standard deviation s; t as Student's distribution has it.
    static let studentInterval = "m ± t · s / √n"
    /// Pearson's.
    static let correlation = "r = Σ (x − x̄)(y − ȳ) / √(Σ (x − x̄)² · Σ (y − ȳ)²)"
}
