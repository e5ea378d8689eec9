@testable import Learn

extension Fixture {
    /// What was found to be looked for in made-up runs, the same at every call.
    ///
    /// - Parameter dependence: share of the correct answers that are lost with the first filter of the first
    ///   convolution.
    static func inspection(of run: Run, _ dataset: Dataset, dependence: Float = 0.3) -> Inspection {
        var random = Generator(state: UInt64(run.name.utf8.reduce(7) { $0 &* 31 &+ Int($1) }))
        let (labels, classes) = (dataset.test.labels, dataset.classCount)
        // Those that the run answers correctly, by half and class.
        var whole = [Float](repeating: 0, count: 2 * classes)
        for (place, answer) in run.predictions.likeliestClasses.enumerated() where labels[place] == answer {
            whole[(place < labels.count / 2 ? 0 : classes) + Int(answer)] += 1
        }
        return Inspection(
            switchedOff: run.architecture.convolutions.enumerated().map { index, layer in
                let filters = layer.output[2]
                func trial(_ scale: Float) -> Tensor {
                    Tensor(
                        shape: [filters, 2, classes],
                        values: (0..<filters).flatMap { filter in
                            let lost =
                                scale * (index == 0 && filter == 0 ? dependence : random.unit() * dependence / 2)
                            return whole.map { ($0 * (1 - lost)).rounded(.down) }
                        })
                }
                return SwitchedOff(
                    layer: layer.name, whole: Tensor(shape: [2, classes], values: whole), zero: trial(1),
                    mean: trial(0.6),
                    means: Tensor(shape: [filters], values: (0..<filters).map { _ in random.unit() }))
            })
    }

    static func inspections(of runs: [Run], _ dataset: Dataset = dataset) -> [Inspection] {
        runs.map { inspection(of: $0, dataset) }
    }
}
