import Learn
import Render

/// The test images that all networks get wrong and of whose label they are farthest.
struct SharedErrorsFigure: FigureContent {
    let id = "shared-errors"
    let format = Format.wide

    private static let count = 6

    private func shown(_ input: FigureInput) -> [SharedErrors.Image] {
        Array(input.facts.sharedErrors.unanimous.prefix(SharedErrorsFigure.count))
    }

    private func values(_ input: FigureInput, _ words: Words) throws -> [String: String] {
        try [
            "wrong": words(input.facts.quantity(.all, "shared.wrong")),
            "same": words(input.facts.quantity(.all, "shared.same")), "shown": words.count(shown(input).count),
        ]
    }

    func title(_ input: FigureInput, _ words: Words) throws -> String { try words("shared-errors.title") }

    func caption(_ input: FigureInput, _ words: Words) throws -> String {
        try words(shown(input).isEmpty ? "shared-errors.none" : "shared-errors.caption", values(input, words))
    }

    func altText(_ input: FigureInput, _ words: Words) throws -> String {
        let shown = shown(input)
        guard !shown.isEmpty else { return try words("shared-errors.none", values(input, words)) }
        let errors = try shown.map { image in
            try words(
                "errors.error",
                ["truth": words.className(image.truth), "guess": words.className(image.guesses[0])])
        }
        return try words(
            "shared-errors.alt",
            values(input, words).merging(["errors": words.list(errors)]) { first, _ in first })
    }

    func body(_ input: FigureInput, _ words: Words, _ theme: Theme, _ format: Format) throws -> Column {
        let plates = try shown(input).map { image in
            var plate = Plate(input.dataset.test.tile(image.image, theme))
            plate.note = try words(
                "shared-errors.image",
                ["truth": words.className(image.truth), "guess": words.className(image.guesses[0])])
            return plate
        }
        guard !plates.isEmpty else { return Column([TextBlock(try caption(input, words))]) }
        let grid = PlateGrid(plates, columns: format == .narrow ? 2 : SharedErrorsFigure.count)
        return Column([grid.with { if format == .narrow { $0.largest = format.width } }])
    }

    /// All that the networks get wrong together.
    func table(_ input: FigureInput) -> DataTable? {
        DataTable(
            header: ["test_image_from_1", "true_class", "mean_probability_of_true_class"]
                + input.runs.map { "predicted_by_\($0.name)" },
            rows: input.facts.sharedErrors.images.map { image in
                ["\(image.image + 1)", "\(image.truth)", "\(image.probability)"] + image.guesses.map { "\($0)" }
            })
    }
}
