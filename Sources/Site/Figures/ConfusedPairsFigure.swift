import Learn
import Render

/// The most frequent mistakes of one network, each with test images to which it happened.
struct ConfusedPairsFigure: FigureContent {
    let network: Network

    private let pairCount = 5
    private let imageCount = 10
    /// How many of them have room in a row on a phone.
    private let narrowCount = 5

    var id: String { "confused-pairs-\(network.name)" }
    let format = Format.wide

    func title(_ input: FigureInput, _ words: Words) throws -> String {
        try words("confused-pairs.title", ["network": words.phrase(for: network)])
    }

    func caption(_ input: FigureInput, _ words: Words) throws -> String {
        let pairs = pairs(input)
        guard !pairs.isEmpty else { return try altText(input, words) }
        return try words(
            "confused-pairs.caption", ["network": words.phrase(for: network), "count": words.count(pairs.count)])
    }

    func altText(_ input: FigureInput, _ words: Words) throws -> String {
        let pairs = pairs(input)
        let network = try words.phrase(for: network)
        guard !pairs.isEmpty else { return try words("confused-pairs.none", ["network": network]) }
        let mistakes = try pairs.map { pair in
            try words(
                "confused-pairs.mistake",
                [
                    "truth": words.className(pair.truth), "guess": words.className(pair.guess),
                    "count": words.count(pair.count),
                ])
        }
        return try words("confused-pairs.alt", ["network": network, "mistakes": words.list(mistakes)])
    }

    private func pairs(_ input: FigureInput) -> [Confusion.Pair] {
        Array(input.measured(network).confusion.mistakes.prefix(pairCount))
    }

    /// The test images to which a mistake happened, the surest first.
    private func images(of pair: Confusion.Pair, _ mistakes: [Mistake]) -> [Mistake] {
        Array(mistakes.filter { $0.truth == pair.truth && $0.guess == pair.guess }.prefix(imageCount))
    }

    func body(_ input: FigureInput, _ words: Words, _ theme: Theme, _ format: Format) throws -> Column {
        let test = input.dataset.test
        let mistakes = input.measured(network).mistakes
        let columns = format == .narrow ? narrowCount : imageCount
        let parts = try pairs(input).map { pair -> any Component in
            let heading = TextBlock(
                try words(
                    "confused-pairs.heading",
                    [
                        "truth": words.className(pair.truth), "guess": words.className(pair.guess),
                        "count": words.count(pair.count),
                    ]))
            let tiles = images(of: pair, mistakes).map { test.tile($0.image, theme) }
            let rows = stride(from: 0, to: tiles.count, by: columns).map { start -> [Tile?] in
                (start..<start + columns).map { $0 < tiles.count ? tiles[$0] : nil }
            }
            let grid = TileGrid(rows: rows)
            return format == .narrow
                ? Column(spacing: Theme.tightSpacing, [heading, grid]) : Row([(0.22, heading), (0.78, grid)])
        }
        guard !parts.isEmpty else { return Column([TextBlock(try altText(input, words))]) }
        return Column(parts)
    }

    func table(_ input: FigureInput) -> DataTable? {
        let mistakes = input.measured(network).mistakes
        let rows = pairs(input).flatMap { pair in
            images(of: pair, mistakes).map { mistake in
                [
                    "\(pair.truth)", "\(pair.guess)", "\(pair.count)", "\(mistake.image + 1)", "\(mistake.probability)",
                ]
            }
        }
        return DataTable(
            header: [
                "true_class", "predicted_class", "images", "test_image_from_1", "probability_of_prediction",
            ], rows: rows)
    }
}

/// A test image that a network took for another class than it is.
struct Mistake: Equatable {
    /// Position in the test set, from zero.
    let image: Int
    let truth: Int
    let guess: Int
    /// That the network gave to its guess.
    let probability: Float
}

extension Run {
    /// All mistakes, the surest first.
    ///
    /// - Parameter labels: the test images' true classes.
    func mistakes(labels: [UInt8]) -> [Mistake] {
        let classes = predictions.shape[1]
        let mistakes = zip(guesses, labels).enumerated().compactMap { image, answer -> Mistake? in
            let (guess, truth) = (answer.0, Int(answer.1))
            guard guess != truth else { return nil }
            let probability = predictions.values[image * classes + guess]
            return Mistake(image: image, truth: truth, guess: guess, probability: probability)
        }
        return mistakes.sorted { ($1.probability, $0.image) < ($0.probability, $1.image) }
    }
}
