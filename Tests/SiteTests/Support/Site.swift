import Foundation
import Learn
import Render

@testable import Site

/// The package's own templates and what tests build with them.
enum TestSite {
    static let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
    static let templates = package.appending(path: "templates")

    /// That of Fashion-MNIST, as the package has it.
    static let experiment = try! Experiment(contentsOf: package.appending(path: "experiments/fashion-mnist.yml"))
    /// The four networks of which the article tells where they were trained.
    static let factorial = try! experiment.withFactors()!
    /// The same networks on data whose classes have no names.
    static let unnamed = try! experiment(named: nil, classes: nil)

    /// The same networks on other data.
    ///
    /// - Parameters:
    ///   - name: what the data are called, in all languages.
    ///   - classes: their names, each for all languages or, in braces, one for each.
    static func experiment(named name: String?, classes: [String]?) throws(ExperimentError) -> Experiment {
        let head = (name.map { "name: \($0)\n" } ?? "") + "data: {idx: data}\n"
        let list = classes.map { "classes:\n" + $0.map { "  - \($0)\n" }.joined() } ?? ""
        return try Experiment(
            Array("\(head)\(list)networks:\(networks)".utf8), file: "e.yml", folder: URL(filePath: "/"))
    }

    /// The networks of the package's experiments, as they are written.
    private static let networks = {
        let file = package.appending(path: "experiments/mnist.yml")
        return try! String(contentsOf: file, encoding: .utf8).split(separator: "\nnetworks:")[1]
    }()

    /// The words of Fashion-MNIST's site.
    static func words(_ language: Language) throws -> Words {
        try Words(
            language: language, templates: templates, names: SiteNames(experiment, classCount: 10, factorial: factorial)
        )
    }

    /// Ids of the catalogue's figures.
    static let figureIDs = FigureCatalog.figures(for: Network.all).map(\.id)

    /// The pages of the default experiment in a language.
    static let kinds = SitePage.Kind.all(networks: Network.all.map(\.name), hasStory: true)

    /// Figures that draw nothing, quickly.
    static let figures = figureIDs.map { figure($0) }

    /// The same, with those that a study adds.
    static let studyFigures = FigureCatalog.figures(for: Network.all, hasStudy: true).map { figure($0.id) }

    /// The same, with the one that four networks add which differ in two changes.
    static let factorsFigures = figures + [figure("factors")]

    static func figure(
        _ id: String,
        draw: @escaping @Sendable (Words, Appearance, Format) throws -> FigureImage = { _, appearance, _ in
            FigureImage(width: 640, height: 400, svg: Data("<svg><!-- \(appearance.rawValue) --></svg>".utf8))
        }
    ) -> PageFigure {
        PageFigure(
            id: id, format: .column, caption: { "\($0.language.code) caption of \(id)" },
            altText: { "\($0.language.code) alt of \(id)" }, draw: draw,
            table: { id.hasPrefix("loss") ? "epoch,loss\n1,0.5\n" : nil })
    }
}

extension [String: Data] {
    /// The same files, those that the pages load by their path among these.
    var withoutVersion: [String: Data] {
        let pairs = map { (String($0.key.trimmingPrefix(/parts\/[0-9a-f]{12}\//)), $0.value) }
        return Dictionary(uniqueKeysWithValues: pairs)
    }
}

/// That of Fashion-MNIST's networks, with the names and families of Fashion-MNIST if these are its data, and none if not.
private func usualExperiment(_ dataset: Dataset) -> Experiment {
    dataset.digests == FashionMNIST.digests ? TestSite.experiment : TestSite.unnamed
}

extension SiteMaterials {
    /// The usual runs, with figures that draw nothing. Facts and files of data are made once for all tests.
    static let usual = SiteMaterials(.usual, figures: TestSite.figures, experiment: usualExperiment(Fixture.dataset))

    init(
        dataset: Dataset, runs: [Run], study: SeedStudy? = nil, factorial: FactorialStudy? = nil,
        others: OtherSeeds = OtherSeeds(), experiment: Experiment? = nil, figures: [PageFigure]? = nil
    ) {
        let experiment = experiment ?? usualExperiment(dataset)
        guard let figures else {
            self.init(
                dataset: dataset, runs: runs, inspections: Fixture.inspections(of: runs, dataset), study: study,
                factorial: factorial, others: others, experiment: experiment)
            return
        }
        let input = FigureInput(
            dataset: dataset, runs: runs, experiment: experiment, study: study, factorial: factorial, others: others)
        self.init(input, figures: figures, experiment: experiment)
    }
}

extension FigureCatalog {
    /// The figures of Fashion-MNIST's site.
    static func figures(for networks: [Network], hasStudy: Bool = false, hasFactors: Bool = false) -> [Figure] {
        figures(
            for: networks, relations: TestSite.experiment.relations, hasStudy: hasStudy, hasFactors: hasFactors)
    }
}

extension FigureInput {
    /// The usual runs, worked out once for all tests.
    static let usual = FigureInput(dataset: Fixture.dataset, runs: Fixture.runs())

    init(
        dataset: Dataset, runs: [Run], inspections: [Inspection]? = nil, experiment: Experiment? = nil,
        study: SeedStudy? = nil, factorial: FactorialStudy? = nil, others: OtherSeeds = OtherSeeds()
    ) {
        self.init(
            dataset: dataset, runs: runs, inspections: inspections ?? Fixture.inspections(of: runs, dataset),
            experiment: experiment ?? usualExperiment(dataset), study: study, factorial: factorial, others: others)
    }
}

extension Facts {
    init(
        dataset: Dataset, runs: [Run], inspections: [Inspection]? = nil, experiment: Experiment? = nil,
        study: SeedStudy? = nil, factorial: FactorialStudy? = nil,
        others: OtherSeeds = OtherSeeds()
    ) {
        self.init(
            dataset: dataset, runs: runs, inspections: inspections ?? Fixture.inspections(of: runs, dataset),
            experiment: experiment ?? usualExperiment(dataset), study: study, factorial: factorial, others: others)
    }
}

extension SeedStudy {
    /// The networks are compared as those of the package's article.
    init?(around configurations: [Configuration], results: [RunResult], images: Int) {
        self.init(
            around: configurations, results: results, images: images, relations: TestSite.experiment.relations)
    }
}
