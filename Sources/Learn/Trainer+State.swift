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
        let training = TrainingRecord(
            configuration: configuration, history: history, kernelHistory: kernelHistoryTensor,
            answerHistory: answerHistoryTensor)
        return model.run(on: dataset, model.measure(dataset.test).predictions, from: .training(training))
    }

    private var kernelHistoryTensor: Tensor {
        Tensor(shape: model.architecture.kernelHistory(epochs: epochsDone), values: kernelHistory)
    }

    private var answerHistoryTensor: ByteTensor {
        ByteTensor(shape: [epochsDone, dataset.test.count], values: answerHistory)
    }
}
