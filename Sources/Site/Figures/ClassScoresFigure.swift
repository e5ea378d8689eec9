import Learn
import Render

/// Precision, recall and F1 of each class, network beside network.
struct ClassScoresFigure: FigureContent {
    let networks: [Network]
    let id = "class-scores"

    private enum Score: String, CaseIterable {
        case precision, recall, f1

        func value(_ facts: Facts, _ network: Network, _ label: Int) throws -> Double {
            try facts.value(.label(label, of: network.name), rawValue)
        }
    }

    func title(_ input: FigureInput, _ words: Words) throws -> String { try words("class-scores.title") }

    func caption(_ input: FigureInput, _ words: Words) throws -> String {
        let caption = try input.caption(words("class-scores.caption"), ofSome: networks, words)
        let shown = try labels(input).count
        guard shown < words.classCount else { return caption }
        return try words.paragraph(
            caption,
            words("class-scores.some", ["classes": words.count(words.classCount), "shown": words.count(shown / 2)]))
    }

    /// The classes that are shown, from the top: all in their order, or, of more than there is room for, those with the
    /// lowest and the highest F1 as a mean over the networks, the lowest first.
    private func labels(_ input: FigureInput) throws -> [Int] {
        let networks = input.shown(networks)
        let means = try (0..<input.dataset.classCount).map { label in
            mean(try networks.map { try Score.f1.value(input.facts, $0, label) })
        }
        return ClassRows(height: rowHeight(input)).ends(of: means.count) { means[$0] }
    }

    private func rowHeight(_ input: FigureInput) -> Double {
        max(Theme.dotRow, Double(input.shown(networks).count + 2) * Theme.dotShift)
    }

    func altText(_ input: FigureInput, _ words: Words) throws -> String {
        let findings = try input.shown(networks).map { network in
            func fact(_ name: String) throws -> Quantity { try input.facts.quantity(.network(network.name), name) }
            return try words(
                fact("worst.label") == fact("best.label") ? "class-scores.even" : "class-scores.finding",
                [
                    "network": words.phrase(for: network), "worst": words(fact("worst.label")),
                    "worstF1": words(fact("worst.f1")), "best": words(fact("best.label")),
                    "bestF1": words(fact("best.f1")),
                ])
        }
        return try words("class-scores.alt", ["findings": findings.joined(separator: words("list.pause"))])
    }

    func body(_ input: FigureInput, _ words: Words, _ theme: Theme, _ format: Format) throws -> Column {
        let labels = try labels(input)
        let networks = input.shown(networks)
        let all = try Score.allCases.flatMap { score in
            try networks.flatMap { network in
                try labels.map { try score.value(input.facts, network, $0) }
            }
        }
        let domain = LinearScale(covering: all + [1]).nice(3).domain
        let names = try labels.map(words.shortClassName)
        let plots = try Score.allCases.map { score in
            Plot(
                x: .linear(domain: (domain.lower, domain.upper), ticks: 3).with { $0.notation = .percent },
                y: .band(names, try words("class-scores.\(score.rawValue)")).with { $0.hasGrid = true },
                height: rowHeight(input) * Double(names.count),
                marks: try networks.map { network in
                    let points = try labels.enumerated().map { row, label in
                        Point(try score.value(input.facts, network, label), Double(row))
                    }
                    return input.dots(points, of: network, among: networks, theme)
                })
        }
        // Side by side, three are slim on a phone; where there are many rows, one below the other they would be endless.
        let isShort = plots.map(\.height).reduce(0, +) < 2 * Theme.tallestPlot
        return Column([
            try input.legend(networks, words, theme),
            AlignedPlots(format == .narrow && isShort ? .downwards : .sideways, plots),
        ])
    }

    func table(_ input: FigureInput) throws -> DataTable? {
        let rows = try networks.flatMap { network in
            try input.measured(network).confusion.matrix.indices.map { label in
                [network.name, "\(label)"]
                    + (try Score.allCases.map { "\(try $0.value(input.facts, network, label))" })
            }
        }
        return DataTable(header: ["network", "class"] + Score.allCases.map(\.rawValue), rows: rows)
    }
}
