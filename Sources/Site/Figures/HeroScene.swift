import Learn
import Render

/// An image, the maps that a network's first convolution makes of it, each beside its kernel, those of the second one,
/// and the answer, with lines that lead from one to the next.
struct HeroScene {
    let image: Tile
    let first: Stage
    /// Nil for a network with one convolution.
    let second: Stage?
    let answers: [HeroAnswers.Answer]
    /// Whether it goes down the page, or from left to right.
    var isUpright = false
    /// Of the labels; the answers' size follows it.
    var font = Theme.label

    /// Maps of a layer.
    struct Stage {
        let name: String
        let maps: [Tile]
        /// Of the maps, in their order; none where a filter has too many planes to be seen.
        let kernels: [Tile]
    }

    /// Most maps of the first convolution, and of the second.
    private static let mostFirst = 6
    private static let mostSecond = 16
    private static let answerCount = 3

    /// The convolutions that are shown.
    static func layers(of network: Network) -> [PlacedLayer] { Array(network.convolutions.prefix(2)) }

    /// The way of the image that a run follows; nil for a network without convolutions.
    init?(_ run: Run, _ dataset: Dataset, _ words: Words, _ theme: Theme) throws {
        let layers = HeroScene.layers(of: run.network)
        guard let layer = layers.first, let sample = run.chosenSample else { return nil }
        image = dataset.test.tile(sample.index, theme)
        let kernel = run.weight("\(layer.name).kernel")
        let plates = MapPlates(sample, layer, of: run.network)
        let filters = plates.strongest(HeroScene.mostFirst)
        first = Stage(
            name: layer.name, maps: filters.map { plates.tile($0, theme) },
            kernels: kernel.map { kernel in filters.map { kernel.filterTile($0, theme) } } ?? [])
        second = layers.dropFirst().first.map { layer in
            let plates = MapPlates(sample, layer, of: run.network)
            let maps = plates.strongest(HeroScene.mostSecond).map { plates.tile($0, theme) }
            return Stage(name: layer.name, maps: maps, kernels: [])
        }
        let probabilities = run.probabilities(of: sample.index)
        let ranked = probabilities.indices.sorted { (-probabilities[$0], $0) < (-probabilities[$1], $1) }
        answers = try ranked.prefix(HeroScene.answerCount).enumerated().map { rank, label in
            HeroAnswers.Answer(
                name: try words.className(label), probability: try words.probability(probabilities[label]),
                share: Double(probabilities[label]), isFirst: rank == 0)
        }
    }
}

extension HeroScene: Component {
    func size(in width: Double, _ style: Style) -> Size { layout(Point(0, 0), width).size }

    func draw(in frame: Rect, on drawing: inout Drawing, _ style: Style) {
        let layout = layout(Point(frame.x, frame.y), frame.width)
        let lines = layout.lines(isUpright: isUpright)
        drawing.stroke(.lines(lines), Stroke(style.theme.mutedInk.opacity(0.45), width: Theme.hairline))
        drawing.add(image, in: layout.image, style.theme)
        for (kernel, place) in zip(first.kernels, layout.kernels) { drawing.add(kernel, in: place, style.theme) }
        for (map, place) in zip(first.maps, layout.first) { drawing.add(map, in: place, style.theme) }
        for (map, place) in zip(second?.maps ?? [], layout.second) { drawing.add(map, in: place, style.theme) }
        for (name, place) in zip([first.name] + (second.map { [$0.name] } ?? []), layout.names) {
            let at = Point(place.x, place.y + font.baseline)
            let width = style.width(of: name, in: font)
            // Lines end beside a name, and do not run through it.
            drawing.fill(.rectangle(Rect(place.x - 2, place.y, width + 6, font.lineHeight)), style.theme.background)
            drawing.add(.text(TextLine(name, at: at, font: font, color: style.theme.mutedInk)))
        }
        HeroAnswers(answers: answers, font: font).draw(in: layout.answers, on: &drawing, style)
    }

    private func layout(_ origin: Point, _ width: Double) -> HeroLayout {
        let counts = (first: first.maps.count, second: second?.maps.count ?? 0)
        let answers = HeroAnswers(answers: answers, font: font)
        return isUpright
            ? HeroLayout(downFrom: origin, width, counts, hasKernels: !first.kernels.isEmpty, answers)
            : HeroLayout(acrossFrom: origin, width, counts, hasKernels: !first.kernels.isEmpty, answers)
    }
}
