import Learn

extension FigureInput {
    /// The shown test image on which the networks differ most: the one with the largest spread between them of the
    /// probability of its class; of a single network, the one to whose class it gives the lowest. Never the one that is
    /// followed; the first of equals. Nil where no other is shown.
    var disputedSample: SampleActivations? {
        guard let samples = runs.first?.samples else { return nil }
        let followed = runs.first?.chosenSample?.index
        let others = samples.filter { $0.index != followed }
        return others.min { (-dispute(over: $0), $0.index) < (-dispute(over: $1), $1.index) }
    }

    /// What sentences call that image.
    func nameOfDisputed(_ words: Words) throws -> String {
        try words(runs.count > 1 ? "disputed" : "disputed.alone")
    }

    /// How much the networks differ over an image, or one of them is wrong about it.
    private func dispute(over sample: SampleActivations) -> Float {
        let given = runs.map { $0.probabilities(of: sample.index)[sample.label] }.filter { !$0.isNaN }
        guard let lowest = given.min(), let highest = given.max() else { return 0 }
        return runs.count > 1 ? highest - lowest : 1 - lowest
    }

    /// What a network's layers make of the images that are looked at closely: the one that is followed through the
    /// layers, then the one on which the networks differ most.
    func followedSamples(of network: Network) -> [SampleActivations] {
        let run = run(of: network)
        let disputed = disputedSample.flatMap { sample in run.samples.first { $0.index == sample.index } }
        return [run.chosenSample, disputed].compactMap { $0 }
    }
}
