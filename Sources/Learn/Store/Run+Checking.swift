extension Run {
    /// Whether the parts agree with one another and with the network, and every number is one.
    func check() throws(RunDefect) {
        try training?.configuration.check()
        if let training { try training.history.check(count: training.configuration.epochs, of: training.configuration) }
        let shapes = architecture
        try weights.check(against: shapes.parameters.map { ($0.name, $0.shape) })
        if let training { try training.checkKernels() }
        try checkPredictions()
        if let training { try training.checkAnswers(to: predictions) }
        try checkConfusion()
        for sample in samples {
            guard (0..<predictions.shape[0]).contains(sample.index) else { throw .outOfRange("a sample's index") }
            guard (0..<shapes.classes).contains(sample.label) else { throw .outOfRange("a sample's label") }
            try sample.outputs.check(against: shapes.observed.map { ($0.name, $0.output) })
        }
        guard Set(samples.map(\.index)).count == samples.count else { throw .outOfRange("a repeated sample") }
    }

    private func checkPredictions() throws(RunDefect) {
        try predictions.check("predictions", shape: [predictions.shape.first ?? 0, architecture.classes])
        // A sum of exponentials that was rounded may let a probability exceed 1 by as much.
        guard predictions.values.allSatisfy({ $0 >= 0 && $0 <= 1.0001 }) else { throw .outOfRange("a prediction") }
    }

    /// Each column of the confusion matrix must count its class among the likeliest.
    private func checkConfusion() throws(RunDefect) {
        let (classes, images) = (architecture.classes, predictions.shape[0])
        var counts = [Int](repeating: 0, count: classes)
        for answer in predictions.likeliestClasses { counts[Int(answer)] += 1 }
        guard confusionMatrix.count == classes, confusionMatrix.allSatisfy({ $0.count == classes }),
            confusionMatrix.joined().allSatisfy((0...images).contains),
            (0..<classes).allSatisfy({ guess in confusionMatrix.reduce(0) { $0 + $1[guess] } == counts[guess] })
        else { throw .wrongConfusionMatrix }
    }
}

extension TrainingRecord {
    fileprivate func checkKernels() throws(RunDefect) {
        let shape = configuration.architecture.kernelHistory(epochs: configuration.epochs)
        try kernelHistory.check("kernelHistory", shape: shape)
    }

    /// The last answers must be the likeliest classes.
    fileprivate func checkAnswers(to predictions: Tensor) throws(RunDefect) {
        let images = predictions.shape[0]
        try answerHistory.check(
            epochs: configuration.epochs, images: images, classes: configuration.architecture.classes)
        guard answerHistory.values.suffix(images).elementsEqual(predictions.likeliestClasses) else {
            throw .wrongAnswers
        }
    }
}

extension Configuration {
    func check() throws(RunDefect) {
        guard network.wholeMatch(of: /[A-Za-z0-9][A-Za-z0-9_-]*/) != nil else {
            throw .outOfRange("the network's name")
        }
        guard (1..<Int(Int32.max)).contains(epochs) else { throw .outOfRange("epochs") }
        guard batchSize >= 1 else { throw .outOfRange("batchSize") }
        try optimizer.check()
    }
}

extension [EpochMetrics] {
    func check(count expected: Int, of configuration: Configuration) throws(RunDefect) {
        guard count == expected else {
            throw .wrongCount(of: "epochs in the history", found: count, expected: expected)
        }
        for (index, epoch) in enumerated() {
            guard (epoch.evaluatedTrain != nil) == configuration.evaluatesTraining(afterEpoch: index + 1) else {
                throw .wrongEvaluation(epoch: index + 1)
            }
            for loss in [epoch.trainLoss, epoch.testLoss, epoch.evaluatedTrain?.loss ?? 0] {
                guard loss.isFinite else { throw .notFinite(name: "a loss") }
                guard loss >= 0 else { throw .outOfRange("a loss") }
            }
            for accuracy in [epoch.trainAccuracy, epoch.testAccuracy, epoch.evaluatedTrain?.accuracy ?? 0] {
                guard accuracy.isFinite else { throw .notFinite(name: "an accuracy") }
                guard accuracy >= 0, accuracy <= 1 else { throw .outOfRange("an accuracy") }
            }
        }
    }
}

extension [NamedTensor] {
    /// Whether these are the expected tensors in the expected order.
    func check(against expected: [(name: String, shape: [Int])]) throws(RunDefect) {
        for (found, expected) in zip(self, expected) {
            guard found.name == expected.name else { throw .unexpectedTensor(name: found.name) }
            try found.tensor.check(found.name, shape: expected.shape)
        }
        guard count <= expected.count else { throw .unexpectedTensor(name: self[expected.count].name) }
        guard count == expected.count else { throw .safetensors(.missingTensor(name: expected[count].name)) }
    }
}

extension ByteTensor {
    /// Whether these are classes of each image after each epoch.
    func check(epochs: Int, images: Int, classes: Int) throws(RunDefect) {
        let expected = [epochs, images]
        guard shape == expected else { throw .wrongShape(name: "answerHistory", found: shape, expected: expected) }
        guard values.allSatisfy({ $0 < classes }) else { throw .outOfRange("an answer") }
    }
}

extension Tensor {
    func check(_ name: String, shape expected: [Int]) throws(RunDefect) {
        guard shape == expected else { throw .wrongShape(name: name, found: shape, expected: expected) }
        guard values.allSatisfy(\.isFinite) else { throw .notFinite(name: name) }
    }
}
