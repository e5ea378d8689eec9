/// A parameter where space counts, on disk beside a run or on its way to a page.
///
/// A kernel's numbers are integers of so many bits, each a multiple of its output channel's scale: a filter of small
/// weights is then no less exact than one of large weights. Biases and statistics, of which there are few, stay as they
/// are.
public struct CompactTensor: Sendable, Equatable {
    /// How long the integers are.
    public enum Width: Int, Sendable {
        /// What a trained network makes of an image then differs by about a ten-thousandth of a layer's largest number.
        case bits16 = 16
        /// As exact as single precision.
        case bits24 = 24

        /// The largest integer; the smallest is its opposite.
        var largest: Int32 { 1 << (rawValue - 1) - 1 }
    }

    public enum Numbers: Sendable, Equatable {
        case singles([Float])
        /// With a scale for each output channel.
        case integers([Int32], scales: [Float], Width)
    }

    /// The last dimension, which changes fastest, is that of the output channels.
    public let shape: [Int]
    public let numbers: Numbers

    init(shape: [Int], numbers: Numbers) {
        self.shape = shape
        self.numbers = numbers
    }

    public init(_ tensor: Tensor, _ width: Width) {
        shape = tensor.shape
        guard let channels = tensor.outputChannels else {
            numbers = .singles(tensor.values)
            return
        }
        var largest = [Float](repeating: 0, count: channels)
        for (index, value) in tensor.values.enumerated() {
            largest[index % channels] = max(largest[index % channels], abs(value))
        }
        let reach = Double(width.largest)
        // A little less than it takes, so that no multiple is beyond the largest.
        let scales = largest.map { max(0, Float(Double($0) / reach).nextDown) }
        let integers = tensor.values.enumerated().map { index, value in
            let scale = Double(scales[index % channels])
            return scale > 0 ? Int32(min(reach, max(-reach, (Double(value) / scale).rounded()))) : 0
        }
        numbers = .integers(integers, scales: scales, width)
    }

    /// The numbers that it stands for.
    public var tensor: Tensor {
        switch numbers {
        case .singles(let values): Tensor(shape: shape, values: values)
        case .integers(let integers, let scales, _):
            Tensor(
                shape: shape,
                values: integers.enumerated().map { Float(Double($1) * Double(scales[$0 % scales.count])) })
        }
    }

    /// By how much a number may differ from the one that it was made of: half a scale, and what single precision leaves
    /// of a multiple of it.
    public var error: Float {
        switch numbers {
        case .singles: 0
        case .integers(_, let scales, let width):
            (scales.max() ?? 0) * (0.5 + Float(width.largest) * .ulpOfOne / 2)
        }
    }
}

extension Tensor {
    /// Nil for one of biases or statistics, which has a number a channel.
    fileprivate var outputChannels: Int? {
        guard shape.count > 1, let channels = shape.last, channels > 0 else { return nil }
        return channels
    }
}
