extension Trainer {
    /// The whole state between two epochs.
    package func checkpoint() -> Checkpoint {
        let plan = model.plan
        return Checkpoint(
            configuration: configuration, dataDigests: dataset.digests, epochsDone: epochsDone, history: history,
            weights: weights,
            accumulators: plan.parameters.flatMap { parameter in
                [("squaredGradient", squaredGradient), ("squaredUpdate", squaredUpdate)].map { suffix, buffer in
                    NamedTensor("\(parameter.name).\(suffix)", parameter.read(from: buffer.pointer).tensor)
                }
            },
            kernelHistory: kernelHistoryTensor, answerHistory: answerHistoryTensor)
    }

    /// Goes back to, or on from, a checkpoint of the same configuration and data.
    func restore(_ checkpoint: Checkpoint) {
        precondition(checkpoint.configuration == configuration && checkpoint.dataDigests == dataset.digests)
        for (index, parameter) in model.plan.parameters.enumerated() {
            parameter.write(checkpoint.weights[index].tensor, to: model.parameters.pointer)
            parameter.write(checkpoint.accumulators[2 * index].tensor, to: squaredGradient.pointer)
            parameter.write(checkpoint.accumulators[2 * index + 1].tensor, to: squaredUpdate.pointer)
        }
        takeHistory(
            checkpoint.history, kernels: checkpoint.kernelHistory.values, answers: checkpoint.answerHistory.values)
    }

    /// What the training leaves behind.
    package func finishedRun() -> Run {
        let predictions = evaluate(dataset.test).predictions
        return Run(
            configuration: configuration, dataDigests: dataset.digests, history: history, weights: weights,
            kernelHistory: kernelHistoryTensor, predictions: predictions, answerHistory: answerHistoryTensor,
            confusionMatrix: confusionMatrix(predictions, labels: dataset.test.labels),
            samples: activations(of: dataset.shownSamples))
    }

    private var weights: [NamedTensor] {
        model.plan.parameters.map { $0.read(from: model.parameters.pointer) }
    }

    private var kernelHistoryTensor: Tensor {
        Tensor(shape: [epochsDone + 1] + model.plan.convolutions[0].kernel.shape, values: kernelHistory)
    }

    private var answerHistoryTensor: ByteTensor {
        ByteTensor(shape: [epochsDone, dataset.test.count], values: answerHistory)
    }
}

/// Test images by true class (row) and likeliest class (column).
/// - Parameter predictions: `[samples, classes]`
private func confusionMatrix(_ predictions: Tensor, labels: [UInt8]) -> [[Int]] {
    let classes = Dataset.classCount
    var matrix = [[Int]](repeating: [Int](repeating: 0, count: classes), count: classes)
    for (label, answer) in zip(labels, predictions.likeliestClasses) { matrix[Int(label)][Int(answer)] += 1 }
    return matrix
}

extension Tensor {
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
