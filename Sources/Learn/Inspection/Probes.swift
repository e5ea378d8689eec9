import KernelInterface

/// How well the classes can be told by a linear rule from what each layer makes of an image.
public struct Probes: Sendable, Equatable {
    /// Share of test images that the rule tells right: from the pixels, then from each layer that
    /// ``Architecture/observed`` lists, in that order, of the last one before softmax. `[1 + layers]`
    public let accuracy: Tensor

    /// Images of each split that are used at most, evenly spread; fewer of the training images where a layer has so
    /// many outputs that they would need too much memory.
    public static let mostImages = 2000
    /// Weight of the penalty on the rule's weights, in mean squared lengths of the centred outputs.
    public static let ridge = 0.01

    public init(accuracy: Tensor) { self.accuracy = accuracy }
}

extension Probes {
    var tensors: [NamedTensor] { [NamedTensor(Probes.name, accuracy)] }

    init(_ form: InspectionForm, from reader: inout TensorReader) throws(RunDefect) {
        self.init(accuracy: try reader.tensor(Probes.name, [1 + form.architecture.observed.count]))
    }

    private static let name = "probes"
}

extension Model {
    /// Ridge regression of the classes on the outputs, both less their means over the training images: with outputs x
    /// and classes y as 0 and 1, the weights w that make `sum |y - w x|^2 + lambda |w|^2` least, lambda being
    /// ``Probes/ridge`` times the mean of `|x|^2`. The class with the largest answer, the first of equals, is told.
    ///
    /// Source: A. E. Hoerl, R. W. Kennard, "Ridge Regression: Biased Estimation for Nonorthogonal Problems", 1970; of
    /// probes: G. Alain, Y. Bengio, "Understanding intermediate layers using linear classifier probes", 2016.
    /// - Precondition: the data's images and classes are the architecture's.
    func probes(on dataset: Dataset) -> Probes {
        let places = [0] + architecture.observed.map(place(of:))
        let largest = places.map(featureCount(at:)).max() ?? 1
        let training = dataset.train.spread(min(Probes.mostImages, max(1, FeatureMatrix.mostValues / largest)))
        let test = dataset.test.spread(Probes.mostImages)
        let rules = places.map { rule(at: $0, training, of: dataset.train) }
        let shards = shards(of: test.count)
        let right = Buffer(shards.count * rules.count, repeating: 0)
        let kernels = network.kernels
        observe(test, of: dataset.test) { shard, samples, pass in
            let labels = samples.map { dataset.test.labels[Int(test[$0])] }
            for (index, rule) in rules.enumerated() {
                right.pointer[shard * rules.count + index] =
                    zip(rule.answers(pass, kernels), labels).count { $0 == Int($1) }
            }
        }
        let counts = right.values
        let accuracy = rules.indices.map { index in
            let sum = shards.indices.reduce(0) { $0 + counts[$1 * rules.count + index] }
            return Float(Double(sum) / Double(test.count))
        }
        return Probes(accuracy: Tensor(shape: [rules.count], values: accuracy))
    }

    private func rule(at place: Int, _ positions: [Int32], of split: Split) -> LinearRule {
        let matrix = features(at: place, positions, of: split)
        let means = matrix.center()
        let classes = LinearRule.Classes(positions.map { split.labels[Int($0)] }, count: architecture.classes)
        let (gram, ofFeatures) = gram(of: matrix)
        let ridge = Probes.ridge * gram.trace / Double(matrix.images)
        // w = (x x' + lambda)^-1 x y' = x (x' x + lambda)^-1 y': what is smaller is solved.
        var weights = Buffer<Float>(zeros: matrix.features * classes.stride)
        var solved: [Double]?
        if ofFeatures {
            let wanted = Buffer<Float>(zeros: matrix.stride * classes.stride)
            for image in 0..<matrix.images {
                for k in 0..<classes.count {
                    wanted.pointer[image * classes.stride + k] = Float(classes.centered(image, k))
                }
            }
            matrix.multiply(by: wanted, columns: classes.stride, into: weights, network.kernels)
            let sums = weights.values
            let right = (0..<matrix.features * classes.count).map {
                Double(sums[$0 / classes.count * classes.stride + $0 % classes.count])
            }
            solved = gram.solve(ridge: ridge, right, count: classes.count, team)
        } else {
            let right = (0..<matrix.images * classes.count).map {
                classes.centered($0 / classes.count, $0 % classes.count)
            }
            solved = gram.solve(ridge: ridge, right, count: classes.count, team)
        }
        // Of outputs that are all the same nothing can be told but which class is the most frequent.
        let solution = Buffer<Float>(zeros: (ofFeatures ? matrix.features : matrix.stride) * classes.stride)
        for (index, value) in (solved ?? []).enumerated() {
            solution.pointer[index / classes.count * classes.stride + index % classes.count] = Float(value)
        }
        if ofFeatures {
            weights = solution
        } else {
            matrix.multiply(by: solution, columns: classes.stride, into: weights, network.kernels)
        }
        return LinearRule(place: place, weights: weights, means: means, classes: classes)
    }
}

extension FeatureMatrix {
    /// The product with a matrix `[stride, columns]`.
    /// - Parameter product: `[features, columns]`
    fileprivate func multiply(
        by matrix: Buffer<Float>, columns: Int, into product: Buffer<Float>, _ kernels: any Kernels
    ) {
        kernels.run(
            Product(
                m: features, n: columns, k: stride, a: matrix.view, aStride: columns, b: values.view, bStride: 1,
                bColumn: stride, c: product.mutableView, cStride: columns, end: .store))
    }
}
