import Learn

/// What two networks answer to the test images after equally many epochs: the last that both have. Where one of them
/// came with its weights, it is what they answer in the end.
struct PairedAnswers {
    let ours, theirs: Confusion

    /// - Parameter labels: the test images' true classes.
    init(_ run: Run, _ other: Run, labels: [UInt8]) {
        guard let training = run.training, let otherTraining = other.training else {
            (ours, theirs) = (Confusion(matrix: run.confusionMatrix), Confusion(matrix: other.confusionMatrix))
            return
        }
        let epoch = min(training.history.count, otherTraining.history.count)
        let classes = run.confusionMatrix.count
        func confusion(_ training: TrainingRecord) -> Confusion {
            Confusion(answers: training.answers(afterEpoch: epoch), labels: labels, classes: classes)
        }
        (ours, theirs) = (confusion(training), confusion(otherTraining))
    }

    /// How many more images of each class the one gets right than the other.
    var gains: [Int] { ours.matrix.indices.map { ours.matrix[$0][$0] - theirs.matrix[$0][$0] } }

    /// How many more images of other classes the one takes for each class than the other.
    var wrongGains: [Int] {
        difference.indices.map { guess in difference.reduce(0) { $0 + $1[guess] } - difference[guess][guess] }
    }

    /// How many more images of a class (row) the one takes for a class (column) than the other.
    var difference: [[Int]] { zip(ours.matrix, theirs.matrix).map { zip($0, $1).map { $0 - $1 } } }
}

extension Confusion {
    /// - Parameters:
    ///   - answers: one an image.
    ///   - labels: the images' true classes.
    ///   - classes: how many there are.
    init(answers: some Collection<UInt8>, labels: [UInt8], classes: Int) {
        var matrix = [[Int]](repeating: [Int](repeating: 0, count: classes), count: classes)
        for (answer, label) in zip(answers, labels) { matrix[Int(label)][Int(answer)] += 1 }
        self.init(matrix: matrix)
    }
}
