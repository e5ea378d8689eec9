import Learn
import Render

/// The test images that the article looks at closely, the one that is followed through the layers and the one on which
/// the networks differ most, and what the networks say they are.
struct SampleImageFigure: FigureContent {
    let networks: [Network]
    let id = "sample-image"

    /// The least probability of a class that is shown.
    private static let least = 0.03
    /// How high one image's plot may become, in pixels.
    private static let tallest = 460.0
    /// With how many networks there is room for their answers in words.
    private static let mostAnswers = 4

    func title(_ input: FigureInput, _ words: Words) throws -> String { try words("sample-image.title") }

    func caption(_ input: FigureInput, _ words: Words) throws -> String {
        let samples = samples(input)
        guard let sample = samples.first else { return try words("sample-image.title") }
        var values = try values(sample, words)
        values["least"] = try words(.share(SampleImageFigure.least, places: 0))
        var caption = try words("sample-image.caption", values)
        if samples.count > 1 {
            var values = try self.values(samples[1], words)
            values["second"] = try input.nameOfDisputed(words)
            caption = try words.paragraph(caption, words("sample-image.caption.second", values))
        }
        return try input.caption(caption, ofSome: networks, words)
    }

    func altText(_ input: FigureInput, _ words: Words) throws -> String {
        let sentences = try samples(input).map { sample in
            try words(
                "sample-image.alt", values(sample, words).merging(["answers": answers(sample, input, words)]) { $1 })
        }
        return sentences.isEmpty ? try words("sample-image.title") : words.paragraph(sentences)
    }

    private func values(_ sample: SampleActivations, _ words: Words) throws -> [String: String] {
        ["number": try words.count(sample.index + 1), "label": try words.className(sample.label)]
    }

    /// What each network says, as a list.
    private func answers(_ sample: SampleActivations, _ input: FigureInput, _ words: Words) throws -> String {
        try words.list(
            input.shown(networks).map { network in
                let probabilities = input.run(of: network).probabilities(of: sample.index)
                let guess = probabilities.indices.max { probabilities[$0] < probabilities[$1] } ?? 0
                return try words(
                    "sample-image.answer",
                    [
                        "network": words.phrase(for: network), "guess": words.className(guess),
                        "probability": words.probability(probabilities[guess]),
                    ])
            })
    }

    private func samples(_ input: FigureInput) -> [SampleActivations] {
        networks.first.map(input.followedSamples) ?? []
    }

    /// The true class and those to which a network gives more than a little, in their order; of more than there is room
    /// for, the likeliest.
    private func labels(_ sample: SampleActivations, _ input: FigureInput) -> [Int] {
        let answers = input.shown(networks).map { input.run(of: $0).probabilities(of: sample.index) }
        let likeliest = (0..<input.dataset.classCount).map { label in answers.map { Double($0[label]) }.max() ?? 0 }
        func rank(_ label: Int) -> (Double, Int) { (label == sample.label ? -1 : -likeliest[label], label) }
        let told = likeliest.indices.filter { $0 == sample.label || likeliest[$0] >= SampleImageFigure.least }
        let room = max(Int(SampleImageFigure.tallest / rowHeight(input)), 2)
        return told.sorted { rank($0) < rank($1) }.prefix(room).sorted()
    }

    /// Height of a class's row, in pixels.
    private func rowHeight(_ input: FigureInput) -> Double {
        max(Theme.barRow, Double(input.shown(networks).count) * Theme.slimBar)
    }

    func body(_ input: FigureInput, _ words: Words, _ theme: Theme, _ format: Format) throws -> Column {
        let networks = input.shown(networks)
        var parts: [any Component] = try samples(input).enumerated().map { place, sample in
            try part(
                sample, hasAnswers: place > 0 && networks.count <= SampleImageFigure.mostAnswers, input, words, theme)
        }
        parts.append(
            Legend(
                try networks.map { network in
                    let look = theme.look(of: network, among: input.runs)
                    return (.box(look.color, dash: look.dash), try words.name(of: network))
                }))
        return Column(spacing: 2 * Theme.spacing, parts)
    }

    private func part(
        _ sample: SampleActivations, hasAnswers: Bool, _ input: FigureInput, _ words: Words, _ theme: Theme
    ) throws -> Row {
        let tile = input.dataset.test.tile(sample.index, theme).framed(theme.grid)
        let image = Column(
            spacing: Theme.tightSpacing,
            [
                TextBlock(try words.className(sample.label), .heading),
                TileGrid([tile], columns: 1).with {
                    $0.largestTile = Theme.largeTile
                    $0.isCentred = false
                },
            ])
        var right: [any Component] = [try plot(sample, input, words, theme)]
        if hasAnswers { right.append(TextBlock(try answers(sample, input, words), .note)) }
        return Row(spacing: 2 * Theme.spacing, [(0.34, image), (0.66, Column(right))])
    }

    private func plot(_ sample: SampleActivations, _ input: FigureInput, _ words: Words, _ theme: Theme) throws -> Plot
    {
        let (labels, networks) = (labels(sample, input), input.shown(networks))
        let bars = networks.enumerated().map { slot, network in
            let probabilities = input.run(of: network).probabilities(of: sample.index)
            let look = theme.look(of: network, among: input.runs)
            return Bars(
                labels.enumerated().map { row, label in
                    .init(category: row, value: Double(probabilities[label]), color: look.color)
                }, slot: slot, of: networks.count, dash: look.dash)
        }
        let names = try words.shortClassNames()
        return Plot(
            x: .linear(domain: (0, 1), ticks: 3).with { $0.notation = .percent },
            y: .band(labels.map { names[$0] }, try words("sample-image.probability"), padding: 0.2).with {
                $0.reservedLabels = names
            },
            height: rowHeight(input) * Double(labels.count), marks: bars)
    }

    func table(_ input: FigureInput) -> DataTable? {
        let rows = samples(input).flatMap { sample in
            networks.flatMap { network in
                input.run(of: network).probabilities(of: sample.index).enumerated().map { label, probability in
                    ["\(sample.index + 1)", network.name, "\(label)", "\(probability)"]
                }
            }
        }
        return rows.isEmpty
            ? nil : DataTable(header: ["test_image_from_1", "network", "class", "probability"], rows: rows)
    }
}
