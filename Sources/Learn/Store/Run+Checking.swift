extension Run {
    /// Whether the parts agree with one another and with the network, and every number is one.
    func check() throws(RunDefect) {
        let shapes = try configuration.check()
        try history.check(count: configuration.epochs)
        try weights.check(against: shapes.parameters)
        try kernelHistory.check("kernelHistory", shape: [configuration.epochs + 1] + shapes.firstKernel)
        try checkPredictions()
        try checkConfusionMatrix()
        for sample in samples {
            guard (0..<predictions.shape[0]).contains(sample.index) else { throw .outOfRange("a sample's index") }
            guard (0..<Dataset.classCount).contains(sample.label) else { throw .outOfRange("a sample's label") }
            try sample.outputs.check(against: shapes.outputs)
        }
        guard Set(samples.map(\.index)).count == samples.count else { throw .outOfRange("a repeated sample") }
    }

    private func checkPredictions() throws(RunDefect) {
        try predictions.check("predictions", shape: [predictions.shape.first ?? 0, Dataset.classCount])
        // A sum of exponentials that was rounded may let a probability exceed 1 by as much.
        guard predictions.values.allSatisfy({ $0 >= 0 && $0 <= 1.0001 }) else { throw .outOfRange("a prediction") }
    }

    /// Each column must count the images for which its class is the likeliest, each row and all of them the images.
    private func checkConfusionMatrix() throws(RunDefect) {
        let classes = Dataset.classCount
        let images = predictions.shape[0]
        guard confusionMatrix.count == classes, confusionMatrix.allSatisfy({ $0.count == classes }),
            confusionMatrix.joined().allSatisfy((0...images).contains),
            confusionMatrix.joined().reduce(0, +) == images
        else { throw .wrongConfusionMatrix }
        // Where two classes are equally likely either may have been counted.
        var certain = [Int](repeating: 0, count: classes)
        var possible = certain
        for image in 0..<images {
            let row = predictions.values[image * classes..<(image + 1) * classes]
            let likeliest = row.indices.filter { row[$0] == row.max() }
            for index in likeliest { possible[index - row.startIndex] += 1 }
            if likeliest.count == 1 { certain[likeliest[0] - row.startIndex] += 1 }
        }
        for guess in 0..<classes {
            let counted = confusionMatrix.reduce(0) { $0 + $1[guess] }
            guard certain[guess] <= counted, counted <= possible[guess] else { throw .wrongConfusionMatrix }
        }
    }
}

extension Configuration {
    /// - Returns: the shapes that the network's layers imply.
    func check() throws(RunDefect) -> ExpectedShapes {
        guard let network = Network.named(network) else { throw .unknownNetwork(network) }
        guard (1..<Int(Int32.max)).contains(epochs) else { throw .outOfRange("epochs") }
        guard batchSize >= 1 else { throw .outOfRange("batchSize") }
        for setting in [optimizer.learningRate, optimizer.rho, optimizer.epsilon] where !setting.isFinite {
            throw .notFinite(name: "optimizer")
        }
        return ExpectedShapes(of: network)
    }
}

extension [EpochMetrics] {
    func check(count expected: Int) throws(RunDefect) {
        guard count == expected else {
            throw .wrongCount(of: "epochs in the history", found: count, expected: expected)
        }
        for epoch in self {
            for loss in [epoch.trainLoss, epoch.testLoss] {
                guard loss.isFinite else { throw .notFinite(name: "a loss") }
                guard loss >= 0 else { throw .outOfRange("a loss") }
            }
            for accuracy in [epoch.trainAccuracy, epoch.testAccuracy] {
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

extension Tensor {
    func check(_ name: String, shape expected: [Int]) throws(RunDefect) {
        guard shape == expected else { throw .wrongShape(name: name, found: shape, expected: expected) }
        guard values.allSatisfy(\.isFinite) else { throw .notFinite(name: name) }
    }
}
