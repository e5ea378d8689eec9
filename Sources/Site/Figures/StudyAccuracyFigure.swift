import Learn
import Render

/// The final test accuracy of every run of a study, and its mean with its confidence.
struct StudyAccuracyFigure: FigureContent {
    let id = "study-accuracy"

    func title(_ input: FigureInput, _ words: Words) throws -> String { try words("study-accuracy.title") }

    func caption(_ input: FigureInput, _ words: Words) throws -> String {
        try input.caption(
            words("study-accuracy.caption", ["confidence": words(input.facts.quantity(.study, "confidence"))]),
            ofSome: input.series.map(\.network), words)
    }

    func altText(_ input: FigureInput, _ words: Words) throws -> String {
        let findings = try input.shownSeries.map { series in
            func fact(_ name: String) throws -> String {
                try words(input.facts.quantity(.seeds(series.network.name), name))
            }
            return try words(
                "study-accuracy.finding",
                [
                    "network": words.name(of: series.network), "runs": fact("runs"),
                    "lowest": fact("lowest"), "highest": fact("highest"), "mean": fact("mean"),
                ])
        }
        return try words("study-accuracy.alt", ["findings": findings.joined(separator: words("list.pause"))])
    }

    func body(_ input: FigureInput, _ words: Words, _ theme: Theme, _ format: Format) throws -> Column {
        var marks: [any Mark] = []
        for (index, series) in input.shownSeries.enumerated() {
            let look = theme.look(of: series.network, among: input.runs)
            let estimate = input.course(of: series).accuracies[series.epochs - 1]
            marks.append(
                Dots(
                    series.accuracies.map { Point($0, Double(index)) }, color: look.color, shift: -Theme.dotShift,
                    form: look.dot))
            marks.append(
                Intervals(
                    [.init(category: index, value: estimate.mean, range: estimate.interval, color: look.color)],
                    shift: Theme.dotShift))
        }
        let names = try input.shownSeries.map { try words.name(of: $0.network) }
        let plot = Plot(
            x: .linear(try words("study-accuracy.axis")).with { $0.notation = .percent },
            y: .band(names).with { $0.hasGrid = false }, height: Theme.sampleRow * Double(names.count), marks: marks)
        return Column([plot])
    }

    func table(_ input: FigureInput) -> DataTable? {
        DataTable(
            header: ["network", "seed", "epochs", "test_accuracy", "test_loss"],
            rows: input.series.flatMap { series in
                series.runs.map { run in
                    let final = run.history[series.epochs - 1]
                    return [
                        series.network.name, "\(run.configuration.seed)", "\(series.epochs)", "\(final.testAccuracy)",
                        "\(final.testLoss)",
                    ]
                }
            })
    }
}
