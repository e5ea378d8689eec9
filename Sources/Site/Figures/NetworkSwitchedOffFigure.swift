import Learn
import Render

/// What is left of one network's test accuracy without each filter, layer by layer.
struct NetworkSwitchedOffFigure: FigureContent {
    /// One with a convolution.
    let network: Network

    var id: String { "switched-off-\(network.name)" }

    /// Layers side by side.
    private static let mostColumns = 3, mostNarrowColumns = 2
    private static let height = 180.0
    /// Below the lowest dot, for the notes there.
    private static let room = Stems.room(for: 3)

    private var subject: FactSubject { .network(network.name) }

    func title(_ input: FigureInput, _ words: Words) throws -> String {
        try words("switched-off.network.title", ["network": words.phrase(for: network)])
    }

    func caption(_ input: FigureInput, _ words: Words) throws -> String {
        try words("switched-off.network.caption", ["network": words.phrase(for: network)])
    }

    func altText(_ input: FigureInput, _ words: Words) throws -> String {
        func fact(_ name: String) throws -> String { try words(input.facts.quantity(subject, name)) }
        let finding = try words(
            "switched-off.network.alt",
            [
                "network": words.phrase(for: network), "layer": fact("off.layer"), "filter": fact("off.filter"),
                "accuracy": fact("off.accuracy"), "whole": fact("testAccuracy"),
            ])
        guard try isHit(input) else { return finding }
        return try words.paragraph(
            finding,
            words(
                "switched-off.network.alt.hit",
                ["label": fact("off.label"), "before": fact("off.recallBefore"), "after": fact("off.recall")]))
    }

    /// Whether a class is recognised less often without the filter that is missed most.
    private func isHit(_ input: FigureInput) throws -> Bool {
        try input.facts.outcome(of: subject, "off.hits") == "yes"
    }

    func body(_ input: FigureInput, _ words: Words, _ theme: Theme, _ format: Format) throws -> Column {
        let worths = input.measured(network).filters
        let columns = TileGrid.blockWidth(
            of: worths.count,
            most: format == .narrow
                ? NetworkSwitchedOffFigure.mostNarrowColumns : NetworkSwitchedOffFigure.mostColumns)
        let domain = domain(worths)
        let notes = try notes(input, words)
        let plots = try worths.map { try plot($0, worths.worst, notes, domain, input, words, theme) }
        let rows = stride(from: 0, to: plots.count, by: columns).map { start in
            AlignedPlots(
                .sideways, spacing: Theme.spacing, Array(plots[start..<min(start + columns, plots.count)]))
        }
        let whole = try TextBlock(
            words("switched-off.network.whole", ["accuracy": words(input.facts.quantity(subject, "testAccuracy"))]),
            .note)
        return Column([whole] + rows)
    }

    /// All accuracies, and room for the notes below the lowest.
    private func domain(_ worths: [FilterWorth]) -> (Double, Double) {
        let all = worths.flatMap { [$0.accuracy] + $0.accuracies() }
        let (least, most) = (all.min() ?? 0, all.max() ?? 1)
        let extent = max(most - least, 0.01)
        let share = NetworkSwitchedOffFigure.room / NetworkSwitchedOffFigure.height
        return (least - extent * share / (1 - share), most + extent * 0.05)
    }

    /// What stands beside the filter that is missed most.
    private func notes(_ input: FigureInput, _ words: Words) throws -> [String] {
        func fact(_ name: String) throws -> String { try words(input.facts.quantity(subject, name)) }
        let worst = try words(
            "switched-off.network.worst", ["filter": fact("off.filter"), "accuracy": fact("off.accuracy")])
        guard try isHit(input), case .label(let label) = try input.facts.quantity(subject, "off.label") else {
            return [worst]
        }
        return try [
            worst, words.shortClassName(label),
            words("switched-off.network.hit", ["before": fact("off.recallBefore"), "after": fact("off.recall")]),
        ]
    }

    private func plot(
        _ worth: FilterWorth, _ worst: (worth: FilterWorth, filter: Int)?, _ notes: [String],
        _ domain: (Double, Double), _ input: FigureInput, _ words: Words, _ theme: Theme
    ) throws -> Plot {
        let told = worst?.worth.layer == worth.layer ? worst?.filter : nil
        func points(_ filters: some Sequence<Int>) -> [Point] {
            filters.map { Point(Double($0 + 1), worth.accuracy(without: $0)) }
        }
        let ends = (0.4, Double(worth.filters.count) + 0.6)
        var marks: [any Mark] = [
            Lines([Point(ends.0, worth.accuracy), Point(ends.1, worth.accuracy)], color: theme.mutedInk),
            Stems(
                points(worth.filters.filter { $0 != told }), base: worth.accuracy,
                color: theme.look(of: network, among: input.runs).color),
        ]
        if let told { marks.append(Stems(points([told]), base: worth.accuracy, color: theme.alert, notes: notes)) }
        return Plot(
            x: .linear(try words("switched-off.network.axis"), domain: ends).with {
                $0.hasGrid = false
                $0.isWhole = true
            },
            y: .linear(worth.layer, domain: domain).with { $0.notation = .percent },
            height: NetworkSwitchedOffFigure.height, marks: marks)
    }

    func table(_ input: FigureInput) -> DataTable? { SwitchedOffFigure(networks: [network]).table(input) }
}
