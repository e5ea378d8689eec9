/// How the logit of a class follows from the pixels of an image.
public struct IntegratedGradients: Sendable, Equatable {
    /// Each pixel's part, its channels together, `[height, width]`.
    let map: [Float]
    /// The class's logit for the image, less that for the black image: the sum of the parts if the integral were exact.
    let difference: Double
    /// The sum of all parts.
    let sum: Double

    /// Points of the straight way from the black image at which the gradient is taken, each in the middle of its part.
    public static let steps = 256
}

extension Model {
    /// The integral of the gradient of a class's logit along the straight way from the black image, times the image.
    ///
    /// Source: M. Sundararajan, A. Taly, Q. Yan, "Axiomatic Attribution for Deep Networks", 2017.
    /// - Parameter image: `[height, width, channels]`, pixels divided by 255.
    func integratedGradients(of image: [Float], for chosen: Int) throws(ModelError) -> IntegratedGradients {
        let steps = IntegratedGradients.steps
        var points: [Float] = []
        points.reserveCapacity((steps + 2) * image.count)
        for step in 0..<steps {
            let part = (Float(step) + 0.5) / Float(steps)
            points += image.map { $0 * part }
        }
        points += [Float](repeating: 0, count: image.count) + image
        let shape = [steps + 2] + architecture.input.extents
        let (values, gradient) = try gradient(of: .logit(chosen), at: Tensor(shape: shape, values: points))
        let parts = zip(image, gradient.sums(of: 0..<steps)).map { Double($0) * $1 / Double(steps) }
        return IntegratedGradients(
            map: architecture.input.overChannels(parts), difference: Double(values[steps + 1]) - Double(values[steps]),
            sum: parts.reduce(0, +))
    }
}

extension Tensor {
    /// The sum of some elements of the first dimension, one after the other.
    fileprivate func sums(of range: Range<Int>) -> [Double] {
        let size = shape.dropFirst().reduce(1, *)
        var sums = [Double](repeating: 0, count: size)
        for index in range {
            for place in 0..<size { sums[place] += Double(values[index * size + place]) }
        }
        return sums
    }
}

extension ImageShape {
    /// The sum of each pixel's channels, `[height, width]`.
    fileprivate func overChannels(_ numbers: [Double]) -> [Float] {
        (0..<height * width).map { pixel in
            Float(numbers[pixel * channels..<(pixel + 1) * channels].reduce(0, +))
        }
    }
}
