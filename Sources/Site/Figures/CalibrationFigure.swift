import Learn
import Render

/// How many answers are right, by how probable they are said to be.
struct CalibrationFigure: FigureContent {
    let networks: [Network]
    let id = "calibration"

    /// Of how few answers a share is drawn: what one or two of them are says nothing.
    private static let fewest = 10

    func title(_ input: FigureInput, _ words: Words) throws -> String { try words("calibration.title") }

    func caption(_ input: FigureInput, _ words: Words) throws -> String {
        try input.caption(
            words("calibration.caption", ["fewest": words.count(CalibrationFigure.fewest)]), ofSome: networks, words)
    }

    func altText(_ input: FigureInput, _ words: Words) throws -> String {
        let findings = try input.shown(networks).map { network in
            func fact(_ name: String) throws -> String {
                try words(input.facts.quantity(.network(network.name), name))
            }
            return try words(
                "calibration.finding",
                [
                    "network": words.phrase(for: network), "confidence": fact("calibration.confidence"),
                    "error": fact("calibration.error"),
                ])
        }
        return try words("calibration.alt", ["findings": findings.joined(separator: words("list.pause"))])
    }

    func body(_ input: FigureInput, _ words: Words, _ theme: Theme, _ format: Format) throws -> Column {
        var marks: [any Mark] = [
            Lines([Point(0, 0), Point(1, 1)], color: theme.mutedInk, width: Theme.hairline, dash: Theme.dash)
        ]
        for network in input.shown(networks) {
            let look = theme.look(of: network, among: input.runs)
            let points = input.measured(network).calibration.bins.compactMap { bin -> Point? in
                guard bin.answers >= CalibrationFigure.fewest, let confidence = bin.confidence,
                    let accuracy = bin.accuracy
                else { return nil }
                return Point(confidence, accuracy)
            }
            marks.append(Lines(points, color: look.color, dash: look.dash))
            marks.append(Dots(points, color: look.color, form: look.dot))
        }
        let plot = Plot(
            x: .linear(try words("calibration.probability"), domain: (0, 1)).with { $0.notation = .percent },
            y: .linear(try words("calibration.right"), domain: (0, 1)).with { $0.notation = .percent },
            height: Theme.tallPlotHeight, marks: marks)
        return Column([try input.legend(input.shown(networks), words, theme), plot])
    }

    func table(_ input: FigureInput) -> DataTable? {
        DataTable(
            header: ["network", "from", "to", "answers", "right", "mean_probability"],
            rows: networks.flatMap { network in
                let bins = input.measured(network).calibration.bins
                return bins.enumerated().map { place, bin in
                    [
                        network.name, "\(Double(place) / Double(bins.count))",
                        "\(Double(place + 1) / Double(bins.count))", "\(bin.answers)", "\(bin.right)",
                        bin.confidence.map { "\($0)" } ?? "",
                    ]
                }
            })
    }
}
