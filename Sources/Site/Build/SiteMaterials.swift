import Learn

/// What a site is made from besides the templates, and what follows from it once and for all.
public struct SiteMaterials: Sendable {
    let dataset: Dataset
    /// One run for each of ``Network/all``, in that order.
    let runs: [Run]
    /// The catalogue, in any order.
    let figures: [PageFigure]
    let facts: Facts
    let cache = BuildCache()

    /// - Parameter runs: one for each of ``Network/all``, in that order.
    public init(dataset: Dataset, runs: [Run]) {
        let input = FigureInput(dataset: dataset, runs: runs)
        self.init(
            dataset: dataset, runs: runs,
            figures: FigureCatalog.figures(for: Network.all).map { PageFigure($0, input) })
    }

    init(dataset: Dataset, runs: [Run], figures: [PageFigure]) {
        self.dataset = dataset
        self.runs = runs
        self.figures = figures
        facts = Facts(dataset: dataset, runs: runs)
    }
}
