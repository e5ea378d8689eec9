import Learn
import Render

/// The test images of whose wrong class one network was surest.
struct SureErrorsFigure: FigureContent {
    let network: Network

    /// How many mistakes are shown.
    static let count = 10
    /// From this probability on it says nothing more than that the network is sure.
    private static let certain: Float = 0.999

    var id: String { "errors-\(network.name)" }
    let format = Format.wide

    private func shown(_ input: FigureInput) -> [Mistake] {
        Array(input.measured(network).mistakes.prefix(SureErrorsFigure.count))
    }

    func title(_ input: FigureInput, _ words: Words) throws -> String {
        try words("errors.title", ["network": words.phrase(for: network)])
    }

    func caption(_ input: FigureInput, _ words: Words) throws -> String {
        let shown = shown(input)
        guard !shown.isEmpty else { return try altText(input, words) }
        return try words(
            "errors.caption",
            [
                "network": words.phrase(for: network), "count": words.count(shown.count),
                "certain": words.percentage(Double(SureErrorsFigure.certain)),
            ])
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

    func body(_ input: FigureInput, _ words: Words, _ theme: Theme, _ format: Format) throws -> Column {
        let plates = try shown(input).map { mistake in
            var plate = Plate(input.dataset.test.tile(mistake.image, theme))
            plate.note = try words(
                "errors.error",
                ["truth": words.shortClassName(mistake.truth), "guess": words.shortClassName(mistake.guess)])
            if mistake.probability < SureErrorsFigure.certain {
                plate.value = try words.probability(mistake.probability)
            }
            return plate
        }
        guard !plates.isEmpty else { return Column([TextBlock(try altText(input, words))]) }
        let grid = PlateGrid(plates, columns: format == .narrow ? 2 : 5)
        return Column([grid.with { if format == .narrow { $0.largest = format.width } }])
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
