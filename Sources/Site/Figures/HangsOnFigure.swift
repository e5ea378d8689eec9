import Learn
import Render

/// Some answers of one network, wrong ones if it gives any, each with the parts of the image that it hangs on.
struct HangsOnFigure: FigureContent {
    let network: Network

    var id: String { "hangs-on-\(network.name)" }

    /// How many answers are shown, side by side and on a phone.
    private static let most = 4
    private static let mostNarrow = 2

    func title(_ input: FigureInput, _ words: Words) throws -> String {
        try words("hangs-on.title", ["network": words.phrase(for: network)])
    }

    func caption(_ input: FigureInput, _ words: Words) throws -> String {
        let areWrong = shown(input).contains { $0.truth != $0.guess }
        return try words(
            areWrong ? "hangs-on.caption.wrong" : "hangs-on.caption.right", ["network": words.phrase(for: network)])
    }

    func altText(_ input: FigureInput, _ words: Words) throws -> String {
        try words(
            "hangs-on.alt",
            [
                "network": words.phrase(for: network),
                "answers": words.list(shown(input).map { try label(of: $0, words) }),
            ])
    }

    /// An answer, by its place among the images of the saliency.
    private struct Answer {
        let place, image, truth, guess: Int
    }

    private func shown(_ input: FigureInput) -> [Answer] {
        let trained = input.measured(network).inspection.saliency.trained
        let answers = zip(trained.images.values, trained.classes.values).enumerated().map { place, pair in
            let image = Int(pair.0)
            return Answer(
                place: place, image: image, truth: Int(input.dataset.test.labels[image]), guess: Int(pair.1))
        }
        let wrong = answers.filter { $0.truth != $0.guess }
        return Array((wrong.isEmpty ? answers : wrong).prefix(HangsOnFigure.most))
    }

    private func label(of answer: Answer, _ words: Words) throws -> String {
        let truth = try words.shortClassName(answer.truth)
        guard answer.truth != answer.guess else { return truth }
        return try words("mistake.pair", ["truth": truth, "guess": words.shortClassName(answer.guess)])
    }

    func body(_ input: FigureInput, _ words: Words, _ theme: Theme, _ format: Format) throws -> Column {
        let covered = input.measured(network).inspection.saliency.trained.coveredBlurred
        let answers = shown(input)
        let columns = format == .narrow ? HangsOnFigure.mostNarrow : HangsOnFigure.most
        let grids = try stride(from: 0, to: answers.count, by: columns).map { start in
            let part = answers[start..<min(start + columns, answers.count)]
            let images = part.map { framed(input.dataset.test.tile($0.image, theme), theme) }
            let maps = try part.map { answer in
                var tile = framed(covered.map(answer.place, theme), theme)
                tile.caption = try label(of: answer, words)
                return tile
            }
            return TileGrid(rows: [images, maps]).with {
                $0.largestTile = 140
                $0.isCentred = false
            }
        }
        let bar = ColorBar(colors: theme.signed, range: -1...1, title: try words("occlusion.scale"))
        return Column([bar] + grids)
    }

    private func framed(_ tile: Tile, _ theme: Theme) -> Tile {
        var tile = tile
        tile.frame = theme.grid
        return tile
    }

    /// The numbers behind it stand in the table of ``OcclusionFigure``.
    func table(_ input: FigureInput) -> DataTable? { nil }
}
