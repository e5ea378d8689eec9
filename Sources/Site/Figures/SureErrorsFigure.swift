import Learn
import Render

/// The test images of whose wrong class one network was surest, with its probabilities.
struct SureErrorsFigure: FigureContent {
    let network: Network

    /// How many mistakes are shown.
    static let count = 5
    private let barCount = 3

    var id: String { "errors-\(network.name)" }

    private func shown(_ input: FigureInput) -> [Mistake] {
        Array(input.measured(network).mistakes.prefix(SureErrorsFigure.count))
    }

    func title(_ input: FigureInput, _ words: Words) throws -> String {
        try words("errors.title", ["network": words.phrase(for: network)])
    }

    func caption(_ input: FigureInput, _ words: Words) throws -> String {
        let shown = shown(input)
        guard !shown.isEmpty else { return try altText(input, words) }
        return try words("errors.caption", ["network": words.phrase(for: network), "count": words.count(shown.count)])
    }

    func altText(_ input: FigureInput, _ words: Words) throws -> String {
        let shown = shown(input)
        let network = try words.phrase(for: network)
        guard !shown.isEmpty else {
            return try words("confused-pairs.none", ["network": network])
        }
        let errors = try shown.map { mistake in
            try words(
                "errors.error",
                ["truth": words.className(mistake.truth), "guess": words.className(mistake.guess)])
        }
        return try words(
            "errors.alt",
            [
                "network": network, "errors": words.list(errors),
                "least": words(input.facts.quantity(.network(self.network.name), "leastOfSurest")),
            ])
    }

    func body(_ input: FigureInput, _ words: Words, _ theme: Theme) throws -> Column {
        let rows = try shown(input).map { mistake in
            let tile = input.dataset.test.tile(mistake.image, theme)
            return Row(
                spacing: 1.5 * Theme.spacing,
                [
                    (0.22, TileGrid([tile], columns: 1)), (0.78, try plot(of: mistake, input, words, theme)),
                ])
        }
        guard !rows.isEmpty else { return Column([TextBlock(try altText(input, words))]) }
        return Column(rows)
    }

    private func plot(of mistake: Mistake, _ input: FigureInput, _ words: Words, _ theme: Theme) throws -> Plot {
        let probabilities = input.run(of: network).probabilities(of: mistake.image)
        let bars = try bars(mistake, probabilities).enumerated().map { place, label in
            Bars.Bar(
                category: place, value: Double(probabilities[label]),
                color: label == mistake.guess ? theme.alert : label == mistake.truth ? theme.series[0] : theme.mutedInk,
                label: try words.probability(probabilities[label]))
        }
        let reserved = try words.shortClassNames()
        let heading = try words(
            "errors.heading",
            ["truth": words.className(mistake.truth), "guess": words.className(mistake.guess)])
        return Plot(
            // Room for the labels at the bars' ends.
            x: .linear(domain: (0, 1.22)).with {
                $0.hasTickLabels = false
                $0.hasGrid = false
            },
            y: .band(try self.bars(mistake, probabilities).map(words.shortClassName), heading, padding: 0.3).with {
                $0.reservedLabels = reserved
            },
            height: Theme.barRow * Double(barCount), marks: [Bars(bars)])
    }

    /// The classes of the highest probabilities; the true class is among them in any case.
    private func bars(_ mistake: Mistake, _ probabilities: [Float]) -> [Int] {
        let ranked = probabilities.indices.sorted { (probabilities[$1], $0) < (probabilities[$0], $1) }
        let first = Array(ranked.prefix(barCount))
        return first.contains(mistake.truth) ? first : first.dropLast() + [mistake.truth]
    }

    func table(_ input: FigureInput) -> DataTable? {
        let run = input.run(of: network)
        let rows = shown(input).flatMap { mistake in
            run.probabilities(of: mistake.image).enumerated().map { label, probability in
                ["\(mistake.image + 1)", "\(mistake.truth)", "\(mistake.guess)", "\(label)", "\(probability)"]
            }
        }
        return DataTable(
            header: ["test_image_from_1", "true_class", "predicted_class", "class", "probability"], rows: rows)
    }
}
