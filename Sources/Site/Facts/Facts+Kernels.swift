import Learn

extension Facts {
    /// `<network>.conv1.*` and `<network>.conv2.*`: range, norms, smoothness and likeness of the trained kernels.
    mutating func addKernels(_ portraits: SeedPortraits, of network: Network) {
        let portrait = portraits.shown
        for layer in network.convolutions.map(\.name) {
            guard let kernels = portrait.kernels[layer] else { continue }
            let subject = FactSubject.layer(layer, of: network.name)
            add(subject, "lowestWeight", .decimal(Double(kernels.range.lowerBound), places: 2), from: .weights)
            add(subject, "highestWeight", .decimal(Double(kernels.range.upperBound), places: 2), from: .weights)
            add(subject, "positiveShare", .share(kernels.positiveShare, places: 0), from: .weights)
            add(subject, "smoothness", .decimal(kernels.smoothness, places: 2), from: .weights, FactFormula.moran)
            add(subject, "noise", .decimal(kernels.noise, places: 2), from: .rule, "−1 / (n − 1)")
            add(subject, "alikePairs", .count(kernels.alikePairs()), from: .weights, FactFormula.angle)
            claim(subject, "alike", portraits.alikeKernels(layer))
            addNorms(kernels, subject)
        }
        if let start = portrait.start { addFirstKernels(portraits, start, of: network) }
    }

    /// What became of the first convolution's kernels, and what it means.
    private mutating func addFirstKernels(_ portraits: SeedPortraits, _ start: KernelStart, of network: Network) {
        let (portrait, first) = (portraits.shown, FactSubject.layer("conv1", of: network.name))
        add(
            first, "firstEpochShare", .share(start.firstEpochShare, places: 0), from: .kernelHistory,
            "‖w₁ − w₀‖ / ‖w − w₀‖")
        claim(
            first, "early",
            RobustClaim(start.firstEpochShare, otherSeeds: portraits.others.compactMap { $0.start?.firstEpochShare }) {
                share, scale in
                share > KernelStatistics.early * scale
            })
        add(
            first, "smoothnessAtStart", .decimal(start.kernels.smoothness, places: 2), from: .kernelHistory,
            FactFormula.moran)
        add(first, "startReach", .decimal(start.kernels.reach, places: 2), from: .kernelHistory)
        add(first, "reach", portrait.kernels["conv1"].map { .decimal($0.reach, places: 2) }, from: .weights)
        add(
            first, "similarity", .decimal(start.similarity, places: 2), from: .kernelHistory, "u · v / (‖u‖ ‖v‖)")
        claim(first, "structured", portraits.structured)
        if portrait.kernels["conv2"] != nil {
            claim(
                .layer("conv2", of: network.name), "smoothness",
                portraits.smoothness("conv2", beside: portraits, "conv1"))
        }
        claim(
            .network(network.name), "blurs",
            portraits.structured.outcome == true && portraits.repeats.outcome == true
                && portraits.alikeKernels("conv1").outcome == false)
    }

    private mutating func addNorms(_ kernels: KernelStatistics, _ subject: FactSubject) {
        func filters(_ places: [Int]) -> Quantity? {
            places.isEmpty
                ? nil : .filters(places.map { Quantity.Filter(number: $0 + 1, norm: kernels.norms[$0]) })
        }
        func norm(_ value: Double) -> Quantity { .decimal(value, places: 2) }
        add(subject, "lowestNorm", norm(kernels.norms.min() ?? 0), from: .weights, FactFormula.norm)
        add(subject, "medianNorm", norm(kernels.medianNorm), from: .weights, FactFormula.norm)
        add(subject, "highestNorm", norm(kernels.norms.max() ?? 0), from: .weights, FactFormula.norm)
        add(subject, "strongFilters", filters(kernels.strong()), from: .weights)
        add(subject, "weakFilters", filters(kernels.weak()), from: .weights)
        // What is said of single filters is said of this run alone: other seeds are not asked.
        claim(subject, "norms", RobustClaim(kernels) { NormOutliers($0, factor: KernelStatistics.outlier * $1) })
    }
}

/// On which side kernels lie whose norms stand out.
enum NormOutliers: String, CaseIterable {
    case even, strong, weak, both

    /// - Parameter factor: how far from the median a norm stands out; see ``KernelStatistics/outlier``.
    init(_ kernels: KernelStatistics, factor: Double) {
        switch (kernels.strong(factor).isEmpty, kernels.weak(factor).isEmpty) {
        case (true, true): self = .even
        case (false, true): self = .strong
        case (true, false): self = .weak
        case (false, false): self = .both
        }
    }
}

extension SeedPortraits {
    /// Whether two filters of a layer point in nearly the same or nearly the opposite direction.
    fileprivate func alikeKernels(_ layer: String) -> RobustClaim<Bool> {
        RobustClaim(shown.kernels[layer], otherSeeds: others.map { $0.kernels[layer] }) { kernels, scale in
            kernels.map { $0.alikePairs(below: KernelStatistics.likeness * scale) > 0 } ?? false
        }
    }

    /// Whether the first convolution's kernels have become smoother than the random numbers they started as, tested
    /// without any one of the filters.
    fileprivate var structured: RobustClaim<Bool> {
        func gains(_ portrait: Portrait) -> [Double] {
            zip(portrait.kernels["conv1"]?.smoothnesses ?? [], portrait.start?.kernels.smoothnesses ?? []).map {
                $0 - $1
            }
        }
        let shown = gains(shown)
        return RobustClaim(shown, parts: shown.indices.map(shown.without), otherSeeds: others.map(gains)) {
            mean($0) > KernelStatistics.structure * $1
        }
    }
}

extension KernelStatistics {
    /// A gain of smoothness over the random start that is no accident.
    static let structure = 0.2
    /// From this share of the distance that lies in the end between kernels and their initial values, the first epoch
    /// alone took them most of the way.
    static let early = 0.5
}

extension Run {
    func weight(_ name: String) -> Tensor? { weights.first { $0.name == name }?.tensor }
}
