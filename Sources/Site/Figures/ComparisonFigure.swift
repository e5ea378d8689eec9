import Learn
import Render

/// The test losses of several networks, with their values where all had been trained equally long.
struct ComparisonFigure: FigureContent {
    let networks: [Network]
    let id = "comparison"

    /// The last epoch that every run has that is shown.
    private func equalEpochs(_ input: FigureInput) -> Int {
        input.shown(networks).map { input.training(of: $0).history.count }.min() ?? 1
    }

    func title(_ input: FigureInput, _ words: Words) throws -> String { try words("comparison.title") }

    func caption(_ input: FigureInput, _ words: Words) throws -> String {
        try input.caption(
            words("comparison.caption", ["epochs": words(input.facts.quantity(.all, "equalEpochs"))]), ofSome: networks,
            words)
    }

    func altText(_ input: FigureInput, _ words: Words) throws -> String {
        let networks = input.shown(networks)
        let losses = try networks.map { network in
            try words(
                "comparison.loss",
                [
                    "network": words.phrase(for: network),
                    "equal": words(input.facts.quantity(.equal(network.name), "testLoss")),
                    "final": words(last(network, input)),
                    "epochs": words(input.facts.quantity(.network(network.name), "epochs").bare),
                ])
        }
        // Losses that are written alike are not told apart.
        let written = try networks.map { try words(last($0, input)) }
        let lowest = try networks.indices.min { try value(networks[$0], input) < value(networks[$1], input) } ?? 0
        let best = networks.indices.filter { written[$0] == written[lowest] }.map { networks[$0] }
        return try words(
            best.count == networks.count ? "comparison.alt.level" : "comparison.alt",
            [
                "epochs": words(input.facts.quantity(.all, "equalEpochs")),
                "losses": losses.joined(separator: words("list.pause")),
                "best": words.list(best.map(words.phrase)),
            ])
    }

    private func last(_ network: Network, _ input: FigureInput) throws -> Quantity {
        try input.facts.quantity(.network(network.name), "testLoss")
    }

    private func value(_ network: Network, _ input: FigureInput) throws -> Double {
        try last(network, input).number ?? .infinity
    }

    func body(_ input: FigureInput, _ words: Words, _ theme: Theme, _ format: Format) throws -> Column {
        let epochs = equalEpochs(input)
        let networks = input.shown(networks)
        let longest = networks.map { input.training(of: $0).history.count }.max() ?? 1
        var marks: [any Mark] = [
            Rule(
                x: Double(epochs), color: theme.mutedInk,
                label: try words("comparison.equal", ["epochs": words.count(epochs)]))
        ]
        for network in networks {
            let history = input.training(of: network).history
            let look = theme.look(of: network, among: input.runs)
            let losses = [Point].byEpoch(history.map(\.testLoss))
            marks.append(
                Lines(Array(losses.prefix(epochs)), color: look.color, width: Theme.strongLine, dash: look.dash))
            marks.append(
                Lines(
                    Array(losses.dropFirst(epochs - 1)), color: look.color, width: Theme.hairline, dash: look.dash,
                    label: try words.name(of: network)))
            marks.append(
                Dots([Point(Double(epochs), history[epochs - 1].testLoss)], color: look.color, form: look.dot))
        }
        let plot = Plot(
            x: .epochs(try words("epoch.axis"), longest), y: .log(try words("comparison.axis")),
            // Each network's name has a line at the right.
            height: max(Theme.tallPlotHeight, Double(networks.count) * Theme.strongLabel.lineHeight), marks: marks)
        return Column([plot, try table(words, input, theme, epochs)])
    }

    /// The values at the marks, which lie too close together for labels in the plot.
    private func table(_ words: Words, _ input: FigureInput, _ theme: Theme, _ epochs: Int) throws -> TextTable {
        let header = try ["", words("comparison.column", ["epochs": words.count(epochs)]), words("comparison.end")]
        return TextTable(
            header: header,
            rows: try input.shown(networks).map { network in
                let final = try words(
                    "comparison.final",
                    [
                        "loss": words(last(network, input)),
                        "epochs": words(input.facts.quantity(.network(network.name), "epochs").bare),
                    ])
                let look = theme.look(of: network, among: input.runs)
                return TextTable.Row(
                    cells: [
                        try words.name(of: network), try words(input.facts.quantity(.equal(network.name), "testLoss")),
                        final,
                    ],
                    color: look.color, dash: look.dash)
            })
    }

    func table(_ input: FigureInput) -> DataTable? {
        DataTable(
            header: ["network", "epoch", "test_loss", "test_accuracy"],
            rows: networks.flatMap { network in
                input.training(of: network).history.enumerated().map { index, epoch in
                    [network.name, "\(index + 1)", "\(epoch.testLoss)", "\(epoch.testAccuracy)"]
                }
            })
    }
}
