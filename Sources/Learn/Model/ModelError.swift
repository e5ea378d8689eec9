/// Why a model cannot answer.
public enum ModelError: Error, Equatable, CustomStringConvertible {
    case weights(RunDefect)
    case wrongImages(found: [Int], expected: ImageShape)
    case unknownLayer(String, known: [String])
    /// A class, unit, channel, row or column that there is not.
    case outOfRange(String, Int, count: Int)
    /// A layer that has units, where maps are asked for, or the other way round.
    case wrongKind(layer: String, wanted: String)

    public var description: String {
        switch self {
        case .weights(let defect): "the weights are not the network's: \(defect)"
        case .wrongImages(let found, let expected):
            "images of shape \(found) do not fit the network; it takes [images, \(expected.height), "
                + "\(expected.width), \(expected.channels)]"
        case .unknownLayer(let name, let known):
            "there is no layer \(name) with an output; there are \(known.joined(separator: ", "))"
        case .outOfRange(let what, let index, let count): "\(what) \(index) is not in 0..<\(count)"
        case .wrongKind(let layer, let wanted): "\(layer) has no \(wanted); ask for another layer"
        }
    }
}
