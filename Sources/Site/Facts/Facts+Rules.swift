import Learn

extension Facts {
    /// `rules.*`: the thresholds of the verdicts on maps and kernels, and how a verdict is tested.
    mutating func addRules(_ portraits: [SeedPortraits]) {
        add(.maps, "likeness", .decimal(MapRedundancy.likeness, places: 1), from: .rule)
        add(.maps, "role", .decimal(FilterRole.threshold, places: 2), from: .rule)
        add(.maps, "roleMargin", .decimal(FilterRole.margin, places: 2), from: .rule)
        add(.maps, "likenessStep", .decimal(MapLikeness.step, places: 2), from: .rule)
        add(.maps, "redundancyStep", .decimal(MapRedundancy.step, places: 2), from: .rule)
        add(.maps, "zerosStep", .counted(Int((MapStatistics.step * 100).rounded()), noun: "point"), from: .rule)
        add(.kernels, "likeness", .degrees(KernelStatistics.likeness), from: .rule)
        add(.kernels, "outlier", .multiple(KernelStatistics.outlier), from: .rule)
        add(.kernels, "structure", .decimal(KernelStatistics.structure, places: 1), from: .rule)
        add(.kernels, "step", .decimal(KernelStatistics.step, places: 2), from: .rule)
        add(.kernels, "early", .share(KernelStatistics.early, places: 0), from: .rule)
        add(.rules, "leaning", .counted(Int((FilterWorth.leaning * 100).rounded()), noun: "point"), from: .rule)
        add(.rules, "patches", .cardinal(StrongestPatches.count), from: .rule)
        add(.rules, "rolesNamed", .count(LayerRoles.mostNamed), from: .rule)
        add(.rules, "roleImages", .count(FilterRoles.mostImages), from: .rule)
        add(.rules, "roleSeedImages", .count(Portrait.otherSeedsImages), from: .rule)
        add(.rules, "probeImages", .count(Probes.mostImages), from: .rule)
        add(.rules, "probeRidge", .share(Probes.ridge, places: 0), from: .rule)
        add(.rules, "noiseImages", .count(Trust.noiseImages), from: .rule)
        add(.rules, "shift", .count(Trust.reach), from: .rule)
        add(.rules, "gradientSteps", .count(IntegratedGradients.steps), from: .rule)
        add(.rules, "mostly", .share(Confusion.mostly, places: 0), from: .rule)
        add(.rules, "uneven", .counted(Int((Confusion.uneven * 100).rounded()), noun: "point"), from: .rule)
        add(.rules, "margin", .share(1 - (Robustness.scales.min() ?? 1), places: 0), from: .rule)
        add(.rules, "agreement", .share(1 - Robustness.dissent, places: 0), from: .rule)
        let others = portraits.map(\.others.count).min() ?? 0
        add(.rules, "otherSeeds", others > 0 ? .counted(others, noun: "seed") : nil, from: .seeds)
        claim(.rules, "seeds", others > 0)
    }
}
