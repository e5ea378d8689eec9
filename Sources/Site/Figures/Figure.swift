import Learn
import Render

/// What the figures are drawn from.
public struct FigureInput: Sendable {
    public let dataset: Dataset
    /// The finished runs in the order in which the article tells of them, each with at least one epoch.
    public let runs: [Run]
    /// Runs with other seeds, for the figures that are about them.
    public let study: SeedStudy?
    /// Runs of four networks that differ in two changes, for the figure that is about them.
    public let factorial: FactorialStudy?
    /// All numbers and verdicts, and the measurements that they were made of.
    public let facts: Facts

    /// - Parameters:
    ///   - inspections: of each of the runs.
    ///   - experiment: which classes are alike, and which networks are compared.
    ///   - others: what runs with other seeds measured, on which verdicts are tested.
    public init(
        dataset: Dataset, runs: [Run], inspections: [Inspection], experiment: Experiment, study: SeedStudy? = nil,
        factorial: FactorialStudy? = nil, others: OtherSeeds = OtherSeeds()
    ) {
        self.dataset = dataset
        self.runs = runs
        self.study = study
        self.factorial = factorial
        facts = Facts(
            dataset: dataset, runs: runs, inspections: inspections, experiment: experiment, study: study,
            factorial: factorial, others: others)
    }

    /// - Precondition: a figure is drawn only with the runs of the networks that it is about.
    func run(of network: Network) -> Run {
        guard let run = runs.first(where: { $0.name == network.name }) else {
            preconditionFailure("no run of \(network.name) among the figures' runs")
        }
        return run
    }

    /// - Precondition: as for ``run(of:)``; what is about the training is drawn only of networks that were trained.
    func training(of network: Network) -> TrainingRecord {
        guard let training = run(of: network).training else { preconditionFailure("\(network.name) was not trained") }
        return training
    }

    /// - Precondition: as for ``run(of:)``.
    func measured(_ network: Network) -> RunMeasurements {
        guard let measured = facts.measurements[network.name] else {
            preconditionFailure("nothing measured of \(network.name) among the figures' runs")
        }
        return measured
    }
}

/// A figure of the article.
public struct Figure: Sendable {
    private let content: any FigureContent

    init(_ content: any FigureContent) { self.content = content }

    /// Name of the figure in templates, files and links: `maps-small-conv1`.
    public var id: String { content.id }

    /// Short name, for the file's own title.
    ///
    /// - Throws: ``SiteError`` if a string is missing.
    public func title(_ input: FigureInput, _ words: Words) throws -> String { try content.title(input, words) }

    /// What the page says below the figure: what is shown and how to read it.
    ///
    /// - Throws: ``SiteError`` if a string is missing.
    public func caption(_ input: FigureInput, _ words: Words) throws -> String { try content.caption(input, words) }

    /// The finding in words and numbers, for those who do not see the figure.
    ///
    /// - Throws: ``SiteError`` if a string is missing.
    public func altText(_ input: FigureInput, _ words: Words) throws -> String { try content.altText(input, words) }

    /// The figure's data, or nil for a figure that is nothing but images.
    ///
    /// - Throws: ``SiteError`` if a number in it was not worked out.
    public func table(_ input: FigureInput) throws -> DataTable? { try content.table(input) }

    /// What it is drawn for where there is room; on phones it is narrow.
    public var format: Format { content.format }

    /// - Parameters:
    ///   - format: nil takes the figure's own.
    ///   - measure: tells the width of labels; nil takes the typeface in which they will be drawn.
    /// - Throws: ``SiteError`` if a string is missing, `RenderError` if there is no typeface.
    public func draw(
        _ input: FigureInput, _ words: Words, _ theme: Theme, _ format: Format? = nil,
        measure: (any TextMeasure)? = nil
    ) throws -> Drawing {
        let format = format ?? self.format
        let style = Style(
            theme: theme, measure: try measure ?? Typeface.installed(), numbers: words.language.numbers)
        return Drawing(
            id: id, title: try title(input, words), description: try altText(input, words),
            language: words.language.code, content: try content.body(input, words, theme, format), style: style,
            format: format)
    }
}

/// What a kind of figure has to say and to show; one type a kind.
protocol FigureContent: Sendable {
    var id: String { get }
    func title(_ input: FigureInput, _ words: Words) throws -> String
    func caption(_ input: FigureInput, _ words: Words) throws -> String
    func altText(_ input: FigureInput, _ words: Words) throws -> String
    /// What it is made for where there is room.
    var format: Format { get }
    func body(_ input: FigureInput, _ words: Words, _ theme: Theme, _ format: Format) throws -> Column
    func table(_ input: FigureInput) throws -> DataTable?
}

extension FigureContent {
    var format: Format { .column }
}
