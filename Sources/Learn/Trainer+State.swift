extension Trainer {
    /// The whole state between two epochs.
    package func checkpoint() -> Checkpoint {
        let plan = model.network.plan
        return Checkpoint(
            configuration: configuration, dataDigests: dataset.digests, epochsDone: epochsDone, history: history,
            weights: model.weights,
            accumulators: plan.parameters.flatMap { parameter in
                zip(configuration.optimizer.state, state).map { name, buffer in
                    NamedTensor("\(parameter.name).\(name)", parameter.read(from: buffer.pointer).tensor)
                }
            },
            kernelHistory: kernelHistoryTensor, answerHistory: answerHistoryTensor)
    }

    /// Goes back to, or on from, a checkpoint of the same configuration and data.
    func restore(_ checkpoint: Checkpoint) {
        precondition(checkpoint.configuration == configuration && checkpoint.dataDigests == dataset.digests)
        model.update { parameters in
            for (index, parameter) in model.network.plan.parameters.enumerated() {
                parameter.write(checkpoint.weights[index].tensor, to: parameters.pointer)
                for (place, buffer) in state.enumerated() {
                    parameter.write(checkpoint.accumulators[state.count * index + place].tensor, to: buffer.pointer)
                }
            }
        }
        takeHistory(
            checkpoint.history, kernels: checkpoint.kernelHistory.values, answers: checkpoint.answerHistory.values)
    }

    /// What the training leaves behind.
    package func finishedRun() -> Run {
        let predictions = model.measure(dataset.test).predictions
        return Run(
            configuration: configuration, dataDigests: dataset.digests, history: history, weights: model.weights,
            kernelHistory: kernelHistoryTensor, predictions: predictions, answerHistory: answerHistoryTensor,
            confusionMatrix: predictions.confusionMatrix(labels: dataset.test.labels),
            samples: activations(of: dataset.shownSamples))
    }

    /// What every layer makes of some test images, dropout off.
    func activations(of indices: [Int]) -> [SampleActivations] {
        // excerpt: activations
        let images = dataset.test.tensor(of: indices)
        let outputs = model.observe(images)
        return indices.enumerated().map { place, index in
            SampleActivations(
                index: index, label: Int(dataset.test.labels[index]), outputs: outputs.map { $0.element(place) })
        }
        // end of excerpt
    }

    private var kernelHistoryTensor: Tensor {
        Tensor(shape: model.architecture.kernelHistory(epochs: epochsDone), values: kernelHistory)
    }

    private var answerHistoryTensor: ByteTensor {
        ByteTensor(shape: [epochsDone, dataset.test.count], values: answerHistory)
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
    var likeliestClasses: [UInt8] {
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
