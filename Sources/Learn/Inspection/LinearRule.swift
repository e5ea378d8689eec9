import KernelInterface

/// A linear rule that tells classes by what a network makes of an image at one place.
struct LinearRule: Sendable {
    /// In ``Pass/values``.
    let place: Int
    let classes: Classes
    /// `[features, classes]`, rows padded with zeros to ``Classes/stride``.
    let weights: Buffer<Float>
    /// Added to each class's answer.
    let bias: Buffer<Float>

    /// - Parameter means: of the features, from which the weights count.
    init(place: Int, weights: Buffer<Float>, means: [Float], classes: Classes) {
        self.place = place
        self.classes = classes
        self.weights = weights
        bias = Buffer(zeros: classes.count)
        for k in 0..<classes.count {
            var sum = classes.shares[k]
            for (feature, mean) in means.enumerated() {
                sum -= Double(mean) * Double(weights.pointer[feature * classes.stride + k])
            }
            bias.pointer[k] = Float(sum)
        }
    }

    /// The class that is told of each of a shard's samples.
    func answers(_ pass: Pass, _ kernels: any Kernels) -> [Int] {
        let (value, columns) = (pass.values[place], pass.shard.columns)
        let features = Buffer<Float>(zeros: value.plan.count * columns)
        value.copy(blocks: pass.shard.blocks, to: features.pointer, stride: columns)
        let answers = Buffer<Float>(zeros: classes.count * columns)
        withExtendedLifetime((features, answers)) {
            kernels.run(
                Product(
                    m: classes.count, n: columns, k: value.plan.count, a: features.view, aStride: columns,
                    b: weights.view, bStride: classes.stride, bColumn: 1, c: answers.mutableView, cStride: columns,
                    end: .bias(bias.view)))
        }
        let found = answers.values
        return (0..<pass.shard.count).map { sample in
            var best = 0
            for k in 1..<classes.count where found[k * columns + sample] > found[best * columns + sample] { best = k }
            return best
        }
    }

    /// The classes of some images, as numbers to be told.
    struct Classes: Sendable {
        let count: Int
        private let labels: [UInt8]
        /// Share of the images in each.
        let shares: [Double]

        init(_ labels: [UInt8], count: Int) {
            self.count = count
            self.labels = labels
            shares = (0..<count).map { k in
                Double(labels.count { Int($0) == k }) / Double(labels.count)
            }
        }

        /// Classes rounded up to whole vectors.
        var stride: Int { (count + blockLanes - 1) / blockLanes * blockLanes }

        /// 1 for the image's own class and 0 for others, less the mean over the images.
        func centered(_ image: Int, _ k: Int) -> Double { (Int(labels[image]) == k ? 1 : 0) - shares[k] }
    }
}
