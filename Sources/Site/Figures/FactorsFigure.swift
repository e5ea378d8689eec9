import Learn
import Render

/// The test accuracies of four networks that differ in two changes, run by run, and their means with their confidence.
struct FactorsFigure: FigureContent {
    let study: FactorialStudy
    let id = "factors"

    func title(_ input: FigureInput, _ words: Words) throws -> String { try words("factors.title") }

    func caption(_ input: FigureInput, _ words: Words) throws -> String {
        try words(
            "factors.caption",
            [
                "epochs": words(input.facts.quantity(.factors, "epochs")),
                "confidence": words(input.facts.quantity(.rules, "confidence")),
            ])
    }

    func altText(_ input: FigureInput, _ words: Words) throws -> String {
        let findings = try study.series.map { series in
            func fact(_ name: String) throws -> String {
                try words(input.facts.quantity(.cell(series.network.name), name))
            }
            return try words(
                "factors.finding",
                [
                    "network": words.name(of: series.network), "runs": fact("runs"), "lowest": fact("lowest"),
                    "highest": fact("highest"), "mean": fact("mean"),
                ])
        }
        return try words(
            "factors.alt",
            [
                "epochs": words(input.facts.quantity(.factors, "epochs")),
                "findings": findings.joined(separator: words("list.pause")),
            ])
    }

    func body(_ input: FigureInput, _ words: Words, _ theme: Theme) throws -> Column {
        let marks = study.series.enumerated().flatMap { place, series -> [any Mark] in
            let look = theme.series(at: place)
            let accuracies = series.accuracies(afterEpochs: [study.epochs])
            let estimate = MeanEstimate(accuracies)
            return [
                Dots(
                    accuracies.map { Point($0, Double(place)) }, color: look.color, shift: -Theme.dotShift,
                    form: look.dot),
                Intervals(
                    [.init(category: place, value: estimate.mean, range: estimate.interval, color: look.color)],
                    shift: Theme.dotShift),
            ]
        }
        let names = try study.series.map { try words.name(of: $0.network) }
        let plot = Plot(
            x: .linear(try words("factors.axis")).with { $0.notation = .percent },
            y: .band(names).with { $0.hasGrid = false }, height: Theme.sampleRow * Double(names.count), marks: marks)
        return Column([plot])
    }

    func table(_ input: FigureInput) -> DataTable? {
        DataTable(
            header: ["network", "seed", "epochs", "test_accuracy"],
            rows: study.series.flatMap { series in
                series.runs.map { run in
                    [
                        series.network.name, "\(run.configuration.seed)", "\(study.epochs)",
                        "\(run.history[study.epochs - 1].testAccuracy)",
                    ]
                }
            })
    }
}
