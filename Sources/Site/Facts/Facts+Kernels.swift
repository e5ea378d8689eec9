import Learn

extension Facts {
    /// `<network>.conv1.*` and `<network>.conv2.*`: range, smoothness and likeness of the trained kernels.
    mutating func addKernels(_ run: Run) {
        let network = run.configuration.network
        for layer in ["conv1", "conv2"] {
            guard let kernel = run.weight("\(layer).kernel") else { continue }
            let statistics = KernelStatistics(kernel)
            add("\(network).\(layer).lowestWeight", .decimal(Double(statistics.range.lowerBound), places: 2))
            add("\(network).\(layer).highestWeight", .decimal(Double(statistics.range.upperBound), places: 2))
            add("\(network).\(layer).smoothness", .decimal(statistics.smoothness, places: 2))
            add("\(network).\(layer).normRatio", .decimal(statistics.normRatio, places: 1))
            add("\(network).\(layer).alikePairs", .count(statistics.alikePairs))
            claim("\(network).\(layer).alike", statistics.alikePairs > 0)
            claim("\(network).\(layer).structured", statistics.smoothness > KernelStatistics.structured)
        }
        let start = KernelStatistics(run.initialKernel)
        add("\(network).conv1.smoothnessAtStart", .decimal(start.smoothness, places: 2))
    }
}

extension KernelStatistics {
    /// From this smoothness on, kernels show more shape than noise: random ones stay near zero.
    static let structured = 0.3
}

extension Run {
    func weight(_ name: String) -> Tensor? { weights.first { $0.name == name }?.tensor }

    /// The first convolution's kernel before training, `[height, width, in, out]`.
    var initialKernel: Tensor {
        let shape = Array(kernelHistory.shape.dropFirst())
        return Tensor(shape: shape, values: Array(kernelHistory.values.prefix(shape.reduce(1, *))))
    }
}
