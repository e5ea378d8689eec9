import Learn

/// How a network's test loss and accuracy go on the average over its seeds.
struct StudyCourse: Sendable {
    /// Epoch by epoch.
    let losses, accuracies: [MeanEstimate]

    init(_ series: SeedStudy.Series) {
        func estimates(_ figure: (EpochMetrics) -> Double) -> [MeanEstimate] {
            (0..<series.epochs).map { epoch in MeanEstimate(series.runs.map { figure($0.history[epoch]) }) }
        }
        losses = estimates(\.testLoss)
        accuracies = estimates(\.testAccuracy)
    }
}
