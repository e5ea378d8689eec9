import Learn
import Render

/// Loss and accuracy of one network, epoch by epoch, on the training and on the test images.
struct LossFigure: FigureContent {
    let network: Network

    var id: String { "loss-\(network.name)" }

    func title(_ input: FigureInput, _ words: Words) throws -> String {
        try words("loss.title", ["network": words.phrase(for: network)])
    }

    func caption(_ input: FigureInput, _ words: Words) throws -> String {
        try words.paragraph(
            words("loss.caption", ["network": words.phrase(for: network)]), finding(input, words, "loss.caption"))
    }

    func altText(_ input: FigureInput, _ words: Words) throws -> String {
        let run = input.run(of: network)
        let final = run.finalMetrics
        let ends = try words(
            "loss.alt",
            [
                "network": words.phrase(for: network), "epochs": words.count(run.history.count),
                "train": words.loss(final.trainLoss), "test": words.loss(final.testLoss),
                "trainAccuracy": words.percentage(final.trainAccuracy),
                "testAccuracy": words.percentage(final.testAccuracy),
            ])
        return try words.paragraph(ends, finding(input, words, "loss.alt"))
    }

    /// What the curves did, told by the sentence for this outcome.
    private func finding(_ input: FigureInput, _ words: Words, _ key: String) throws -> String {
        let history = input.run(of: network).history
        let course = LossCourse(history)
        let lowest = history[course.bestEpoch - 1].testLoss
        let final = history[history.count - 1]
        var values = [
            "best": try words.count(course.bestEpoch), "loss": try words.loss(lowest),
            "train": try words.loss(final.trainLoss), "test": try words.loss(final.testLoss),
        ]
        if let onset = course.onset { values["onset"] = try words.count(onset) }
        return try words("\(key).\(course.outcome.rawValue)", values)
    }

    func body(_ input: FigureInput, _ words: Words, _ theme: Theme) throws -> Column {
        let history = input.run(of: network).history
        let course = LossCourse(history)
        var rules = [
            Rule(
                x: Double(course.bestEpoch), color: theme.mutedInk, dash: Theme.dash,
                label: try words("loss.best", ["epoch": words.count(course.bestEpoch)]))
        ]
        if let onset = course.onset {
            let label = try words("loss.onset.\(course.outcome.rawValue)", ["epoch": words.count(onset)])
            rules.append(Rule(x: Double(onset), color: theme.alert, label: label))
        }
        let unlabelled = rules.map { Rule(x: $0.x, color: $0.color, dash: $0.dash) }
        let loss = try plot(
            history, words, theme, .log(try words("loss.axis")), rules, { $0.trainLoss }, { $0.testLoss })
        let accuracy = try plot(
            history, words, theme, .linear(try words("accuracy.axis")).with { $0.format = Axis.percent }, unlabelled,
            { $0.trainAccuracy }, { $0.testAccuracy })
        return Column([AlignedPlots(.downwards, [loss, accuracy])])
    }

    private func plot(
        _ history: [EpochMetrics], _ words: Words, _ theme: Theme, _ axis: Axis, _ rules: [Rule],
        _ train: (EpochMetrics) -> Double, _ test: (EpochMetrics) -> Double
    ) throws -> Plot {
        Plot(
            x: .epochs(try words("epoch.axis"), history.count), y: axis, height: Theme.plotHeight,
            marks: rules as [any Mark] + [
                Lines(.byEpoch(history.map(train)), color: theme.mutedInk, label: try words("series.train")),
                Lines(
                    .byEpoch(history.map(test)), color: theme.color(of: network), width: Theme.strongLine,
                    label: try words("series.test")),
            ])
    }

    func table(_ input: FigureInput) -> DataTable? {
        DataTable(
            header: ["epoch", "train_loss", "test_loss", "train_accuracy", "test_accuracy"],
            rows: input.run(of: network).history.enumerated().map { index, epoch in
                [
                    "\(index + 1)", "\(epoch.trainLoss)", "\(epoch.testLoss)", "\(epoch.trainAccuracy)",
                    "\(epoch.testAccuracy)",
                ]
            })
    }
}

extension Axis {
    /// The epochs of a training, from 1 on.
    static func epochs(_ title: String, _ count: Int) -> Axis {
        .linear(title, domain: (count > 1 ? 1 : 0, Double(max(count, 2)))).with { $0.hasGrid = false }
    }
}

extension [Point] {
    /// One value an epoch, from epoch 1 on.
    static func byEpoch(_ values: [Double]) -> [Point] {
        values.enumerated().map { Point(Double($0.offset + 1), $0.element) }
    }
}
