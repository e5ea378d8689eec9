extension Model {
    /// What a trained network leaves behind that was not trained here.
    /// - Parameters:
    ///   - name: what the network is called: letters, digits, `-` and `_`.
    ///   - dataset: whose test images it is tried on.
    /// - Throws: ``ModelError`` if it takes other images, or has other classes.
    public func run(named name: String, on dataset: Dataset) throws(ModelError) -> Run {
        let test = try evaluate(dataset.test)
        let network = Network(name: name, architecture: architecture, defaultEpochs: 0)
        return run(on: dataset, test.predictions, from: .model(network, test.evaluation))
    }

    /// - Parameter predictions: for the test images, `[test images, classes]`.
    /// - Precondition: the data's images and classes are the architecture's.
    func run(on dataset: Dataset, _ predictions: Tensor, from origin: Run.Origin) -> Run {
        Run(
            origin, dataDigests: dataset.digests, weights: weights, predictions: predictions,
            confusionMatrix: predictions.confusionMatrix(labels: dataset.test.labels),
            samples: activations(of: dataset.shownSamples, in: dataset.test))
    }

    /// What every layer makes of some images of a split, dropout off.
    func activations(of indices: [Int], in split: Split) -> [SampleActivations] {
        let outputs = observe(split.tensor(of: indices))
        return indices.enumerated().map { place, index in
            SampleActivations(
                index: index, label: Int(split.labels[index]), outputs: outputs.map { $0.element(place) })
        }
    }
}

extension Split {
    /// Some images as a network takes them: pixels divided by 255, `[images, height, width, channels]`.
    func tensor(of indices: [Int]) -> Tensor {
        Tensor(
            shape: [indices.count] + shape.extents,
            values: indices.flatMap { image($0).map { Float($0) / 255 } })
    }
}

extension Tensor {
    /// Samples by true class (row) and likeliest class (column).
    /// - Precondition: the shape is `[samples, classes]`.
    fileprivate func confusionMatrix(labels: [UInt8]) -> [[Int]] {
        var matrix = [[Int]](repeating: [Int](repeating: 0, count: shape[1]), count: shape[1])
        for (label, answer) in zip(labels, likeliestClasses) { matrix[Int(label)][Int(answer)] += 1 }
        return matrix
    }

    /// The most probable class of each sample, the first of equally probable ones.
    /// - Precondition: the shape is `[samples, classes]`.
    package var likeliestClasses: [UInt8] {
        let classes = shape[1]
        return values.withUnsafeBufferPointer { values in
            (0..<shape[0]).map { sample in
                let row = sample * classes
                var best = 0
                for k in 1..<classes where values[row + k] > values[row + best] { best = k }
                return UInt8(best)
            }
        }
    }
}

extension NamedTensor {
    /// One element of the first dimension.
    fileprivate func element(_ index: Int) -> NamedTensor {
        let shape = Array(tensor.shape.dropFirst())
        let count = shape.reduce(1, *)
        return NamedTensor(
            name, Tensor(shape: shape, values: Array(tensor.values[index * count..<(index + 1) * count])))
    }
}
