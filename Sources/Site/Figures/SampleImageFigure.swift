import Learn
import Render

/// The test image that the article follows through the layers, and what the networks say it is.
struct SampleImageFigure: FigureContent {
    let networks: [Network]
    let id = "sample-image"

    func title(_ input: FigureInput, _ words: Words) throws -> String { try words("sample-image.title") }

    func caption(_ input: FigureInput, _ words: Words) throws -> String {
        guard let sample = sample(input) else { return try words("sample-image.title") }
        let caption = try input.caption(
            words(
                "sample-image.caption",
                ["number": words(input.facts.quantity(.sample, "number")), "label": words.className(sample.label)]),
            ofSome: networks, words)
        let shown = labels(sample, input).count
        guard shown < input.dataset.classCount else { return caption }
        return try words.paragraph(
            caption,
            words(
                "sample-image.some",
                ["classes": words.count(input.dataset.classCount), "shown": words.count(shown)]))
    }

    /// The classes that are shown, in their order: all, or, of more than there is room for, the true one and those to
    /// which a network gives the highest probabilities.
    private func labels(_ sample: SampleActivations, _ input: FigureInput) -> [Int] {
        let answers = input.shown(networks).map { input.run(of: $0).probabilities(of: sample.index) }
        return ClassRows(height: rowHeight(input)).first(of: input.dataset.classCount) { label in
            label == sample.label ? 2 : Double(answers.map { $0[label] }.max() ?? 0)
        }
    }

    private func rowHeight(_ input: FigureInput) -> Double {
        max(Theme.barRow, Double(input.shown(networks).count) * Theme.slimBar)
    }

    func altText(_ input: FigureInput, _ words: Words) throws -> String {
        guard let sample = sample(input) else { return try words("sample-image.title") }
        let answers = try input.shown(networks).map { network in
            func fact(_ name: String) throws -> String { try words(input.facts.quantity(.network(network.name), name)) }
            return try words(
                "sample-image.answer",
                [
                    "network": words.phrase(for: network), "guess": fact("sampleAnswer"),
                    "probability": fact("sampleProbability"),
                ])
        }
        return try words(
            "sample-image.alt",
            [
                "number": words(input.facts.quantity(.sample, "number")), "label": words.className(sample.label),
                "answers": words.list(answers),
            ])
    }

    private func sample(_ input: FigureInput) -> SampleActivations? {
        networks.first.flatMap { input.run(of: $0).chosenSample }
    }

    func body(_ input: FigureInput, _ words: Words, _ theme: Theme) throws -> Column {
        guard let sample = sample(input) else { return Column([]) }
        let tile = input.dataset.test.tile(sample.index, theme)
        let image = Column(
            [
                TextBlock(try words.className(sample.label), .heading),
                TileGrid([tile], columns: 1).with { $0.largestTile = Theme.largeTile },
            ]
                + (input.dataset.shape.channels == 1
                    ? [ColorBar(colors: theme.gray, range: 0...255, title: try words("sample-image.scale"))] : []))
        let labels = labels(sample, input)
        let networks = input.shown(networks)
        let bars = networks.enumerated().map { slot, network in
            let probabilities = input.run(of: network).probabilities(of: sample.index)
            let look = theme.look(of: network, among: input.runs)
            return Bars(
                labels.enumerated().map { row, label in
                    .init(category: row, value: Double(probabilities[label]), color: look.color)
                }, slot: slot, of: networks.count, dash: look.dash)
        }
        let plot = Plot(
            x: .linear(domain: (0, 1), ticks: 3).with { $0.notation = .percent },
            y: .band(try labels.map(words.shortClassName), try words("sample-image.probability"), padding: 0.2),
            height: rowHeight(input) * Double(labels.count),
            marks: bars)
        let legend = Legend(
            try networks.map { network in
                let look = theme.look(of: network, among: input.runs)
                return (.box(look.color, dash: look.dash), try words.name(of: network))
            })
        return Column([Row(spacing: 2 * Theme.spacing, [(0.42, image), (0.58, plot)]), legend])
    }

    func table(_ input: FigureInput) -> DataTable? {
        guard let sample = sample(input) else { return nil }
        let rows = networks.flatMap { network in
            input.run(of: network).probabilities(of: sample.index).enumerated().map { label, probability in
                [network.name, "\(label)", "\(probability)"]
            }
        }
        return DataTable(header: ["network", "class", "probability"], rows: rows)
    }
}
