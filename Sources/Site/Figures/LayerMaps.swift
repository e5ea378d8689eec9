import Learn
import Render

/// The maps of one layer, and what figures of them have to say alike.
struct LayerMaps {
    let network: Network
    let layer: PlacedLayer

    var output: LayerOutput { network.output(of: layer) }
    var isSigned: Bool { output == .signed }
    var channels: Int { layer.output[2] }
    /// What the maps are drawn for where there is room.
    var format: Format { channels >= 6 ? .wide : .column }

    func names(_ words: Words) throws -> [String: String] {
        ["network": try words.phrase(for: network), "layer": layer.name, "shape": try words(.shape(layer.output))]
    }

    func statistics(_ input: FigureInput) -> MapStatistics { input.measured(network).maps(of: layer.name) }

    /// Channels that answer to none of the shown images.
    func dead(_ input: FigureInput) -> Set<Int> { Set(statistics(input).deadChannels) }

    /// What each filter looks for, in a word or two; empty for one without a plain role. Of layers whose filters are not
    /// told one by one, nil.
    func roles(_ input: FigureInput, _ words: Words) throws -> [String]? {
        guard case .convolution = layer.layer, channels <= LayerRoles.mostNamed else { return nil }
        let measured = input.measured(network).roles.first { $0.layer == layer.name }
        return try measured?.roles.map { try words.name(of: $0) ?? "" }
    }

    /// The values that the layer has, over the shown images.
    func range(_ input: FigureInput, _ words: Words) throws -> String {
        let subject = FactSubject.layer(layer.name, of: network.name)
        return try words(
            isSigned ? "maps.range.signed" : "maps.range",
            [
                "lowest": words(input.facts.quantity(subject, "lowest")),
                "largest": words(input.facts.quantity(subject, "largest")),
            ])
    }

    /// What kind of values the colours of the maps stand for.
    func scaleTitle(_ words: Words) throws -> String {
        switch output {
        case .rectified: try words("maps.scale")
        case .bounded(let activation):
            try words("maps.scale.bounded", ["activation": words.description(of: .activation(activation))])
        case .signed: try words("maps.scale.signed")
        case .pixels: try words("maps.scale.pixels")
        }
    }

    func deadSentence(_ input: FigureInput, _ words: Words, _ key: String) throws -> String {
        let dead = statistics(input).deadChannels
        return try words(
            dead.isEmpty ? "\(key).alive" : dead.count == 1 ? "\(key).dead.one" : "\(key).dead",
            [
                "count": words.count(dead.count), "maps": words.list(dead.map { String($0 + 1) }),
                "images": words(input.facts.quantity(.data, "shown").bare),
            ])
    }

    /// What the sign on a map that is crossed out stands for; nothing where none is.
    func deadLegend(_ input: FigureInput, _ words: Words, _ theme: Theme) throws -> [any Component] {
        dead(input).isEmpty ? [] : [Legend([(.cross(theme.alert), try words("maps.deadSign"))])]
    }
}

extension Words {
    /// What a filter looks for; nil for one without a plain role.
    func name(of role: FilterRole) throws -> String? {
        guard let kind = role.kind else { return nil }
        return try self("pattern.\(kind == .darkness ? kind.rawValue : role.pattern.rawValue)")
    }
}
