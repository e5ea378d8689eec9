import Learn
import Render

/// What the figures are drawn from.
public struct FigureInput: Sendable {
    public let dataset: Dataset
    /// The finished runs in the order in which the article tells of them.
    public let runs: [Run]

    public init(dataset: Dataset, runs: [Run]) {
        self.dataset = dataset
        self.runs = runs
    }
}
