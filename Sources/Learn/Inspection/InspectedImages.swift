extension Dataset {
    /// The test images at which a network's answers are looked into: the first of each class that is shown, of ten
    /// classes at most, then those of whose wrong class it was surest, four at most and none twice.
    ///
    /// - Parameter predictions: of the test images, `[test images, classes]`.
    /// - Returns: positions in the test set.
    func inspectedImages(_ predictions: Tensor) -> [Int] {
        var seen: Set<UInt8> = []
        let first = shownSamples.filter { seen.insert(test.labels[$0]).inserted }.prefix(Dataset.mostInspectedClasses)
        let classes = predictions.shape[1]
        let errors = predictions.likeliestClasses.enumerated().compactMap { image, guess -> (Float, Int)? in
            guess == test.labels[image] ? nil : (predictions.values[image * classes + Int(guess)], image)
        }
        let surest = errors.sorted { ($1.0, $0.1) < ($0.0, $1.1) }.map(\.1)
        return Array(first) + surest.filter { !first.contains($0) }.prefix(Dataset.mostInspectedErrors)
    }

    static let mostInspectedClasses = 10
    static let mostInspectedErrors = 4
}
