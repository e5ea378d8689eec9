import Learn

/// What verdicts on a run's maps, kernels and answers are passed on: measures, without its weights and activations.
public struct Portrait: Sendable {
    /// Nil for a model that was not trained here.
    let training: TrainingRecord?
    /// Over all the images that the article shows, then over the first of each class and over the others, as far as
    /// there are others.
    let maps: [MapMeasures]
    /// Trained kernels of each convolution, by its name.
    let kernels: [String: KernelStatistics]
    /// What the first convolution's kernels were; nil without a convolution, and where it is not known.
    let start: KernelStart?
    /// Answers to all test images, then to the first half of them and to the other.
    let answers: [Confusion]
    /// What the high probabilities of these answers are worth.
    let confidence: Confidence
    /// What all their probabilities are worth: of all test images, then of the first half of them and of the other.
    let calibration: [Calibration]
    /// What each filter looks for, layer by layer.
    let roles: [LayerRoles]

    /// Test images, evenly spread, over which the filters of runs with other seeds are compared with plain patterns: of
    /// many such runs, as many images as of the one told of would take seconds.
    public static let otherSeedsImages = 250

    var seed: UInt64? { training?.configuration.seed }

    /// - Parameters:
    ///   - run: the run, of one epoch at least.
    ///   - network: its network.
    ///   - roles: of its filters.
    ///   - test: the test images.
    public init(_ run: Run, of network: Network, roles: FilterRoles, test: Split) {
        training = run.training
        maps = MapMeasures.all(run.samples, of: network, images: test)
        let suffix = ".kernel"
        let convolutions = run.weights.filter { $0.tensor.shape.count == 4 && $0.name.hasSuffix(suffix) }
        kernels = Dictionary(
            convolutions.map { (String($0.name.dropLast(suffix.count)), KernelStatistics($0.tensor)) },
            uniquingKeysWith: { $1 })
        start = run.training.flatMap(KernelStart.init)
        confidence = Confidence(run, labels: test.labels)
        let (guesses, half) = (run.guesses, test.count / 2)
        let parts = [0..<test.count] + (half > 0 ? [0..<half, half..<test.count] : [])
        answers = parts.map { Confusion(guesses[$0], labels: test.labels[$0], classes: run.predictions.shape[1]) }
        calibration = parts.map { Calibration(run, labels: test.labels, images: $0) }
        self.roles = roles.layers.map { LayerRoles($0) }
    }
}

/// Measures of a network's maps over some of the images that the article shows.
struct MapMeasures: Sendable {
    /// Each layer but the last, whose outputs are the answers, in order.
    let layers: [(name: String, statistics: MapStatistics)]
    /// Of each layer that has maps.
    let likeness: [String: MapLikeness]
    /// Of the first convolution.
    let redundancy: MapRedundancy

    func zeroShare(_ layer: String) -> Double { layers.first { $0.name == layer }?.statistics.zeroShare ?? 0 }

    func dead(_ layer: String) -> Int { layers.first { $0.name == layer }?.statistics.dead ?? 0 }
}

extension MapMeasures {
    /// Over all images, over the first of each class, over the others; the halves only if there are both.
    fileprivate static func all(
        _ samples: [SampleActivations], of network: Network, images: Split
    ) -> [MapMeasures] {
        let names = (samples.first?.outputs ?? []).dropLast().map(\.name)
        let likeness = network.mapLayers.map { layer in
            (layer.name, MapLikeness.correlations(samples, layer: layer.name, images: images, network: network))
        }
        let correlations = MapRedundancy.correlations(samples, layer: "conv1")
        var seen: Set<Int> = []
        let first = samples.indices.filter { seen.insert(samples[$0].label).inserted }
        let others = samples.indices.filter { !first.contains($0) }
        return ([Array(samples.indices)] + (others.isEmpty ? [] : [first, others])).map { places in
            let chosen = places.map { samples[$0] }
            return MapMeasures(
                layers: names.map { ($0, MapStatistics(chosen, layer: $0)) },
                likeness: Dictionary(
                    likeness.map { name, images in (name, MapLikeness(places.map { images[$0] })) },
                    uniquingKeysWith: { $1 }),
                // Without a first convolution there are none.
                redundancy: MapRedundancy(correlations.isEmpty ? [] : places.map { correlations[$0] }))
        }
    }
}

/// The portrait of a run that the article tells of, with those of runs that differ in nothing but the seed.
struct SeedPortraits {
    let shown: Portrait
    let others: [Portrait]

    /// A verdict on the maps, tested on either half of the images and on other seeds.
    func verdict<Outcome>(
        onMaps rule: (_ maps: MapMeasures, _ scale: Double) -> Outcome
    ) -> RobustClaim<Outcome> {
        RobustClaim(
            shown.maps[0], parts: Array(shown.maps.dropFirst()), otherSeeds: others.map { $0.maps[0] }, rule: rule)
    }

    /// A verdict on these maps beside those of another network, tested in the same way.
    func verdict<Outcome>(
        onMapsBeside other: SeedPortraits,
        rule: (_ ours: MapMeasures, _ theirs: MapMeasures, _ scale: Double) -> Outcome
    ) -> RobustClaim<Outcome> {
        let halves = zip(shown.maps, other.shown.maps).dropFirst()
        return RobustClaim(
            (shown.maps[0], other.shown.maps[0]), parts: halves.map { $0 },
            otherSeeds: matching(other).map { ($0.maps[0], $1.maps[0]) }
        ) { rule($0.0, $0.1, $1) }
    }

    /// Portraits of both networks with the same other seeds.
    func matching(_ other: SeedPortraits) -> [(Portrait, Portrait)] {
        others.flatMap { ours in other.others.filter { $0.seed != nil && $0.seed == ours.seed }.map { (ours, $0) } }
    }
}
