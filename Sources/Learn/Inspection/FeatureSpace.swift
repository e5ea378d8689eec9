import KernelInterface

/// Where a network's last dense layer finds the test images: its inputs in their first two principal components.
public struct FeatureSpace: Sendable, Equatable {
    /// `[test images, 2]`, from the mean of the images by which the components were found. A component points where its
    /// largest weight, the first of equals, is positive.
    public let coordinates: Tensor
    /// Share of the variance that lies along each component, `[2]`; 0, as its coordinates are, for one
    /// that there is not.
    public let shares: Tensor

    /// Test images by which the components are found at most, evenly spread; among many features fewer.
    static let mostImages = 10_000
    /// The most features, or images if these are fewer, whose inner products are worked out.
    static let mostProducts = 2048

    public init(coordinates: Tensor, shares: Tensor) {
        self.coordinates = coordinates
        self.shares = shares
    }
}

extension FeatureSpace {
    var tensors: [NamedTensor] {
        [("coordinates", coordinates), ("shares", shares)].map { NamedTensor("\(FeatureSpace.name).\($0)", $1) }
    }

    init(_ form: InspectionForm, from reader: inout TensorReader) throws(RunDefect) {
        self.init(
            coordinates: try reader.tensor("\(FeatureSpace.name).coordinates", [form.testImages, 2]),
            shares: try reader.tensor("\(FeatureSpace.name).shares", [2]))
    }

    private static let name = "space"
}

extension Model {
    /// - Precondition: the data's images are the architecture's.
    func featureSpace(of dataset: Dataset) -> FeatureSpace {
        let place = lastDenseInput
        let features = featureCount(at: place)
        let most = features > FeatureSpace.mostProducts ? FeatureSpace.mostProducts : FeatureSpace.mostImages
        let positions = dataset.test.spread(min(most, max(1, FeatureMatrix.mostValues / features)))
        let matrix = self.features(at: place, positions, of: dataset.test)
        let means = matrix.center()
        let (gram, ofFeatures) = gram(of: matrix)
        let total = gram.trace
        let found = total > 0 && total.isFinite ? PrincipalVectors(of: gram, count: 2) : nil
        let axes = (found?.vectors ?? []).map { vector in
            Model.pointed(ofFeatures ? vector : matrix.direction(of: vector))
        }
        let shares = (found?.eigenvalues ?? []).map { Float($0 / total) }
        return FeatureSpace(
            coordinates: coordinates(along: axes, from: means, at: place, of: dataset.test),
            shares: Tensor(shape: [2], values: Array((shares + [0, 0]).prefix(2))))
    }

    /// Where the observed network keeps what its last dense layer takes.
    private var lastDenseInput: Int {
        let steps = observation().network.plan.steps
        return steps[steps.count - 1].input
    }

    /// The axis or its opposite: that with a positive largest weight.
    private static func pointed(_ axis: [Double]) -> [Double] {
        let largest = axis.indices.max { (abs(axis[$0]), $1) < (abs(axis[$1]), $0) }
        return largest.map { axis[$0] < 0 } == true ? axis.map { -$0 } : axis
    }

    /// - Returns: `[images, 2]`
    private func coordinates(along axes: [[Double]], from means: [Float], at place: Int, of split: Split) -> Tensor {
        let coordinates = Buffer<Float>(zeros: split.count * 2)
        observe(split.spread(split.count), of: split) { _, samples, pass in
            let columns = pass.shard.columns
            let features = Buffer<Float>(zeros: means.count * columns)
            pass.values[place].copy(blocks: pass.shard.blocks, to: features.pointer, stride: columns)
            withExtendedLifetime(features) {
                for (component, axis) in axes.enumerated() {
                    var sums = [Double](repeating: 0, count: columns)
                    for (feature, weight) in axis.enumerated() {
                        let row = features.pointer + feature * columns
                        let mean = means[feature]
                        for column in 0..<columns { sums[column] += weight * Double(row[column] - mean) }
                    }
                    for (column, sample) in samples.enumerated() {
                        coordinates.pointer[sample * 2 + component] = Float(sums[column])
                    }
                }
            }
        }
        return Tensor(shape: [split.count, 2], values: coordinates.values)
    }
}

extension FeatureMatrix {
    /// The direction among features, of length 1, that a direction among images stands for.
    fileprivate func direction(of weights: [Double]) -> [Double] {
        let sums = (0..<features).map { feature in
            (0..<images).reduce(0.0) { $0 + weights[$1] * Double(values.pointer[feature * stride + $1]) }
        }
        let length = sums.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return length > 0 ? sums.map { $0 / length } : sums
    }
}
