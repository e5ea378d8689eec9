import Learn

extension Optimizer {
    /// The same rule at another rate.
    public func with(learningRate: Float) -> Optimizer {
        var optimizer = self
        optimizer.learningRate = learningRate
        return optimizer
    }

    /// The options with which the program trains so.
    ///
    /// - Parameter usual: what it does by itself, for which there are none.
    func options(besides usual: Optimizer) -> [String] {
        if self == usual { return [] }
        if self == usual.with(learningRate: learningRate) { return ["--learning-rate", "\(learningRate)"] }
        return ["--optimizer", inShort]
    }
}
