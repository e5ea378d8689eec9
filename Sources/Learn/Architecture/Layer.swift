/// One layer of a network, as the table in a paper would list it.
///
/// Written as text: `conv 6@5x5 same`, `maxpool 2`, `dense 120`; see ``init(parsing:)``.
public enum Layer: Sendable, Hashable {
    case convolution(
        filters: Int, kernel: Extent, stride: Extent = 1, padding: Padding = .valid, activation: Activation = .relu)
    case maxPooling(window: Extent, stride: Extent)
    case averagePooling(window: Extent, stride: Extent)
    /// The mean of each map; what follows are layers of units.
    case globalAveragePooling
    /// The largest number of each map; what follows are layers of units.
    case globalMaxPooling
    /// Each channel, or unit, scaled and shifted by statistics that a training elsewhere left.
    case batchNormalization(epsilon: Double = Layer.usualEpsilon)
    /// Each channel, or unit, multiplied by a number and shifted by another: what a network trained elsewhere wants done
    /// to its images, mostly.
    case rescaling
    case activation(Activation)
    case dropout(Double)
    case flatten
    /// A fully connected layer; the last of a network is linear, since it leaves the logits for softmax.
    case dense(units: Int, activation: Activation = .relu)

    /// What Keras adds to a variance before it divides by its root.
    public static let usualEpsilon = 0.001
}

extension Layer {
    /// Max pooling over squares that do not overlap.
    public static func maxPooling(_ window: Extent) -> Layer { .maxPooling(window: window, stride: window) }

    /// Average pooling over squares that do not overlap.
    public static func averagePooling(_ window: Extent) -> Layer { .averagePooling(window: window, stride: window) }

    public static func dense(_ units: Int) -> Layer { .dense(units: units) }

    /// What becomes of each number that the layer computed; nil for a layer that has no say in it.
    public var activation: Activation? {
        switch self {
        case .convolution(_, _, _, _, let activation), .dense(_, let activation), .activation(let activation):
            activation
        default: nil
        }
    }
}
