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
            [words("loss.caption", ["network": words.phrase(for: network)])]
                + [words(network.hasDropout ? "loss.caption.running.dropout" : "loss.caption.running.plain")]
                + findings(input, words, "loss.caption"))
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
        return try words.paragraph([ends] + findings(input, words, "loss.alt"))
    }

    /// What the curves did, each told by the sentence for its outcome.
    private func findings(_ input: FigureInput, _ words: Words, _ key: String) throws -> [String] {
        let subject = FactSubject.network(network.name)
        let names = [
            "best": "bestEpoch", "loss": "bestTestLoss", "ratio": "lossRatio", "start": "stretchStart",
            "change": "change", "lowest": "lowestChange", "highest": "highestChange", "middle": "middleRatio",
            "middleEpoch": "middleEpoch",
        ]
        var values = try [
            "level": words(input.facts.quantity(.rules, "level")),
            "confidence": words(input.facts.quantity(.rules, "confidence")),
        ]
        for (placeholder, name) in names {
            values[placeholder] = try input.facts.known(subject, name).map { try words($0) }
        }
        let direction = try input.facts.outcome(of: subject, "direction")
        let overfitting = try input.facts.outcome(of: subject, "overfitting")
        return try [
            words("\(key).direction.\(direction)", values), words("\(key).overfitting.\(overfitting)", values),
            words("\(key).best", values),
        ]
    }

    func body(_ input: FigureInput, _ words: Words, _ theme: Theme) throws -> Column {
        let history = input.training(of: network).history
        let course = input.measured(network).course
        let best = try Rule(
            x: input.facts.value(.network(network.name), "bestEpoch"), color: theme.mutedInk, dash: Theme.dash,
            label: try words(
                "loss.best", ["epoch": words(input.facts.quantity(.network(network.name), "bestEpoch"))]))
        let trend = course?.stretch.map { stretch in
            Lines(
                [
                    Point(Double(stretch.firstEpoch), stretch.ends.first),
                    Point(Double(stretch.lastEpoch), stretch.ends.last),
                ], color: theme.alert)
        }
        let look = theme.look(of: network, among: input.runs)
        let loss = try plot(
            history, words, theme, .log(try words("loss.axis")), best, Curves(\.trainLoss, \.loss, \.testLoss), trend,
            testIn: look)
        let accuracy = try plot(
            history, words, theme, .linear(try words("accuracy.axis")).with { $0.notation = .percent },
            Rule(x: best.x, color: best.color, dash: best.dash),
            Curves(\.trainAccuracy, \.accuracy, \.testAccuracy), nil, testIn: look)
        return Column([AlignedPlots(.downwards, [loss, accuracy])])
    }

    /// What is drawn of each epoch.
    private struct Curves {
        let running: (EpochMetrics) -> Double
        let evaluated: (Evaluation) -> Double
        let test: (EpochMetrics) -> Double

        init(
            _ running: @escaping (EpochMetrics) -> Double, _ evaluated: @escaping (Evaluation) -> Double,
            _ test: @escaping (EpochMetrics) -> Double
        ) {
            (self.running, self.evaluated, self.test) = (running, evaluated, test)
        }
    }

    private func plot(
        _ history: [EpochMetrics], _ words: Words, _ theme: Theme, _ axis: Axis, _ best: Rule, _ curves: Curves,
        _ trend: Lines?, testIn look: SeriesStyle
    ) throws -> Plot {
        let evaluated = history.enumerated().compactMap { index, epoch in
            epoch.evaluatedTrain.map { Point(Double(index + 1), curves.evaluated($0)) }
        }
        let marks: [any Mark] = [
            best,
            Lines(
                .byEpoch(history.map(curves.running)), color: theme.mutedInk, width: Theme.hairline,
                label: try words("series.running")),
            Lines(evaluated, color: theme.ink, label: try words("series.train")), Dots(evaluated, color: theme.ink),
            Lines(
                .byEpoch(history.map(curves.test)), color: look.color, width: Theme.strongLine, dash: look.dash,
                label: try words("series.test")),
        ]
        return Plot(
            x: .epochs(try words("epoch.axis"), history.count), y: axis, height: Theme.plotHeight,
            marks: marks + (trend.map { [$0] } ?? []))
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

extension Network {
    fileprivate var hasDropout: Bool {
        architecture.layers.contains { if case .dropout = $0 { true } else { false } }
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
