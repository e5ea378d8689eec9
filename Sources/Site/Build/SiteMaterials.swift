import Foundation
import Learn

/// What a site is made from besides the templates, and what follows from it once and for all.
public struct SiteMaterials: Sendable {
    let dataset: Dataset
    /// One run for each network, in the order of the article; at least one.
    let runs: [Run]
    /// What was kept of each run's training, by its name.
    let epochs: [String: [EpochWeights]]
    /// Runs with other seeds that tell how much of it is chance, if there are enough.
    let study: SeedStudy?
    /// Runs of four networks that differ in two changes, if there are some.
    let factorial: FactorialStudy?
    /// The catalogue, in any order.
    let figures: [PageFigure]
    let facts: Facts
    let names: SiteNames
    /// The experiment's file, as pages name it.
    let experiment: String
    /// How the experiment's classes and networks belong together.
    let relations: Relations
    /// Whether the article of the templates tells of them, or the generated pages alone.
    var hasStory: Bool { relations.hasStory }
    let cache = BuildCache()

    /// - Parameters:
    ///   - runs: one for each network, in the order of the article; at least one.
    ///   - inspections: of each of the runs.
    ///   - epochs: what was kept of each run's training, by its name; nothing of one that an earlier version trained.
    ///   - study: what the runs with other seeds tell, or nil for an article without it.
    ///   - factorial: what runs of four networks that differ in two changes tell, or nil for an article without it.
    ///   - others: what runs with other seeds measured, on which verdicts are tested.
    ///   - experiment: says what the data set, its classes and the networks are called.
    public init(
        dataset: Dataset, runs: [Run], inspections: [Inspection], epochs: [String: [EpochWeights]] = [:],
        study: SeedStudy? = nil, factorial: FactorialStudy? = nil, others: OtherSeeds = OtherSeeds(),
        experiment: Experiment
    ) {
        let input = FigureInput(
            dataset: dataset, runs: runs, inspections: inspections, experiment: experiment, study: study,
            factorial: factorial, others: others)
        let figures = FigureCatalog.figures(
            for: runs.map(\.network), relations: experiment.relations, hasStudy: study != nil,
            hasFactors: factorial != nil)
        self.init(input, figures: figures.map { PageFigure($0, input) }, epochs: epochs, experiment: experiment)
    }

    init(
        _ input: FigureInput, figures: [PageFigure], epochs: [String: [EpochWeights]] = [:], experiment: Experiment
    ) {
        dataset = input.dataset
        runs = input.runs
        self.epochs = epochs
        study = input.study
        factorial = input.factorial
        facts = input.facts
        self.figures = figures
        names = SiteNames(experiment, dataset, factorial: factorial?.experiment)
        self.experiment = URL(filePath: experiment.file).lastPathComponent
        relations = experiment.relations
    }
}
