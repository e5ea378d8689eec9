/// Why layers are no network: which layer, and what to do.
public struct ArchitectureError: Error, Equatable, CustomStringConvertible {
    public enum Reason: Equatable, Sendable {
        case noImage(ImageShape)
        case tooFewClasses(Int)
        case noLayers
        case notation(LayerNotationError)
        case notPositive(what: String, Int)
        /// A window that no place in the map has room for.
        case mapTooSmall(rows: Int, columns: Int, window: Extent)
        case wrongRate(Double)
        case wrongEpsilon(Double)
        case wrongSlope(Double)
        case wrongAlpha(Double)
        case needsMaps
        case needsUnits
        case afterLastDense
        case lastNotDense
        case wrongOutputs(Int, classes: Int)
        case tooLarge(what: String, limit: Int)
        case trainsNot
    }

    /// Place of the layer, from 1; nil where the network as a whole is meant.
    public let position: Int?
    /// The layer as it is written.
    public let layer: String?
    public let reason: Reason

    public var description: String {
        guard let position, let layer else { return "network: \(reason.text)" }
        return "layer \(position), \(layer): \(reason.text)"
    }
}

extension ArchitectureError.Reason {
    fileprivate var text: String {
        switch self {
        case .noImage(let shape): "an image of \(shape) has no pixels; each extent must be at least 1"
        case .tooFewClasses(let count): "\(count) classes are no choice; there must be at least 2"
        case .noLayers: "there are no layers; write at least flatten and a dense layer of as many units as classes"
        case .notation(let error): error.problem
        case .notPositive(let what, let number): "\(what) \(number) must be at least 1"
        case .mapTooSmall(let rows, let columns, let window):
            "nothing is left of a map of \(rows)x\(columns) under a window of \(window.both); use a smaller window, "
                + "same padding, or fewer layers before it"
        case .wrongRate(let rate): "a rate of \(rate) is no share to drop; it must be at least 0 and less than 1"
        case .wrongEpsilon(let epsilon): "an epsilon of \(epsilon) divides by nothing; it must be a number above 0"
        case .wrongSlope(let slope): "a slope of \(slope) turns the sign; it must be a number of at least 0"
        case .wrongAlpha(let alpha): "an alpha of \(alpha) turns the sign; it must be a number above 0"
        case .needsMaps: "it needs maps, but the layers before it have made them units; put it before that layer"
        case .needsUnits: "it needs units, but the layers before it leave maps; put flatten or globalavgpool before it"
        case .afterLastDense: "nothing may stand after the last dense layer, which feeds softmax; put it before that"
        case .lastNotDense: "the last layer must be dense, with as many units as there are classes; add it"
        case .wrongOutputs(let units, let classes):
            "the last layer has \(units) units, but there are \(classes) classes; write dense \(classes)"
        case .tooLarge(let what, let limit): "\(what) would be more than \(limit); make the layer smaller"
        case .trainsNot: "it can be applied but not trained here; train without it"
        }
    }
}
