import Learn

/// What a site is made from besides the templates, and what follows from it once and for all.
public struct SiteMaterials: Sendable {
    let dataset: Dataset
    /// One run for each of ``Network/all``, in that order.
    let runs: [Run]
    /// Runs with other seeds that tell how much of it is chance, if there are enough.
    let study: SeedStudy?
    /// The catalogue, in any order.
    let figures: [PageFigure]
    let facts: Facts
    let naming: DataNaming
    let cache = BuildCache()

    /// - Parameters:
    ///   - runs: one for each of ``Network/all``, in that order.
    ///   - study: what the runs with other seeds tell, or nil for an article without it.
    ///   - others: what runs with other seeds measured, on which verdicts are tested.
    ///   - names: what the data set and its classes are called, if not as the templates say. Data other than
    ///     Fashion-MNIST have no names without it.
    public init(
        dataset: Dataset, runs: [Run], study: SeedStudy? = nil, others: OtherSeeds = OtherSeeds(),
        names: DataNames? = nil
    ) {
        let input = FigureInput(dataset: dataset, runs: runs, study: study, others: others)
        let figures = FigureCatalog.figures(for: Network.all, hasStudy: study != nil)
        self.init(
            dataset: dataset, runs: runs, study: study, others: others,
            figures: figures.map { PageFigure($0, input) }, names: names)
    }

    init(
        dataset: Dataset, runs: [Run], study: SeedStudy? = nil, others: OtherSeeds = OtherSeeds(),
        figures: [PageFigure], names: DataNames? = nil
    ) {
        self.dataset = dataset
        self.runs = runs
        self.study = study
        self.figures = figures
        naming = DataNaming(of: dataset, names: names)
        facts = Facts(dataset: dataset, runs: runs, study: study, others: others, hasNames: names != nil)
    }
}
