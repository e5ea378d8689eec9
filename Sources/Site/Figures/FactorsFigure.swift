import Learn
import Render

/// What two changes do to four networks: every run with one change and without, a line for each seed, once without the
/// other change and once with it. Lines that are parallel say that the changes do not care about each other.
struct FactorsFigure: FigureContent {
    let id = "factors"

    func title(_ input: FigureInput, _ words: Words) throws -> String { try words("factors.title") }

    func caption(_ input: FigureInput, _ words: Words) throws -> String {
        let names = try names(input, words)
        return try words(
            "factors.caption",
            [
                "epochs": words(input.facts.quantity(.factors, "epochs")), "first": names.first,
                "second": names.second,
            ])
    }

    func altText(_ input: FigureInput, _ words: Words) throws -> String {
        let study = input.factors
        let findings = try FactorialStudy.Cell.allCases.map { cell in
            let subject = study.subject(of: cell)
            func fact(_ name: String) throws -> String { try words(input.facts.quantity(subject, name)) }
            return try words(
                "factors.finding",
                [
                    "cell": subject.values(words)["cell"] ?? "", "accuracy": fact("accuracy"),
                    "lowest": fact("accuracyLowest"), "highest": fact("accuracyHighest"), "gap": fact("gap"),
                ])
        }
        return try words(
            "factors.alt",
            [
                "epochs": words(input.facts.quantity(.factors, "epochs")),
                "seeds": words.count(study.seeds.count), "findings": findings.joined(separator: words("list.pause")),
            ])
    }

    func body(_ input: FigureInput, _ words: Words, _ theme: Theme, _ format: Format) throws -> Column {
        let names = try names(input, words)
        let legend = try Legend(
            [
                (dot(0, theme), words("factors.without", ["factor": names.first])),
                (dot(1, theme), words("factors.with", ["factor": names.first])),
                (.line(theme.mutedInk, dash: Theme.dash), words("factors.sum")),
            ])
        let columns = try ["without", "with"].map { try words("factors.\($0)", ["factor": names.second]) }
        let plots = try FactorialStudy.Measure.allCases.map { measure in
            let marks = marks(input.factors, measure, theme)
            // Only of a gap is nothing as far away as it looks.
            let values = marks.flatMap(\.yValues) + (measure == .gap ? [0] : [])
            let domain = LinearScale(covering: values).nice(5).domain
            return Plot(
                x: .band(columns),
                y: .linear(try words("factors.\(measure.rawValue)"), domain: (domain.lower, domain.upper)).with {
                    $0.notation = measure == .accuracy ? .percent : .plain
                }, height: Theme.plotHeight, marks: marks)
        }
        return Column([legend, AlignedPlots(.downwards, plots)])
    }

    private func names(_ input: FigureInput, _ words: Words) throws -> (first: String, second: String) {
        let names = try input.factors.experiment.factors.map { try words("factor.\($0.key)") }
        return (names[0], names[1])
    }

    private func dot(_ place: Int, _ theme: Theme) -> Legend.Sign {
        .dot(theme.series(at: place).color, form: FactorsFigure.dots[place])
    }

    private static let dots: [Dots.Form] = [.disc, .diamond]

    /// The networks without and with the first change, each without and with the second.
    private static let series: [[FactorialStudy.Cell]] = [[.neither, .secondAlone], [.firstAlone, .both]]

    private func marks(_ study: FactorialStudy, _ measure: FactorialStudy.Measure, _ theme: Theme) -> [any Mark] {
        var (thin, thick, dots): ([any Mark], [any Mark], [any Mark]) = ([], [], [])
        var means: [[Double]] = []
        for (place, cells) in FactorsFigure.series.enumerated() {
            let color = theme.series(at: place).color
            let values = cells.map { study.values(of: measure, $0) }
            for seed in study.seeds.indices {
                let points = values.enumerated().map { Point(Double($0) + shift(place, seed, study), $1[seed]) }
                thin.append(Lines(points, color: color, width: Theme.hairline))
                // One at a time: dots of one mark step aside, which would be another value here.
                dots += points.map { Dots([$0], color: color, form: FactorsFigure.dots[place]) }
            }
            means.append(values.map { MeanDifference($0).mean })
            thick.append(
                Lines(
                    means[place].enumerated().map { Point(Double($0) + middle(place), $1) }, color: color,
                    width: Theme.strongLine))
        }
        let sum = means[1][0] + (means[0][1] - means[0][0])
        let expected = Lines(
            [Point(middle(1), means[1][0]), Point(1 + middle(1), sum)], color: theme.mutedInk, dash: Theme.dash)
        return [expected] + thin + thick + dots
    }

    /// Where a series stands beside the middle of a column, in columns: the other's dots would hide its own.
    private func middle(_ place: Int) -> Double { place == 0 ? -0.06 : 0.06 }

    /// Where one of many runs stands beside it.
    private func shift(_ place: Int, _ seed: Int, _ study: FactorialStudy) -> Double {
        let count = Double(study.seeds.count)
        return middle(place) + (Double(seed) - (count - 1) / 2) * min(0.03, 0.1 / count)
    }

    func table(_ input: FigureInput) -> DataTable? {
        let study = input.factors
        return DataTable(
            header: ["network", "seed", "epochs", "test_accuracy", "test_loss", "training_loss"],
            rows: FactorialStudy.Cell.allCases.flatMap { cell in
                study.runs(of: cell).compactMap { run in
                    guard let last = run.history.last else { return nil }
                    return [
                        run.configuration.network, "\(run.configuration.seed)", "\(run.history.count)",
                        "\(last.testAccuracy)", "\(last.testLoss)", last.evaluatedTrain.map { "\($0.loss)" } ?? "",
                    ]
                }
            })
    }
}

extension FigureInput {
    /// - Precondition: a figure about factors is drawn only where there are some.
    fileprivate var factors: FactorialStudy {
        guard let factorial else { preconditionFailure("no factors among the figures' materials") }
        return factorial
    }
}
