import Learn
import Render

/// Which parts of some test images one network's answers hang on, by covering them and by gradients, beside the same of
/// a network with random weights.
struct OcclusionFigure: FigureContent {
    let network: Network

    var id: String { "occlusion-\(network.name)" }

    func title(_ input: FigureInput, _ words: Words) throws -> String {
        try words("occlusion.title", ["network": words.phrase(for: network)])
    }

    func caption(_ input: FigureInput, _ words: Words) throws -> String {
        try words("occlusion.caption", ["network": words.phrase(for: network)])
    }

    func altText(_ input: FigureInput, _ words: Words) throws -> String {
        let subject = FactSubject.network(network.name)
        let likeness = try Saliency.methods.compactMap { name, _ -> String? in
            guard let likeness = try input.facts.known(subject, "sight.\(name)") else { return nil }
            return try words("occlusion.likeness.\(name)", ["likeness": words(likeness)])
        }
        let images = try words(input.facts.quantity(subject, "sight.images"))
        let values = try ["network": words.phrase(for: network), "images": images]
        let first = try words("occlusion.alt", values)
        guard !likeness.isEmpty else { return first }
        return words.paragraph(
            first, try words("occlusion.alt.likeness", ["likeness": likeness.joined(separator: words("list.pause"))]))
    }

    private static let letters = ["a", "b", "c", "d", "", "e", "f", "g"]

    func body(_ input: FigureInput, _ words: Words, _ theme: Theme, _ format: Format) throws -> Column {
        let saliency = input.measured(network).inspection.saliency
        let test = input.dataset.test
        let images = saliency.trained.images.values.map { Int($0) }
        let rows = images.enumerated().map { place, image -> [Tile?] in
            func tiles(_ measured: Saliency) -> [Tile?] {
                Saliency.methods.map { measured[keyPath: $0.map].map(place, theme) }
            }
            return [test.tile(image, theme)] + tiles(saliency.trained) + [nil] + tiles(saliency.random)
        }
        let names = try zip(images, saliency.trained.classes.values).map { image, guess in
            let truth = Int(test.labels[image])
            return Int(guess) == truth
                ? try words.shortClassName(truth)
                : try words("occlusion.wrong", ["guess": words.shortClassName(Int(guess))])
        }
        return Column([
            ColorBar(colors: theme.signed, range: -1...1, title: try words("occlusion.scale")),
            TileGrid(rows: rows).with {
                $0.rowLabels = names
                $0.columnLabels = OcclusionFigure.letters
                $0.gap = Theme.denseTileGap
                $0.largestTile = Theme.historyTile
            },
        ])
    }

    func table(_ input: FigureInput) -> DataTable? {
        let saliency = input.measured(network).inspection.saliency
        let likeness = Saliency.methods.map { name, map in
            (name, saliency.trained[keyPath: map].magnitudeRankCorrelations(with: saliency.random[keyPath: map]))
        }
        let rows = saliency.trained.images.values.enumerated().map { place, image in
            [
                "\(Int(image) + 1)", "\(input.dataset.test.labels[Int(image)])",
                "\(Int(saliency.trained.classes.values[place]))", "\(saliency.trained.probabilities.values[place])",
                "\(saliency.random.probabilities.values[place])",
                "\(saliency.trained.completeness.values[place * 2 + 1])",
                "\(saliency.trained.completeness.values[place * 2])",
            ] + likeness.map { $1[place].map { "\($0)" } ?? "" }
        }
        return DataTable(
            header: [
                "test_image_from_1", "class", "answer", "probability", "probability_at_random_weights",
                "logit_less_that_of_black", "sum_of_integrated_gradients",
            ] + likeness.map { "rank_correlation_of_magnitudes_with_random_weights_\($0.0)" }, rows: rows)
    }
}

extension Tensor {
    /// One map, from its strongest negative to its strongest positive value, whichever reaches further.
    ///
    /// - Precondition: the shape is `[images, height, width]`.
    func map(_ index: Int, _ theme: Theme) -> Tile {
        let size = shape[1] * shape[2]
        let own = Array(values[index * size..<(index + 1) * size])
        let reach = max(own.lazy.map(abs).max() ?? 0, .leastNormalMagnitude)
        return Tile(values: own, width: shape[2], height: shape[1], range: -reach...reach, colors: theme.signed)
    }
}
