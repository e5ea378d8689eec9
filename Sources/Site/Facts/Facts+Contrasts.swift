import Learn

extension Facts {
    /// `compare.<network>.<other>.*`: networks' maps and kernels beside those of others.
    mutating func addContrasts(of pairs: [Relations.Pair], _ portraits: [SeedPortraits], _ runs: [Run]) {
        let named = Dictionary(
            zip(runs.map(\.name), portraits), uniquingKeysWith: { first, _ in first })
        for pair in pairs {
            guard let ours = named[pair.network], let theirs = named[pair.other] else { continue }
            func both(have layer: String) -> Bool {
                [ours, theirs].allSatisfy { $0.shown.maps[0].likeness[layer] != nil }
            }
            if both(have: "conv1") { addFirstContrast(.pair(pair), ours, theirs) }
            if both(have: "conv2") { addZeros(.pair(pair), ours, theirs) }
        }
    }

    /// Of the first convolutions.
    private mutating func addFirstContrast(_ subject: FactSubject, _ ours: SeedPortraits, _ theirs: SeedPortraits) {
        claim(
            subject, "redundancy",
            ours.verdict(onMapsBeside: theirs) { ours, theirs, scale in
                Comparison(
                    ours.redundancy.mean, to: theirs.redundancy.mean, places: 2,
                    tolerance: MapRedundancy.step * scale)
            })
        if let roles = ours.roles("conv1", beside: theirs, "conv1") { claim(subject, "roles", roles) }
        claim(subject, "smoothness", ours.smoothness("conv1", beside: theirs, "conv1"))
    }

    /// Of the outputs of the second convolutions.
    private mutating func addZeros(_ subject: FactSubject, _ ours: SeedPortraits, _ theirs: SeedPortraits) {
        claim(
            subject, "zeros",
            ours.verdict(onMapsBeside: theirs) { ours, theirs, scale in
                Comparison(
                    ours.zeroShare("conv2") * 100, to: theirs.zeroShare("conv2") * 100, places: 0,
                    tolerance: MapStatistics.step * 100 * scale)
            })
    }
}

extension SeedPortraits {
    /// How smooth a layer's kernels are beside another's, tested without any one of the filters and on other seeds.
    func smoothness(_ layer: String, beside other: SeedPortraits, _ otherLayer: String) -> RobustClaim<Comparison> {
        func smoothness(_ portrait: Portrait, _ layer: String) -> [Double] {
            portrait.kernels[layer]?.smoothnesses ?? []
        }
        let (ours, theirs) = (smoothness(shown, layer), smoothness(other.shown, otherLayer))
        return RobustClaim(
            (ours, theirs),
            parts: ours.indices.map { (ours.without($0), theirs) } + theirs.indices.map { (ours, theirs.without($0)) },
            otherSeeds: matching(other).map { (smoothness($0, layer), smoothness($1, otherLayer)) }
        ) { pair, scale in
            Comparison(mean(pair.0), to: mean(pair.1), places: 2, tolerance: KernelStatistics.step * scale)
        }
    }
}

extension KernelStatistics {
    /// From this difference of mean correlations between weights that touch on, kernels are smoother, or less so.
    static let step = 0.05
}

extension [Double] {
    /// All but one.
    func without(_ index: Int) -> [Double] { Array(self[..<index] + self[(index + 1)...]) }
}
