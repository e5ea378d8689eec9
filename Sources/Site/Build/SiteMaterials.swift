import Learn

/// What a site is made from besides the templates, and what follows from it once and for all.
public struct SiteMaterials: Sendable {
    let dataset: Dataset
    /// One run for each of ``Network/all``, in that order.
    let runs: [Run]
    /// The catalogue, in any order.
    let figures: [PageFigure]
    let facts: Facts
    let naming: DataNaming
    let cache = BuildCache()

    /// - Parameters:
    ///   - runs: one for each of ``Network/all``, in that order.
    ///   - names: what the data set and its classes are called, if not as the templates say. Data other than
    ///     Fashion-MNIST have no names without it.
    public init(dataset: Dataset, runs: [Run], names: DataNames? = nil) {
        let input = FigureInput(dataset: dataset, runs: runs)
        self.init(
            dataset: dataset, runs: runs,
            figures: FigureCatalog.figures(for: Network.all).map { PageFigure($0, input) }, names: names)
    }

    init(dataset: Dataset, runs: [Run], figures: [PageFigure], names: DataNames? = nil) {
        self.dataset = dataset
        self.runs = runs
        self.figures = figures
        naming = DataNaming(of: dataset.digests, names: names)
        facts = Facts(dataset: dataset, runs: runs, hasNames: names != nil)
    }
}
