import Learn

/// The test images that all networks get wrong: where a label may be wrong, rather than the networks.
struct SharedErrors: Sendable, Equatable {
    struct Image: Sendable, Equatable {
        /// Position among the test images.
        let image: Int
        let truth: Int
        /// What each network answers.
        let guesses: [Int]
        /// Mean probability of the label over the networks.
        let probability: Double

        var isUnanimous: Bool { Set(guesses).count == 1 }
    }

    /// The least likely label first, the first of equal ones.
    let images: [Image]

    /// - Parameter runs: two or more; of fewer nothing is shared.
    init(_ runs: [Run], labels: [UInt8]) {
        guard runs.count > 1 else {
            images = []
            return
        }
        let guesses = runs.map(\.guesses)
        images = labels.indices.compactMap { image in
            let truth = Int(labels[image])
            guard guesses.allSatisfy({ $0[image] != truth }) else { return nil }
            let probabilities = runs.map { Double($0.probabilities(of: image)[truth]) }
            return Image(
                image: image, truth: truth, guesses: guesses.map { $0[image] }, probability: mean(probabilities))
        }.sorted { ($0.probability, $0.image) < ($1.probability, $1.image) }
    }

    /// On which all give the same answer.
    var unanimous: [Image] { images.filter(\.isUnanimous) }
}
