@testable import Learn
@testable import Site

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
            }, patches: patches(of: run.architecture, dataset), saliency: saliency(of: run, dataset, &random),
            wished: Compared(
                trained: wished(run.architecture, 3, &random), random: wished(run.architecture, 1, &random)))
    }

    /// The last filter of the first convolution answers to nothing; the first one to images of one class alone.
    private static func patches(of architecture: Architecture, _ dataset: Dataset) -> [StrongestPatches] {
        let test = dataset.test
        return architecture.convolutions.enumerated().map { index, layer in
            let filters = layer.output[2]
            let own = test.labels.indices.filter { test.labels[$0] == test.labels[0] }
            var (values, places): ([Float], [Float]) = ([], [])
            for filter in 0..<filters {
                let images = filter == 0 ? Array(own) : Array(test.labels.indices)
                for rank in 0..<StrongestPatches.count {
                    let isThere = rank < images.count && !(index == 0 && filter > 0 && filter == filters - 1)
                    values.append(isThere ? 2 - Float(rank) / 10 : 0)
                    places +=
                        isThere
                        ? [
                            Float(images[(filter * 7 + rank) % images.count]), Float((filter + rank) % layer.output[0]),
                            Float(filter * rank % layer.output[1]),
                        ] : [-1, -1, -1]
                }
            }
            return StrongestPatches(
                layer: layer.name, values: Tensor(shape: [filters, StrongestPatches.count], values: values),
                places: Tensor(shape: [filters, StrongestPatches.count, 3], values: places))
        }
    }

    private static func saliency(of run: Run, _ dataset: Dataset, _ random: inout Generator) -> Compared<Saliency> {
        let images = dataset.inspectedImages(run.predictions)
        let guesses = run.predictions.likeliestClasses
        let shape = [images.count, dataset.shape.height, dataset.shape.width]
        func numbers(_ shape: [Int], _ scale: Float) -> Tensor {
            Tensor(shape: shape, values: (0..<shape.reduce(1, *)).map { _ in (random.unit() - 0.3) * scale })
        }
        func made(_ scale: Float) -> Saliency {
            Saliency(
                images: Tensor(shape: [images.count], values: images.map(Float.init)),
                classes: Tensor(shape: [images.count], values: images.map { Float(guesses[$0]) }),
                probabilities: Tensor(shape: [images.count], values: images.map { _ in scale }),
                coveredBlack: numbers(shape, scale), coveredBlurred: numbers(shape, scale),
                integratedGradients: numbers(shape, scale),
                completeness: Tensor(
                    shape: [images.count, 2], values: images.flatMap { _ in [8 * scale, 8.2 * scale] }),
                smoothGradients: numbers(shape, scale))
        }
        return Compared(trained: made(0.9), random: made(0.1))
    }

    private static func wished(
        _ architecture: Architecture, _ value: Float, _ random: inout Generator
    ) -> [WishedImages] {
        (architecture.convolutions + architecture.placed.suffix(1)).map { layer in
            let (outputs, shape) = (layer.output[layer.output.count - 1], layer.wishedShape(architecture.input))
            return WishedImages(
                layer: layer.name,
                images: Tensor(
                    shape: [outputs] + shape.extents, values: (0..<outputs * shape.count).map { _ in random.unit() }),
                values: Tensor(shape: [outputs], values: (0..<outputs).map { value + Float($0) / 8 }))
        }
    }

    static func inspections(of runs: [Run], _ dataset: Dataset = dataset) -> [Inspection] {
        runs.map { inspection(of: $0, dataset) }
    }
}

extension Fixture {
    /// Stories of runs that were found to be otherwise inside than usual.
    static let inspectionStories: [Story] = [
        Story(name: "no filter is missed", runs: usual, inspections: inspections(of: usual, dependence: 0.02)),
        Story(name: "no filter is worth anything", runs: usual, inspections: inspections(of: usual, dependence: 0)),
        Story(name: "a filter is missed a little", runs: usual, inspections: inspections(of: usual, dependence: 0.12)),
    ]

    private static func inspections(of runs: [Run], dependence: Float) -> [Inspection] {
        runs.map { inspection(of: $0, fashion, dependence: dependence) }
    }
}
