@testable import Learn
@testable import Site

extension Fixture {
    /// What was found to be looked for in made-up runs, the same at every call.
    ///
    /// - Parameters:
    ///   - dependence: share of the correct answers that are lost with the first filter of the first convolution.
    ///   - isBlind: whether no filter answers to anything.
    static func inspection(
        of run: Run, _ dataset: Dataset, dependence: Float = 0.3, isBlind: Bool = false
    ) -> Inspection {
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
            }, patches: patches(of: run.architecture, dataset, isBlind: isBlind),
            roles: roles(run.architecture, &random),
            wished: Compared(
                trained: wished(run.architecture, 3, &random), random: wished(run.architecture, 1, &random)),
            saliency: saliency(of: run, dataset, isBlind ? 0 : 1, &random), trust: trust(dataset, classes, &random),
            space: space(labels, &random), probes: probes(run.architecture))
    }

    /// The last filter of the first convolution answers to nothing; the first one to images of one class alone.
    private static func patches(
        of architecture: Architecture, _ dataset: Dataset, isBlind: Bool
    ) -> [StrongestPatches] {
        let test = dataset.test
        return architecture.convolutions.enumerated().map { index, layer in
            let filters = layer.output[2]
            let own = test.labels.indices.filter { test.labels[$0] == test.labels[0] }
            var (values, places): ([Float], [Float]) = ([], [])
            for filter in 0..<filters {
                let images = filter == 0 ? Array(own) : Array(test.labels.indices)
                for rank in 0..<StrongestPatches.count {
                    let isThere =
                        !isBlind && rank < images.count && !(index == 0 && filter > 0 && filter == filters - 1)
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

    private static func saliency(
        of run: Run, _ dataset: Dataset, _ scale: Float, _ random: inout Generator
    ) -> Compared<Saliency> {
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
                    shape: [images.count, 2], values: images.flatMap { _ in [8 * scale, 8.2 * scale] }))
        }
        return Compared(trained: made(0.9 * scale), random: made(0.1 * scale))
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

    private static func probes(_ architecture: Architecture) -> Probes {
        let layers = architecture.observed.count
        let values = (0...layers).map { 0.75 + 0.02 * Float($0) }
        return Probes(accuracy: Tensor(shape: [1 + layers], values: values.map { min(1, $0) }))
    }

    /// Each filter with one pattern that its maps are like, some by too little.
    private static func roles(_ architecture: Architecture, _ random: inout Generator) -> FilterRoles {
        let patterns = PlainPattern.allCases.count
        return FilterRoles(
            layers: architecture.observed.filter { $0.output.count == 3 }.map { layer in
                var values: [Float] = []
                for filter in 0..<layer.output[2] {
                    for pattern in 0..<patterns {
                        let chance = random.unit()
                        values.append(pattern == filter % patterns ? 0.3 + 0.6 * chance : 0.5 * chance - 0.3)
                    }
                }
                return NamedTensor(layer.name, Tensor(shape: [layer.output[2], patterns], values: values))
            })
    }

    /// The further images are moved, the fewer are answered right.
    private static func trust(_ dataset: Dataset, _ classes: Int, _ random: inout Generator) -> Trust {
        let shifts = (0..<18).map { place -> Float in
            let steps = place % 9 - 4
            return 0.9 - 0.1 * Float(abs(steps)) + 0.01 * Float(place / 9 * steps)
        }
        var all = [Float](repeating: 0, count: classes)
        for label in dataset.test.labels { all[Int(label)] += 1 }
        var changed: [Float] = []
        for share: Float in [1, 0.9, 0.8, 0.3] { changed += all.map { ($0 * share).rounded(.down) } }
        func probabilities(_ rows: Int) -> Tensor {
            var values: [Float] = []
            for _ in 0..<rows {
                let powers: [Float] = (0..<classes).map { _ in random.unit() + 0.01 }
                let total = powers.reduce(0, +)
                values += powers.map { $0 / total }
            }
            return Tensor(shape: [rows, classes], values: values)
        }
        return Trust(
            shifts: Tensor(shape: [2, 9], values: shifts), changed: Tensor(shape: [4, classes], values: changed),
            blank: probabilities(2), noise: probabilities(Trust.noiseImages))
    }

    /// A cloud for each class.
    private static func space(_ labels: [UInt8], _ random: inout Generator) -> FeatureSpace {
        let coordinates = labels.flatMap { label in
            [Float(label % 4) + random.unit(), Float(label / 4) + 0.5 * random.unit()]
        }
        return FeatureSpace(
            coordinates: Tensor(shape: [labels.count, 2], values: coordinates),
            shares: Tensor(shape: [2], values: [0.4, 0.15]))
    }

    static func inspections(of runs: [Run], _ dataset: Dataset = dataset) -> [Inspection] {
        runs.map { inspection(of: $0, dataset) }
    }
}
