import Learn
import Render

/// One image on its way through a network: what the filters make of it, and what the answer is.
struct HeroFigure: FigureContent {
    let network: Network
    let id = "hero"
    let format = Format.wide

    func title(_ input: FigureInput, _ words: Words) throws -> String { try words("hero.title", values(input, words)) }

    func caption(_ input: FigureInput, _ words: Words) throws -> String {
        try words("hero.caption", values(input, words))
    }

    func altText(_ input: FigureInput, _ words: Words) throws -> String { try words("hero.alt", values(input, words)) }

    private func values(_ input: FigureInput, _ words: Words) throws -> [String: String] {
        func answer(_ name: String) throws -> String { try words(input.facts.quantity(.network(network.name), name)) }
        return try [
            "network": words.phrase(for: network), "label": words(input.facts.quantity(.sample, "label")),
            "layers": words.list(HeroScene.layers(of: network).map(\.name)), "guess": answer("sampleAnswer"),
            "probability": answer("sampleProbability"),
        ]
    }

    func body(_ input: FigureInput, _ words: Words, _ theme: Theme, _ format: Format) throws -> Column {
        guard var scene = try HeroScene(input.run(of: network), input.dataset, words, theme) else { return Column([]) }
        scene.isUpright = format == .narrow
        return Column([scene])
    }

    func table(_ input: FigureInput) -> DataTable? { nil }
}
