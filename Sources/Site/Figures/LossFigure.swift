import Foundation
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
        try words("loss.caption", ["network": words.phrase(for: network)])
    }

    func altText(_ input: FigureInput, _ words: Words) throws -> String {
        func fact(_ name: String) throws -> String {
            try words(input.facts.known(.network(network.name), name)?.bare ?? .loss(.nan))
        }
        let ends = try words(
            "loss.alt",
            [
                "network": words.phrase(for: network), "epochs": fact("epochs"), "train": fact("trainLoss"),
                "test": fact("testLoss"), "trainAccuracy": fact("trainAccuracy"), "testAccuracy": fact("testAccuracy"),
            ])
        return try words.paragraph([ends] + findings(input, words))
    }

    /// What the curves did, each told by the sentence for its outcome.
    private func findings(_ input: FigureInput, _ words: Words) throws -> [String] {
        let subject = FactSubject.network(network.name)
        let names = [
            "best": "bestEpoch", "loss": "bestTestLoss", "ratio": "lossRatio", "start": "stretchStart",
            "change": "change", "lowest": "lowestChange", "highest": "highestChange", "middle": "middleRatio",
            "middleEpoch": "middleEpoch", "onset": "onset",
        ]
        var values = try [
            "level": words(input.facts.quantity(.rules, "level")),
            "confidence": words(input.facts.quantity(.rules, "confidence")),
            "gap": words(input.facts.quantity(.rules, "gap")),
        ]
        for (placeholder, name) in names {
            values[placeholder] = try input.facts.known(subject, name).map { try words($0) }
        }
        let direction = try input.facts.outcome(of: subject, "direction")
        let overfitting = try input.facts.outcome(of: subject, "overfitting")
        let onset = values["onset"] == nil ? [] : ["onset"]
        return try (["direction.\(direction)", "overfitting.\(overfitting)"] + onset + ["best"]).map {
            try words("loss.alt.\($0)", values)
        }
    }

    func body(_ input: FigureInput, _ words: Words, _ theme: Theme, _ format: Format) throws -> Column {
        let history = input.training(of: network).history
        let rules = try rules(input, words, theme)
        let trend = input.measured(network).course?.stretch.map { stretch in
            Lines(
                [
                    Point(Double(stretch.firstEpoch), stretch.ends.first),
                    Point(Double(stretch.lastEpoch), stretch.ends.last),
                ], color: theme.mutedInk, dash: Theme.dash)
        }
        let look = theme.look(of: network, among: input.runs)
        let (lower, upper) = history.gap
        let band = Band(lower: lower, upper: upper, color: look.color, label: try words("loss.gap"))
        let lowest = try input.facts.value(.network(network.name), "bestEpoch")
        let dot = Dots([Point(lowest, history[Int(lowest) - 1].testLoss)], color: look.color)
        let loss = try plot(
            history, words, theme, .log(try words("loss.axis")), Curves(\.loss, \.testLoss),
            below: [band] + rules, above: (trend.map { [$0] } ?? []) + [dot], testIn: look
        ).with { $0.height = Theme.tallPlotHeight }
        let accuracy = try plot(
            history, words, theme, .linear(try words("accuracy.axis")).with { $0.notation = .percent },
            Curves(\.accuracy, \.testAccuracy),
            below: rules.map { Rule(x: $0.x, color: $0.color, dash: $0.dash) }, above: [], testIn: look)
        return Column([AlignedPlots(.downwards, [loss, accuracy])])
    }

    /// The epoch of the lowest test loss, and the one from which on there is a gap, if there is one.
    private func rules(_ input: FigureInput, _ words: Words, _ theme: Theme) throws -> [Rule] {
        let subject = FactSubject.network(network.name)
        let best = try Rule(
            x: input.facts.value(subject, "bestEpoch"), color: theme.mutedInk, dash: Theme.dash,
            label: words("loss.best", ["epoch": words(input.facts.quantity(subject, "bestEpoch"))]))
        guard let onset = try input.facts.known(subject, "onset"), let epoch = onset.number else { return [best] }
        let gap = try words(input.facts.quantity(.rules, "gap"))
        let label = try words("loss.onset", ["gap": gap, "epoch": words(onset)])
        return [best, Rule(x: epoch, color: theme.alert, label: label)]
    }

    /// What is drawn of each epoch.
    private struct Curves {
        let evaluated: (Evaluation) -> Double
        let test: (EpochMetrics) -> Double

        init(_ evaluated: @escaping (Evaluation) -> Double, _ test: @escaping (EpochMetrics) -> Double) {
            (self.evaluated, self.test) = (evaluated, test)
        }
    }

    private func plot(
        _ history: [EpochMetrics], _ words: Words, _ theme: Theme, _ axis: Axis, _ curves: Curves,
        below: [any Mark], above: [any Mark], testIn look: SeriesStyle
    ) throws -> Plot {
        let evaluated = history.enumerated().compactMap { index, epoch in
            epoch.evaluatedTrain.map { Point(Double(index + 1), curves.evaluated($0)) }
        }
        let lines: [any Mark] = [
            Lines(evaluated, color: theme.ink, label: try words("series.train")), Dots(evaluated, color: theme.ink),
            Lines(
                .byEpoch(history.map(curves.test)), color: look.color, width: Theme.strongLine, dash: look.dash,
                label: try words("series.test")),
        ]
        return Plot(
            x: .epochs(try words("epoch.axis"), history.count), y: axis, height: Theme.plotHeight,
            marks: below + lines + above)
    }

    func table(_ input: FigureInput) -> DataTable? {
        DataTable(
            header: [
                "epoch", "train_loss", "test_loss", "train_accuracy", "test_accuracy", "running_train_loss",
                "running_train_accuracy",
            ],
            rows: input.training(of: network).history.enumerated().map { index, epoch in
                [
                    "\(index + 1)", epoch.evaluatedTrain.map { "\($0.loss)" } ?? "", "\(epoch.testLoss)",
                    epoch.evaluatedTrain.map { "\($0.accuracy)" } ?? "", "\(epoch.testAccuracy)",
                    "\(epoch.trainLoss)", "\(epoch.trainAccuracy)",
                ]
            })
    }
}

extension [EpochMetrics] {
    /// The losses of the training and of the test images, epoch by epoch from the first evaluation on, and one value for
    /// both where the test loss is not the higher one. Between evaluations the training loss goes straight on a
    /// logarithmic scale.
    fileprivate var gap: (lower: [Point], upper: [Point]) {
        let evaluations = evaluations
        var (lower, upper): ([Point], [Point]) = ([], [])
        for (start, end) in zip(evaluations, evaluations.dropFirst() + evaluations.suffix(1)) {
            for epoch in start.epoch..<Swift.max(end.epoch, start.epoch + 1) {
                let share = Double(epoch - start.epoch) / Double(Swift.max(end.epoch - start.epoch, 1))
                let train = start.train * pow(end.train / start.train, share)
                lower.append(Point(Double(epoch), train))
                upper.append(Point(Double(epoch), Swift.max(train, self[epoch - 1].testLoss)))
            }
        }
        return (lower, upper)
    }
}

extension Axis {
    /// The epochs of a training, from 1 on.
    static func epochs(_ title: String, _ count: Int) -> Axis {
        .linear(title, domain: (count > 1 ? 1 : 0, Double(max(count, 2)))).with {
            $0.hasGrid = false
            $0.isWhole = true
        }
    }
}

extension [Point] {
    /// One value an epoch, from epoch 1 on.
    static func byEpoch(_ values: [Double]) -> [Point] {
        values.enumerated().map { Point(Double($0.offset + 1), $0.element) }
    }
}
