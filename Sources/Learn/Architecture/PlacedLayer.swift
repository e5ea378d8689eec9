/// A layer with what follows from its place in a network.
public struct PlacedLayer: Sendable, Hashable {
    /// Place in the network, from 1.
    public let position: Int
    /// `conv1`, `pool1`, `dropout1`, `flatten`, `dense1`: as in Keras and in a run's tensors.
    public let name: String
    public let layer: Layer
    /// Input and output for one image: `[height, width, channels]`, or `[units]` from `flatten` on.
    public let input, output: [Int]
    /// Zeros that padding puts around the input.
    public let border: Border
    /// The layer's parameters, in the order in which they are stored.
    public let tensors: [ParameterShape]
    /// Multiplications, each with its addition, for one image forward; pooling and activations not counted.
    public let multiplyAdds: Int
    /// What of the image one output sees; nil from `flatten` on, where each sees all of it.
    public let receptiveField: ReceptiveField?

    /// Numbers among the parameters: weights, biases and statistics.
    public var parameters: Int { tensors.reduce(0) { $0 + $1.count } }

    /// Whether the layer works on maps, and not on units.
    public var hasMaps: Bool { input.count == 3 }
}

/// A tensor of parameters.
public struct ParameterShape: Sendable, Hashable {
    /// `conv1.kernel` `[height, width, in, out]`, `dense1.kernel` `[in, out]`, `conv1.bias` `[out]`.
    public let name: String
    public let shape: [Int]
    /// Numbers that feed one output, and that one input feeds: for Glorot's limit. Zero for biases and statistics.
    public let fanIn, fanOut: Int

    public var count: Int { shape.reduce(1, *) }
}

/// The part of the image that one output of a layer sees: the output at row y sees `extent.height` rows from
/// `top + y * stride.height` on, and columns alike. Rows outside the image are the zeros of padding.
public struct ReceptiveField: Sendable, Hashable {
    public let extent, stride: Extent
    public let top, left: Int

    static let pixel = ReceptiveField(extent: 1, stride: 1, top: 0, left: 0)

    /// That of a layer with this window behind a layer that sees as much as `self`.
    func seen(through window: Extent, stride: Extent, border: Border) -> ReceptiveField {
        ReceptiveField(
            extent: Extent(
                extent.height + (window.height - 1) * self.stride.height,
                extent.width + (window.width - 1) * self.stride.width),
            stride: Extent(self.stride.height * stride.height, self.stride.width * stride.width),
            top: top - border.top * self.stride.height, left: left - border.left * self.stride.width)
    }
}
