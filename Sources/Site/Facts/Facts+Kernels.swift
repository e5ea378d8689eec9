import Learn

extension Facts {
    /// `<network>.conv1.*` and `<network>.conv2.*`: range, smoothness and likeness of the trained kernels.
    mutating func addKernels(_ run: Run) {
        let network = run.configuration.network
        var smoothness: [String: Double] = [:]
        for layer in ["conv1", "conv2"] {
            guard let kernel = run.weight("\(layer).kernel") else { continue }
            let statistics = KernelStatistics(kernel)
            add("\(network).\(layer).lowestWeight", .decimal(Double(statistics.range.lowerBound), places: 2))
            add("\(network).\(layer).highestWeight", .decimal(Double(statistics.range.upperBound), places: 2))
            add("\(network).\(layer).smoothness", .decimal(statistics.smoothness, places: 2))
            add("\(network).\(layer).normRatio", .decimal(statistics.normRatio, places: 1))
            add("\(network).\(layer).alikePairs", .count(statistics.alikePairs))
            claim("\(network).\(layer).alike", statistics.alikePairs > 0)
            claim("\(network).\(layer).weakKernels", statistics.normRatio > KernelStatistics.uneven)
            smoothness[layer] = statistics.smoothness
        }
        let progress = run.kernelProgressInFirstEpoch
        add("\(network).conv1.firstEpochShare", .share(progress, places: 0))
        claim("\(network).conv1.early", progress > 0.5)
        let start = KernelStatistics(run.initialKernel)
        add("\(network).conv1.smoothnessAtStart", .decimal(start.smoothness, places: 2))
        let (first, second) = (smoothness["conv1"] ?? 0, smoothness["conv2"] ?? 0)
        let isStructured = first > start.smoothness + KernelStatistics.structure
        claim("\(network).conv1.structured", isStructured)
        let repeats = MapRedundancy(run.samples, layer: "conv1").alikePairs > 0
        claim("\(network).blurs", isStructured && repeats)
        claim("\(network).conv2.smoothness", Comparison(second, to: first, tolerance: 0.05))
    }
}

extension KernelStatistics {
    /// A gain of smoothness over the random start that is no accident.
    static let structure = 0.2
    /// From this ratio of norms on, some filters are weak beside others.
    static let uneven = 3.0
}

extension Run {
    func weight(_ name: String) -> Tensor? { weights.first { $0.name == name }?.tensor }

    /// The first convolution's kernel before training, `[height, width, in, out]`.
    var initialKernel: Tensor {
        Tensor(shape: Array(kernelHistory.shape.dropFirst()), values: Array(kernel(afterEpoch: 0)))
    }

    /// Euclidean distance of the first convolution's kernel from its initial value after the first epoch, as a share of
    /// the distance in the end; 0 if it never moved.
    fileprivate var kernelProgressInFirstEpoch: Double {
        let whole = distance(kernel(afterEpoch: history.count))
        return whole > 0 ? distance(kernel(afterEpoch: 1)) / whole : 0
    }

    private func distance(_ kernel: ArraySlice<Float>) -> Double {
        zip(kernel, self.kernel(afterEpoch: 0)).map { Double($0) - Double($1) }.map { $0 * $0 }.reduce(0, +)
            .squareRoot()
    }

    private func kernel(afterEpoch epoch: Int) -> ArraySlice<Float> {
        let size = kernelHistory.shape.dropFirst().reduce(1, *)
        return kernelHistory.values[epoch * size..<(epoch + 1) * size]
    }
}
