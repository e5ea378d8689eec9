import Learn

/// The figures of the article, each declared once.
public enum FigureCatalog {
    /// Every figure that these networks' runs can fill.
    ///
    /// - Parameters:
    ///   - networks: in the order in which the article tells of them; figures of one network repeat for each.
    ///   - hasStudy: whether there are runs with other seeds to tell of.
    public static func figures(for networks: [Network], hasStudy: Bool = false) -> [Figure] {
        var contents: [any FigureContent] = [SamplesGridFigure(), LabelBalanceFigure(), SamplesStripFigure()]
        if !networks.isEmpty { contents.append(SampleImageFigure(networks: networks)) }
        for network in networks { contents += figures(of: network) }
        if networks.count > 1 { contents.append(ComparisonFigure(networks: networks)) }
        if let first = networks.first, let last = networks.last, first != last {
            contents.append(ConfusionDifferenceFigure(network: last, other: first))
        }
        if !networks.isEmpty { contents.append(ClassScoresFigure(networks: networks)) }
        if hasStudy { contents += [StudyCurvesFigure(), StudyAccuracyFigure()] as [any FigureContent] }
        return contents.map(Figure.init)
    }

    private static func figures(of network: Network) -> [any FigureContent] {
        var contents: [any FigureContent] = [ArchitectureFigure(network: network), LossFigure(network: network)]
        contents += network.mapLayers.map { MapsFigure(network: network, layer: $0) }
        contents.append(ActivationsFigure(network: network))
        contents += network.convolutions.map { KernelsFigure(network: network, layer: $0) }
        contents += [
            KernelEvolutionFigure(network: network), ConfusionFigure(network: network),
            ConfusedPairsFigure(network: network), SureErrorsFigure(network: network),
        ]
        return contents
    }
}

extension Network {
    /// The layers whose outputs are maps.
    var mapLayers: [PlacedLayer] { architecture.observed.filter { $0.output.count == 3 } }

    var convolutions: [PlacedLayer] {
        architecture.placed.filter { if case .convolution = $0.layer { true } else { false } }
    }
}
