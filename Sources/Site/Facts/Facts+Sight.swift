import Learn

extension Facts {
    /// `<network>.sight.*`, `<network>.<layer>.patches.*` and `<network>.<layer>.wished.*`: what filters answer to, and
    /// what answers hang on.
    mutating func addSight(_ inspection: Inspection, labels: [UInt8], of network: String) {
        let (subject, saliency) = (FactSubject.network(network), inspection.saliency)
        add(subject, "sight.images", .count(saliency.trained.images.values.count), from: .inspection)
        let likeness = Saliency.methods.map { saliency.likeness($0.map) }
        for (method, likeness) in zip(Saliency.methods, likeness) {
            add(subject, "sight.\(method.name)", likeness.map { .decimal($0, places: 2) }, from: .inspection)
        }
        add(
            subject, "sight.completeness", saliency.trained.incompleteness.map { .share($0, places: 1) },
            from: .inspection, "|Σ parts − (z(x) − z(0))| / |z(x) − z(0)|")
        claim(subject, "sight.compared", likeness.allSatisfy { $0 != nil } && saliency.trained.incompleteness != nil)
        for patches in inspection.patches {
            let subject = FactSubject.layer(patches.layer, of: network)
            add(subject, "patches.silent", .count(patches.silent.count), from: .inspection)
            add(subject, "patches.pure", .count(patches.pure(labels).count), from: .inspection)
            let wished = inspection.wished.trained.first { $0.layer == patches.layer }
            let factor = wished?.excess(over: patches)
            add(subject, "wished.factor", factor.map { .decimal($0, places: 1) }, from: .inspection)
            claim(subject, "wished.compared", factor != nil)
        }
    }
}

extension Saliency {
    /// The maps that are held against those of random weights, by the names of their facts.
    static let methods: [(name: String, map: KeyPath<Saliency, Tensor> & Sendable)] = [
        ("black", \.coveredBlack), ("blurred", \.coveredBlurred), ("integrated", \.integratedGradients),
    ]

    /// By how much the parts of the logit miss what they should add up to, as a share of it: the largest of all images;
    /// nil if all should add up to nothing.
    var incompleteness: Double? {
        stride(from: 0, to: completeness.values.count, by: 2).compactMap { index -> Double? in
            let (sum, difference) = (Double(completeness.values[index]), Double(completeness.values[index + 1]))
            return difference == 0 ? nil : abs(sum - difference) / abs(difference)
        }.max()
    }
}

extension Compared<Saliency> {
    /// Spearman's rank correlation of the magnitudes of the network's map with those of random weights', the mean over
    /// the images; nil if a map of each image is the same everywhere.
    func likeness(_ map: KeyPath<Saliency, Tensor>) -> Double? {
        let found = trained[keyPath: map].magnitudeRankCorrelations(with: random[keyPath: map]).compactMap { $0 }
        return found.isEmpty ? nil : found.reduce(0, +) / Double(found.count)
    }
}

extension StrongestPatches {
    /// Filters without an answer.
    var silent: [Int] { (0..<filters).filter { answers(of: $0).isEmpty } }

    /// Filters whose strongest answers, as many as are kept, are all to images of one class.
    func pure(_ labels: [UInt8]) -> [Int] {
        (0..<filters).filter { filter in
            let answers = answers(of: filter)
            return answers.count == StrongestPatches.count && Set(answers.map { labels[$0.image] }).count == 1
        }
    }
}

extension WishedImages {
    /// How many times as much as to any test image the filters answer to the images made for them, the median; nil
    /// without a filter that answers with more than zero.
    func excess(over patches: StrongestPatches) -> Double? {
        let factors = (0..<patches.filters).compactMap { filter -> Double? in
            guard let strongest = patches.answers(of: filter).first, strongest.value > 0 else { return nil }
            return Double(values.values[filter]) / Double(strongest.value)
        }.sorted()
        guard !factors.isEmpty else { return nil }
        return (factors[(factors.count - 1) / 2] + factors[factors.count / 2]) / 2
    }
}
