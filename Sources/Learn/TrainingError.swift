/// Why a training cannot start or go on.
public enum TrainingError: Error, Equatable, CustomStringConvertible {
    case unknownNetwork(String)
    /// Numbers have outgrown single precision.
    case diverged(network: String, epoch: Int)
    /// The state after `epochsDone` epochs is stored.
    case interrupted(network: String, epochsDone: Int)

    public var description: String {
        switch self {
        case .unknownNetwork(let name):
            "unknown network \"\(name)\": use \(Network.all.map(\.name).joined(separator: ", "))"
        case .diverged(let network, let epoch):
            "training of \(network) diverged in epoch \(epoch): its numbers outgrow single precision; lower the learning rate"
        case .interrupted(let network, let epochsDone):
            "training of \(network) interrupted after epoch \(epochsDone); the same command goes on from there"
        }
    }
}
