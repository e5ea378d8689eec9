/// Which parts of some test images a network's answer hangs on.
public struct Saliency: Sendable, Equatable {
    /// Positions in the test set, `[images]`.
    public let images: Tensor
    /// The class whose probability and logit are followed, `[images]`: the predicted one.
    public let classes: Tensor
    /// What the network gives it, `[images]`.
    public let probabilities: Tensor
    /// By how much the probability drops while windows around a pixel are covered, `[images, height, width]`: with
    /// black, and with a blurred copy of the image.
    public let coveredBlack, coveredBlurred: Tensor
    /// Each pixel's part of the logit, by integrated gradients, `[images, height, width]`.
    public let integratedGradients: Tensor
    /// What the parts add up to, and what they should: the logit less that of the black image, `[images, 2]`.
    public let completeness: Tensor
}

extension Saliency {
    /// - Parameter set: of the network as it was trained, or of another.
    func tensors(_ set: String) -> [NamedTensor] {
        [
            ("images", images), ("classes", classes), ("probabilities", probabilities), ("coveredBlack", coveredBlack),
            ("coveredBlurred", coveredBlurred), ("integratedGradients", integratedGradients),
            ("completeness", completeness),
        ].map { NamedTensor("saliency.\(set).\($0)", $1) }
    }

    init(_ set: String, _ form: InspectionForm, from reader: inout TensorReader) throws(RunDefect) {
        func name(_ part: String) -> String { "saliency.\(set).\(part)" }
        images = try reader.positions(name("images"), below: form.testImages)
        classes = try reader.positions(name("classes"), below: form.classes)
        let (count, input) = (images.values.count, form.architecture.input)
        guard classes.shape == images.shape else {
            throw .wrongShape(name: name("classes"), found: classes.shape, expected: images.shape)
        }
        let maps = [count, input.height, input.width]
        probabilities = try reader.tensor(name("probabilities"), [count])
        coveredBlack = try reader.tensor(name("coveredBlack"), maps)
        coveredBlurred = try reader.tensor(name("coveredBlurred"), maps)
        integratedGradients = try reader.tensor(name("integratedGradients"), maps)
        completeness = try reader.tensor(name("completeness"), [count, 2])
    }
}

extension Model {
    /// - Parameters:
    ///   - images: positions in the test set.
    ///   - classes: the class to follow, one an image.
    /// - Throws: ``ModelError`` if the data or the classes are not the architecture's.
    func saliency(of images: [Int], for classes: [Int], in dataset: Dataset) throws(ModelError) -> Saliency {
        let shape = dataset.shape
        let probabilities = try predict(dataset.test.tensor(of: images))
        var (black, blurred, integrated, completeness) = ([Float](), [Float](), [Float](), [Float]())
        for (index, chosen) in zip(images, classes) {
            let levels = Array(dataset.test.image(index))
            let image = levels.map { Float($0) / 255 }
            black += try occlusion(of: levels, for: chosen, cover: .black)
            blurred += try occlusion(of: levels, for: chosen, cover: .blurred)
            let parts = try integratedGradients(of: image, for: chosen)
            integrated += parts.map
            completeness += [Float(parts.sum), Float(parts.difference)]
        }
        let extents = [images.count, shape.height, shape.width]
        return Saliency(
            images: Tensor(shape: [images.count], values: images.map(Float.init)),
            classes: Tensor(shape: [images.count], values: classes.map(Float.init)),
            probabilities: Tensor(
                shape: [images.count],
                values: classes.enumerated().map { probabilities.values[$0 * architecture.classes + $1] }.whereFinite),
            coveredBlack: Tensor(shape: extents, values: black.whereFinite),
            coveredBlurred: Tensor(shape: extents, values: blurred.whereFinite),
            integratedGradients: Tensor(shape: extents, values: integrated.whereFinite),
            completeness: Tensor(shape: [images.count, 2], values: completeness.whereFinite))
    }
}

extension Float {
    /// Whole numbers that lie in the order of the numbers that they are made of.
    fileprivate var orderedBits: UInt32 {
        // The two zeros are equal.
        let bits = (self + 0).bitPattern
        return bits >> 31 == 0 ? bits | 1 << 31 : ~bits
    }
}

extension [Float] {
    /// Zero where a number has overflown, as in a network whose training diverged: nothing follows from it.
    var whereFinite: [Float] { map { $0.isFinite ? $0 : 0 } }
}

extension Tensor {
    /// Spearman's rank correlation of two rows of numbers, equal ones with their mean rank; nil if one of the rows has
    /// the same number everywhere.
    static func rankCorrelation(_ first: some Collection<Float>, _ second: some Collection<Float>) -> Double? {
        // Twice the rank, less its mean: whole numbers, so that sums are exact.
        func ranks(_ numbers: some Collection<Float>) -> [Double] {
            // One number each, to be sorted by what comes first in it: the number, then its place.
            let sorted = numbers.enumerated().map { UInt64($1.orderedBits) << 32 | UInt64($0) }.sorted()
            var ranks = [Double](repeating: 0, count: sorted.count)
            var start = 0
            while start < sorted.count {
                var end = start
                while end < sorted.count, sorted[end] >> 32 == sorted[start] >> 32 { end += 1 }
                for entry in sorted[start..<end] {
                    ranks[Int(UInt32(truncatingIfNeeded: entry))] = Double(start + end - sorted.count)
                }
                start = end
            }
            return ranks
        }
        let (x, y) = (ranks(first), ranks(second))
        func product(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
        let (xx, yy) = (product(x, x), product(y, y))
        return xx > 0 && yy > 0 ? product(x, y) / (xx * yy).squareRoot() : nil
    }

    /// That of the magnitudes of each element of the first dimension with those of the other tensor's; nil where there
    /// is none: whether two maps mark the same places, be it for something or against it.
    ///
    /// Source: J. Adebayo et al., "Sanity Checks for Saliency Maps", 2018.
    /// - Precondition: the shapes are equal.
    public func magnitudeRankCorrelations(with other: Tensor) -> [Double?] {
        precondition(shape == other.shape)
        let size = shape.dropFirst().reduce(1, *)
        return (0..<(shape.first ?? 0)).map { index in
            let place = index * size..<(index + 1) * size
            return Tensor.rankCorrelation(values[place].map(abs), other.values[place].map(abs))
        }
    }
}
