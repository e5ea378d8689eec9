import Learn
import Render

/// Test loss and accuracy of each network, epoch by epoch, as means over several seeds with their confidence.
struct StudyCurvesFigure: FigureContent {
    let id = "study-curves"

    private enum Measure {
        case loss, accuracy
    }

    func title(_ input: FigureInput, _ words: Words) throws -> String { try words("study-curves.title") }

    func caption(_ input: FigureInput, _ words: Words) throws -> String {
        try input.caption(
            words("study-curves.caption", ["confidence": words(input.facts.quantity(.study, "confidence"))]),
            ofSome: input.series.map(\.network), words)
    }

    func altText(_ input: FigureInput, _ words: Words) throws -> String {
        let findings = try input.shownSeries.map { series in
            func fact(_ name: String) throws -> String {
                try words(input.facts.quantity(.seeds(series.network.name), name))
            }
            return try words(
                "study-curves.finding",
                [
                    "network": words.name(of: series.network), "runs": fact("runs"),
                    "loss": fact("meanLoss"), "lossMargin": fact("lossMargin"), "accuracy": fact("mean"),
                    "margin": fact("margin"),
                ])
        }
        return try words(
            "study-curves.alt",
            [
                "findings": findings.joined(separator: words("list.pause")),
                "confidence": words(input.facts.quantity(.study, "confidence")),
            ])
    }

    func body(_ input: FigureInput, _ words: Words, _ theme: Theme, _ format: Format) throws -> Column {
        let loss = try plot(.loss, input, words, theme, .log(words("comparison.axis")))
        let axis = try Axis.linear(words("study-curves.accuracy")).with { $0.notation = .percent }
        return Column([AlignedPlots(.downwards, [loss, try plot(.accuracy, input, words, theme, axis)])])
    }

    private func plot(
        _ measure: Measure, _ input: FigureInput, _ words: Words, _ theme: Theme, _ axis: Axis
    ) throws -> Plot {
        var (bands, lines): ([any Mark], [any Mark]) = ([], [])
        for series in input.shownSeries {
            let course = input.course(of: series)
            let estimates = measure == .loss ? course.losses : course.accuracies
            let look = theme.look(of: series.network, among: input.runs)
            bands.append(
                Band(
                    lower: .byEpoch(estimates.map { lowerEnd(of: $0, measure) }),
                    upper: .byEpoch(estimates.map { upperEnd(of: $0, measure) }), color: look.color))
            lines.append(
                Lines(
                    .byEpoch(estimates.map(\.mean)), color: look.color, dash: look.dash,
                    label: try words.name(of: series.network)))
        }
        let longest = input.shownSeries.map(\.epochs).max() ?? 1
        return Plot(
            x: .epochs(try words("epoch.axis"), longest), y: axis,
            // Each network's name has a line at the right.
            height: max(Theme.plotHeight, Double(input.shownSeries.count) * Theme.strongLabel.lineHeight),
            marks: bands + lines)
    }

    /// A band ends where there can be no value: an accuracy's at 0 and 1, a loss's, on its logarithmic axis, at a
    /// tenth of the mean.
    private func lowerEnd(of estimate: MeanEstimate, _ measure: Measure) -> Double {
        max(estimate.interval.lowerBound, measure == .loss ? estimate.mean / 10 : 0)
    }

    private func upperEnd(of estimate: MeanEstimate, _ measure: Measure) -> Double {
        measure == .loss ? estimate.interval.upperBound : min(estimate.interval.upperBound, 1)
    }

    func table(_ input: FigureInput) -> DataTable? {
        DataTable(
            header: [
                "network", "epoch", "runs", "mean_test_loss", "test_loss_margin", "mean_test_accuracy",
                "test_accuracy_margin",
            ],
            rows: input.series.flatMap { series in
                let course = input.course(of: series)
                return zip(course.losses, course.accuracies).enumerated().map { epoch, estimates in
                    [series.network.name, "\(epoch + 1)", "\(series.runs.count)"]
                        + [estimates.0, estimates.1].flatMap { ["\($0.mean)", "\($0.margin)"] }
                }
            })
    }
}

extension FigureInput {
    /// The study's runs, network by network.
    ///
    /// - Precondition: a figure about a study is drawn only where there is one.
    var series: [SeedStudy.Series] {
        guard let study else { preconditionFailure("no study among the figures' materials") }
        return study.series
    }

    /// How a network goes on the average over its seeds.
    ///
    /// - Precondition: one of ``series``.
    func course(of series: SeedStudy.Series) -> StudyCourse {
        guard let course = facts.courses[series.network.name] else {
            preconditionFailure("no facts about the seeds of \(series.network.name)")
        }
        return course
    }

    /// Those of the networks that are shown beside each other.
    var shownSeries: [SeedStudy.Series] {
        let shown = Set(shown(series.map(\.network)).map(\.name))
        return series.filter { shown.contains($0.network.name) }
    }
}
