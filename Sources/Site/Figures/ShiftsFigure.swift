import Learn
import Render

/// Test accuracy of images that are moved by some pixels, to the side and up or down.
struct ShiftsFigure: FigureContent {
    let networks: [Network]
    let id = "shifts"

    private static let axes = ["sideways", "upright"]

    func title(_ input: FigureInput, _ words: Words) throws -> String { try words("shifts.title") }

    func caption(_ input: FigureInput, _ words: Words) throws -> String {
        try input.caption(
            words("shifts.caption", ["reach": words.count(Trust.reach)]), ofSome: networks, words)
    }

    func altText(_ input: FigureInput, _ words: Words) throws -> String {
        let findings = try input.shown(networks).map { network in
            func fact(_ name: String) throws -> String {
                try words(input.facts.quantity(.network(network.name), name))
            }
            return try words(
                "shifts.finding",
                [
                    "network": words.phrase(for: network), "whole": words.percentage(accuracy(input, network, 0, 0)),
                    "one": fact("shift.one"), "most": fact("shift.most"), "reach": words.count(Trust.reach),
                ])
        }
        return try words("shifts.alt", ["findings": findings.joined(separator: words("list.pause"))])
    }

    private func accuracy(_ input: FigureInput, _ network: Network, _ axis: Int, _ steps: Int) -> Double {
        input.measured(network).inspection.trust.accuracy(moved: axis, steps + Trust.reach)
    }

    func body(_ input: FigureInput, _ words: Words, _ theme: Theme, _ format: Format) throws -> Column {
        let networks = input.shown(networks)
        let steps = -Trust.reach...Trust.reach
        let all = networks.flatMap { network in
            (0..<2).flatMap { axis in steps.map { accuracy(input, network, axis, $0) } }
        }
        let domain = LinearScale(covering: all).nice(5).domain
        let plots = try ShiftsFigure.axes.enumerated().map { axis, key in
            Plot(
                x: .linear(
                    try words("shifts.axis"), domain: (Double(steps.lowerBound), Double(steps.upperBound)), ticks: 8
                ).with {
                    $0.isWhole = true
                    $0.notation = .signed
                },
                y: .linear(try words("shifts.\(key)"), domain: (domain.lower, domain.upper))
                    .with { $0.notation = .percent }, height: Theme.plotHeight,
                marks: try networks.map { network in
                    let look = theme.look(of: network, among: input.runs)
                    return Lines(
                        steps.map { Point(Double($0), accuracy(input, network, axis, $0)) }, color: look.color,
                        width: Theme.strongLine, dash: look.dash, label: try words.name(of: network))
                })
        }
        return Column([AlignedPlots(.downwards, plots)])
    }

    func table(_ input: FigureInput) -> DataTable? {
        DataTable(
            header: ["network", "pixels_to_the_right", "pixels_down", "test_accuracy"],
            rows: networks.flatMap { network in
                (0..<2).flatMap { axis in
                    (-Trust.reach...Trust.reach).map { steps in
                        [
                            network.name, axis == 0 ? "\(steps)" : "0", axis == 1 ? "\(steps)" : "0",
                            "\(accuracy(input, network, axis, steps))",
                        ]
                    }
                }
            })
    }
}
