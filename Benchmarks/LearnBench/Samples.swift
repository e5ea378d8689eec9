/// How long `work` takes, in seconds.
func seconds(_ work: () throws -> Void) rethrows -> Double {
    let start = ContinuousClock.now
    try work()
    return (ContinuousClock.now - start) / .seconds(1)
}

extension [Double] {
    /// - Precondition: not empty.
    var mean: Double { reduce(0, +) / Double(count) }

    /// The middle value, or the mean of the two in the middle.
    /// - Precondition: not empty.
    var median: Double {
        let sorted = sorted()
        return (sorted[(count - 1) / 2] + sorted[count / 2]) / 2
    }
}
