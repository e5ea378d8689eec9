import Learn

/// The figures of the article, each declared once.
public enum FigureCatalog {
    /// Every figure that these networks' runs can fill.
    ///
    /// - Parameters:
    ///   - networks: in the order in which the article tells of them; figures of one network repeat for each.
    ///   - relations: which of them are compared with which.
    ///   - hasStudy: whether there are runs with other seeds to tell of.
    ///   - hasFactors: whether there are runs of four networks that differ in two changes.
    public static func figures(
        for networks: [Network], relations: Relations, hasStudy: Bool, hasFactors: Bool = false
    ) -> [Figure] {
        (hero(for: networks) + data(for: networks) + networks.flatMap(figures)
            + comparisons(of: networks, relations: relations, hasStudy: hasStudy, hasFactors: hasFactors))
            .map(Figure.init)
    }

    /// The way of an image through the first network that has convolutions.
    static func hero(for networks: [Network]) -> [any FigureContent] {
        networks.first { !$0.convolutions.isEmpty }.map { [HeroFigure(network: $0)] } ?? []
    }

    /// Of the data, and of what the networks say to one image.
    static func data(for networks: [Network]) -> [any FigureContent] {
        [SamplesGridFigure(), LabelBalanceFigure(), SamplesStripFigure()]
            + (networks.isEmpty ? [] : [SampleImageFigure(networks: networks)])
    }

    /// Of the networks beside each other.
    static func comparisons(
        of networks: [Network], relations: Relations, hasStudy: Bool, hasFactors: Bool
    ) -> [any FigureContent] {
        var contents: [any FigureContent] = []
        let trained = networks.filter(\.isTrained)
        if networks.count > 1 {
            let pair = relations.gains(among: networks.map(\.name)).last
            contents.append(ParametersFigure(networks: networks, pair: pair))
        }
        if trained.count > 1 { contents.append(ComparisonFigure(networks: trained)) }
        contents += pooled(of: networks, relations) + differences(of: networks, relations)
        if !networks.isEmpty { contents.append(ClassScoresFigure(networks: networks)) }
        let convolutional = networks.filter { !$0.convolutions.isEmpty }
        if !convolutional.isEmpty { contents.append(SwitchedOffFigure(networks: convolutional)) }
        if !networks.isEmpty {
            contents += [
                ShiftsFigure(networks: networks), CalibrationFigure(networks: networks),
                ProbesFigure(networks: networks),
            ]
        }
        if networks.count > 1 { contents.append(SharedErrorsFigure()) }
        if hasStudy { contents += [StudyCurvesFigure(), StudyAccuracyFigure()] }
        return contents + (hasFactors ? [FactorsFigure()] : [])
    }

    /// Of the last maps of each network and the one that it comes after.
    private static func pooled(of networks: [Network], _ relations: Relations) -> [any FigureContent] {
        relations.steps(among: networks.map(\.name)).compactMap { pair in
            guard let network = networks.first(where: { $0.name == pair.network }), !network.mapLayers.isEmpty,
                let other = networks.first(where: { $0.name == pair.other }), !other.mapLayers.isEmpty
            else { return nil }
            return PooledFigure(network: network, other: other)
        }
    }

    /// Of the matrices of each network and the one that it comes after; a story tells of what all steps together gain.
    private static func differences(of networks: [Network], _ relations: Relations) -> [ConfusionDifferenceFigure] {
        let names = networks.map(\.name)
        let pairs = relations.hasStory ? relations.gains(among: names).suffix(1) : relations.steps(among: names)[...]
        return pairs.compactMap { pair in
            guard let network = networks.first(where: { $0.name == pair.network }),
                let other = networks.first(where: { $0.name == pair.other })
            else { return nil }
            let id = relations.hasStory ? "confusion-difference" : "difference-\(network.name)"
            return ConfusionDifferenceFigure(network: network, other: other, families: relations.families, id: id)
        }
    }

    static func figures(of network: Network) -> [any FigureContent] { parts(of: network).flatMap(\.contents) }

    /// A network's figures by what they tell of, in the order of its page.
    static func parts(of network: Network) -> [(part: NetworkPart, contents: [any FigureContent])] {
        NetworkPart.allCases.map { ($0, contents(of: network, $0)) }
    }

    private static func contents(of network: Network, _ part: NetworkPart) -> [any FigureContent] {
        let convolutions = network.convolutions
        func wished(_ layers: some Sequence<PlacedLayer>) -> [any FigureContent] {
            layers.map { WishedForFigure(network: network, layer: $0) }
        }
        switch part {
        case .architecture: return [ArchitectureFigure(network: network)]
        case .training: return network.isTrained ? [LossFigure(network: network)] : []
        case .outputs:
            let maps = network.mapLayers.flatMap { layer -> [any FigureContent] in
                [MapsFigure(network: network, layer: layer), MapClassesFigure(network: network, layer: layer)]
            }
            let pooling = PoolingFigure(network: network).map { [$0 as any FigureContent] } ?? []
            return maps + pooling + [ActivationsFigure(network: network)]
        case .weights:
            let kernels: [any FigureContent] = convolutions.map { KernelsFigure(network: network, layer: $0) }
            // Kernels of one plane each have a row of their own.
            let areFollowed = network.isTrained && convolutions.first?.input.last == 1
            return kernels + (areFollowed ? [KernelEvolutionFigure(network: network)] : [])
        case .filters:
            let worth: [any FigureContent] =
                convolutions.isEmpty ? [] : [NetworkSwitchedOffFigure(network: network)]
            return worth + convolutions.prefix(1).map { RolesFigure(network: network, layer: $0) }
                + convolutions.map { PatchesFigure(network: network, layer: $0) } + wished(convolutions)
        case .answers:
            return [
                ConfusionFigure(network: network), ConfusedPairsFigure(network: network),
                SureErrorsFigure(network: network), HangsOnFigure(network: network),
                OcclusionFigure(network: network), SpaceFigure(network: network),
            ] + wished(network.architecture.placed.suffix(1))
        }
    }
}

/// What a part of a network's page tells of.
enum NetworkPart: String, CaseIterable {
    case architecture, training, outputs, weights, filters, answers
}

extension Network {
    /// The layers whose outputs are maps.
    var mapLayers: [PlacedLayer] { architecture.observed.filter { $0.output.count == 3 } }

    var convolutions: [PlacedLayer] { architecture.convolutions }
}
