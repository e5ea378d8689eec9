import Learn

extension Facts {
    /// `sample.*`: the test image whose feature maps the article shows.
    mutating func addSample(_ run: Run) {
        guard let sample = run.chosenSample else { return }
        add(.sample, "label", .label(sample.label), from: .data)
        add(.sample, "number", .count(sample.index + 1), from: .data)
    }

    /// `<network>.<layer>.*`: dead channels, zeros, and likeness to the image, over the shown test images.
    mutating func addMaps(_ portraits: SeedPortraits, of network: Network) {
        let (name, maps) = (network.name, portraits.shown.maps[0])
        for layer in maps.layers {
            let subject = FactSubject.layer(layer.name, of: name)
            add(subject, "channels", .count(layer.statistics.channels), from: .architecture)
            add(subject, "dead", .count(layer.statistics.dead), from: .maps)
            add(subject, "zeroShare", .share(layer.statistics.zeroShare, places: 0), from: .maps)
            add(subject, "largest", .decimal(Double(layer.statistics.largest), places: 2), from: .maps)
            add(subject, "lowest", .decimal(Double(layer.statistics.lowest), places: 2), from: .maps)
            add(subject, "negativeShare", .share(layer.statistics.negativeShare, places: 0), from: .maps)
            // What is said of single maps is said of this run alone: other seeds are not asked.
            claim(
                subject, "deadMaps",
                RobustClaim(maps, parts: Array(portraits.shown.maps.dropFirst())) { maps, _ in maps.dead(layer.name) > 0
                }
            )
        }
        for layer in network.mapLayers.map(\.name) {
            guard let likeness = maps.likeness[layer] else { continue }
            let subject = FactSubject.layer(layer, of: name)
            add(subject, "likeness", .decimal(likeness.mean, places: 2), from: .maps, FactFormula.correlation)
        }
        if maps.likeness["conv1"] != nil { addFirstMaps(portraits, of: network) }
        claim(
            .network(name), "zerosByLayer",
            portraits.verdict { maps, _ in
                // Pooling can only lower the share: what it does to it says nothing of the layers' choice.
                let rectified = maps.layers.filter { !$0.name.contains("pool") }
                return Progression(rectified.map { $0.statistics.zeroShare * 100 }, places: 0)
            })
    }

    /// How the maps of the first convolution repeat each other, and how near they are to the image beside the second's.
    private mutating func addFirstMaps(_ portraits: SeedPortraits, of network: Network) {
        let (maps, first) = (portraits.shown.maps[0], FactSubject.layer("conv1", of: network.name))
        add(first, "redundancy", .decimal(maps.redundancy.mean, places: 2), from: .maps, FactFormula.correlation)
        add(first, "alikeMaps", .count(maps.redundancy.alikePairs()), from: .maps)
        claim(first, "repeats", portraits.repeats)
        guard maps.likeness["conv2"] != nil else { return }
        claim(
            .network(network.name), "fading",
            portraits.verdict { maps, scale in
                let (first, second) = (maps.likeness["conv1"]?.mean ?? 0, maps.likeness["conv2"]?.mean ?? 0)
                return Comparison(second, to: first, places: 2, tolerance: MapLikeness.step * scale)
            })
    }
}

extension SeedPortraits {
    /// Whether maps of the first convolution repeat each other.
    var repeats: RobustClaim<Bool> {
        verdict { maps, scale in maps.redundancy.alikePairs(above: MapRedundancy.likeness * scale) > 0 }
    }
}

extension MapLikeness {
    /// From this difference of mean correlations on, one layer's maps are less like the image than another's.
    static let step = 0.05
}

extension MapRedundancy {
    /// From this difference of mean correlations on, maps repeat each other more, or less.
    static let step = 0.03
}

extension MapStatistics {
    /// From this difference of shares on, more outputs are zero, or fewer.
    static let step = 0.02
}

/// How numbers go on in their order.
enum Progression: String, CaseIterable {
    /// Each is higher than the one before.
    case rising
    /// Each is lower than the one before.
    case falling
    /// Neither.
    case mixed

    /// - Parameter places: the decimal places with which the numbers are written, which decide.
    init(_ numbers: [Double], places: Int) {
        let written = numbers.map { Words.written($0, places: places) }
        let steps = Array(zip(written, written.dropFirst()))
        self =
            steps.isEmpty
            ? .mixed : steps.allSatisfy { $0 < $1 } ? .rising : steps.allSatisfy { $0 > $1 } ? .falling : .mixed
    }
}
