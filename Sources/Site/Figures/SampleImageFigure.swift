import Learn
import Render

/// The test image that the article follows through the layers, and what the networks say it is.
struct SampleImageFigure: FigureContent {
    let networks: [Network]
    let id = "sample-image"

    func title(_ input: FigureInput, _ words: Words) throws -> String { try words("sample-image.title") }

    func caption(_ input: FigureInput, _ words: Words) throws -> String {
        guard let sample = sample(input) else { return try words("sample-image.title") }
        return try words(
            "sample-image.caption",
            ["number": words.count(sample.index + 1), "label": words.className(sample.label)])
    }

    func altText(_ input: FigureInput, _ words: Words) throws -> String {
        guard let sample = sample(input) else { return try words("sample-image.title") }
        let answers = try networks.map { network in
            let probabilities = input.run(of: network).probabilities(of: sample.index)
            let guess = probabilities.indices.max { probabilities[$0] < probabilities[$1] } ?? 0
            return try words(
                "sample-image.answer",
                [
                    "network": words.phrase(for: network), "guess": words.className(guess),
                    "probability": words.probability(probabilities[guess]),
                ])
        }
        return try words(
            "sample-image.alt",
            [
                "number": words.count(sample.index + 1), "label": words.className(sample.label),
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
        let bars = networks.enumerated().map { slot, network in
            let probabilities = input.run(of: network).probabilities(of: sample.index)
            return Bars(
                probabilities.enumerated().map {
                    .init(
                        category: $0.offset, value: Double($0.element),
                        color: theme.color(of: network, among: input.runs))
                }, slot: slot, of: networks.count)
        }
        let plot = Plot(
            x: .linear(domain: (0, 1), ticks: 3).with { $0.format = Axis.percent },
            y: .band(try words.shortClassNames(), try words("sample-image.probability"), padding: 0.2),
            height: Theme.barRow * Double(input.dataset.classCount),
            marks: bars)
        let legend = Legend(try networks.map { (.box(theme.color(of: $0, among: input.runs)), try words.name(of: $0)) })
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
