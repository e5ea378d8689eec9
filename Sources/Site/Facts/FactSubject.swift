import Learn

/// What a fact or claim is about: its key begins with it, and its definition is worded for its kind.
public enum FactSubject: Sendable, Hashable {
    case data
    /// The test image that is followed through the layers.
    case sample
    /// All networks beside each other.
    case all
    /// Thresholds of the verdicts on maps, of those on kernels, and of the others.
    case maps, kernels, rules
    /// What several seeds tell.
    case study
    case network(String)
    case layer(String, of: String)
    /// Classes that are alike, and a network's mistakes among them.
    case family(String, of: String)
    /// How a network answers to the images of a class, from 0, and with it.
    case label(Int, of: String)
    /// A network after as many epochs as every other was trained, too.
    case equal(String)
    /// The runs of a network with several seeds.
    case seeds(String)
    /// Four networks that differ in two changes.
    case factors
    /// One of these networks; of two changes it has all whose names are given.
    case cell(FactorialStudy.Cell, having: [String])
    /// What one of the two changes does, or both beyond that; the changes by their keys.
    case contrast(FactorialStudy.Contrast, of: [String])
    /// A network beside the one with which it is compared.
    case pair(Relations.Pair)
    /// The one with which it is compared, after as many epochs.
    case other(Relations.Pair)
}

extension FactSubject {
    /// What keys begin with.
    var prefix: String {
        switch self {
        case .network(let network): network
        case .layer(let layer, let network): "\(network).\(layer)"
        case .family(let family, let network): "\(network).family.\(family)"
        case .label(let label, let network): "\(network).class.\(label)"
        case .equal(let network): "\(network).equal"
        case .seeds(let network): "study.\(network)"
        case .cell(let cell, _): "factors.\(cell.rawValue)"
        case .contrast(let contrast, _): "factors.\(contrast.rawValue)"
        case .pair(let pair): "compare.\(pair.network).\(pair.other)"
        case .other(let pair): "compare.\(pair.network).\(pair.other).other"
        default: kind
        }
    }

    /// What definitions are worded for, whatever network or layer it is.
    var kind: String {
        switch self {
        case .data: "data"
        case .sample: "sample"
        case .all: "all"
        case .maps: "maps"
        case .kernels: "kernels"
        case .rules: "rules"
        case .study: "study"
        case .network: "network"
        case .layer: "layer"
        case .family: "family"
        case .label: "label"
        case .equal: "equal"
        case .seeds: "seeds"
        case .factors: "factors"
        case .cell: "cell"
        case .contrast(.interaction, _): "interaction"
        case .contrast: "factor"
        case .pair: "pair"
        case .other: "other"
        }
    }

    /// The network that it is about; nil if it is not about one.
    var network: String? {
        switch self {
        case .network(let network), .layer(_, let network), .family(_, let network), .label(_, let network),
            .equal(let network), .seeds(let network):
            network
        case .pair(let pair), .other(let pair): pair.network
        default: nil
        }
    }

    /// What fills the placeholders of a definition.
    func values(_ words: Words) throws -> [String: String] {
        var values: [String: String] = [:]
        if let network { values["network"] = try words("network.\(network).phrase") }
        switch self {
        case .layer(let layer, _): values["layer"] = layer
        case .family(let family, _): values["family"] = family
        case .label(let label, _): values["label"] = try words(.label(label))
        case .cell(let cell, let factors): values["cell"] = try words.name(of: cell, factors)
        case .contrast(_, let factors):
            for (place, key) in zip(["factor", "other"], factors) { values[place] = try words("factor.\(key)") }
        case .pair(let pair), .other(let pair): values["other"] = try words("network.\(pair.other).phrase")
        default: break
        }
        return values
    }
}
