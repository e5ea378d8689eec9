import Learn
import Render

/// What is left of the test accuracy without each filter, all convolutions of all networks on one scale.
struct SwitchedOffFigure: FigureContent {
    /// Those with a convolution.
    let networks: [Network]
    let id = "switched-off"

    private static let substitutes: [(FilterWorth.Substitute, key: String)] = [(.zero, "zero"), (.mean, "mean")]

    func title(_ input: FigureInput, _ words: Words) throws -> String { try words("switched-off.title") }

    func caption(_ input: FigureInput, _ words: Words) throws -> String {
        try input.caption(words("switched-off.caption"), ofSome: networks, words)
    }

    func altText(_ input: FigureInput, _ words: Words) throws -> String {
        let findings = try input.shown(networks).map { network in
            func fact(_ name: String) throws -> String {
                try words(input.facts.quantity(.network(network.name), name))
            }
            return try words(
                "switched-off.finding",
                [
                    "network": words.phrase(for: network), "layer": fact("off.layer"), "filter": fact("off.filter"),
                    "accuracy": fact("off.accuracy"), "whole": fact("testAccuracy"),
                ])
        }
        return try words("switched-off.alt", ["findings": findings.joined(separator: words("list.pause"))])
    }

    private func rows(_ input: FigureInput) -> [(network: Network, worth: FilterWorth)] {
        input.shown(networks).flatMap { network in input.measured(network).filters.map { (network, $0) } }
    }

    func body(_ input: FigureInput, _ words: Words, _ theme: Theme, _ format: Format) throws -> Column {
        let rows = rows(input)
        let all = rows.flatMap { row in
            [row.worth.accuracy] + SwitchedOffFigure.substitutes.flatMap { row.worth.accuracies($0.0) }
        }
        let scale = LinearScale(covering: all)
        // Room for the label at the lowest value.
        let room = (scale.domain.upper - scale.domain.lower) * (format == .narrow ? 0.4 : 0.15)
        let domain = LinearScale(covering: all + [scale.domain.lower - room]).nice(6).domain
        let names = try rows.map { "\(try words.name(of: $0.network)) \($0.worth.layer)" }
        let plots = try SwitchedOffFigure.substitutes.map { substitute, key in
            let marks = try rows.enumerated().flatMap { place, row -> [any Mark] in
                let worst = row.worth.worst(substitute)
                let label = try words("switched-off.filter", ["filter": words.count(worst + 1)])
                return [
                    Ticks(
                        [row.worth.accuracy], category: place, color: theme.mutedInk,
                        height: Theme.tickHeight * 1.5, width: Theme.hairline),
                    Ticks(
                        row.worth.accuracies(substitute), category: place,
                        color: theme.look(of: row.network, among: input.runs).color,
                        label: (label, row.worth.accuracy(without: worst, substitute))),
                ]
            }
            return Plot(
                x: .linear(domain: (domain.lower, domain.upper), ticks: 6).with { $0.notation = .percent },
                y: .band(names, try words("switched-off.\(key)")).with { $0.hasGrid = true },
                height: Theme.tickRow * Double(names.count), marks: marks)
        }
        return Column([AlignedPlots(.downwards, plots)])
    }

    func table(_ input: FigureInput) -> DataTable? {
        let rows = networks.flatMap { network in
            input.measured(network).filters.flatMap { worth in
                worth.filters.map { filter in
                    [
                        network.name, worth.layer, "\(filter + 1)", "\(worth.accuracy)",
                        "\(worth.accuracy(without: filter, .zero))", "\(worth.accuracy(without: filter, .mean))",
                    ]
                        + [FilterWorth.Substitute.zero, .mean].flatMap { substitute in
                            input.dataset.classes.map { "\(worth.recall($0, without: filter, substitute))" }
                        }
                }
            }
        }
        return DataTable(
            header: [
                "network", "layer", "filter_from_1", "test_accuracy", "test_accuracy_at_zero", "test_accuracy_at_mean",
            ]
                + ["zero", "mean"].flatMap { value in
                    input.dataset.classes.map { "recall_of_class_\($0)_at_\(value)" }
                }, rows: rows)
    }
}

extension Dataset {
    fileprivate var classes: Range<Int> { 0..<classCount }
}
