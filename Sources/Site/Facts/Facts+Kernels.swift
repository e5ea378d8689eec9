import Learn

extension Facts {
    /// `<network>.conv1.*` and `<network>.conv2.*`: range, norms, smoothness and likeness of the trained kernels.
    mutating func addKernels(_ portraits: SeedPortraits, of network: Network) {
        let portrait = portraits.shown
        for (layer, kernels) in portrait.kernels {
            let subject = FactSubject.layer(layer, of: network.name)
            add(subject, "lowestWeight", .decimal(Double(kernels.range.lowerBound), places: 2), from: .weights)
            add(subject, "highestWeight", .decimal(Double(kernels.range.upperBound), places: 2), from: .weights)
            add(subject, "smoothness", .decimal(kernels.smoothness, places: 2), from: .weights, FactFormula.moran)
            add(subject, "noise", .decimal(kernels.noise, places: 2), from: .rule, "−1 / (n − 1)")
            add(subject, "alikePairs", .count(kernels.alikePairs()), from: .weights, FactFormula.angle)
            claim(subject, "alike", portraits.alikeKernels(layer))
            addNorms(kernels, subject)
        }
        addFirstKernels(portraits, of: network)
    }

    /// What became of the first convolution's kernels, and what it means.
    private mutating func addFirstKernels(_ portraits: SeedPortraits, of network: Network) {
        let (portrait, first) = (portraits.shown, FactSubject.layer("conv1", of: network.name))
        add(
            first, "firstEpochShare", .share(portrait.firstEpochShare, places: 0), from: .kernelHistory,
            "‖w₁ − w₀‖ / ‖w − w₀‖")
        claim(
            first, "early",
            RobustClaim(portrait.firstEpochShare, otherSeeds: portraits.others.map(\.firstEpochShare)) { share, scale in
                share > KernelStatistics.early * scale
            })
        add(
            first, "smoothnessAtStart", .decimal(portrait.start.smoothness, places: 2), from: .kernelHistory,
            FactFormula.moran)
        claim(first, "structured", portraits.structured)
        claim(
            .layer("conv2", of: network.name), "smoothness", portraits.smoothness("conv2", beside: portraits, "conv1"))
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
            zip(portrait.kernels["conv1"]?.smoothnesses ?? [], portrait.start.smoothnesses).map { $0 - $1 }
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

    /// The first convolution's kernel before training, `[height, width, in, out]`.
    var initialKernel: Tensor {
        Tensor(shape: Array(kernelHistory.shape.dropFirst()), values: Array(kernel(afterEpoch: 0)))
    }

    /// Euclidean distance of the first convolution's kernel from its initial value after the first epoch, as a share of
    /// the distance in the end; 0 if it never moved. How long the way was that it went is another matter.
    var kernelProgressInFirstEpoch: Double {
        let whole = distance(kernel(afterEpoch: history.count))
        return whole > 0 ? distance(kernel(afterEpoch: 1)) / whole : 0
    }

    private func distance(_ kernel: ArraySlice<Float>) -> Double {
        zip(kernel, self.kernel(afterEpoch: 0)).map { Double($0) - Double($1) }.map { $0 * $0 }.reduce(0, +)
            .squareRoot()
    }

    private func kernel(afterEpoch epoch: Int) -> ArraySlice<Float> {
        let size = kernelHistory.shape.dropFirst().reduce(1, *)
        return kernelHistory.values[epoch * size..<(epoch + 1) * size]
    }
}
