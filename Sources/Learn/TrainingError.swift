/// Why a training cannot start or go on.
public enum TrainingError: Error, Equatable, CustomStringConvertible {
    /// The network takes images of another form than the data set has, or tells another number of classes.
    case wrongData(network: String, takes: ImageShape, classes: Int, found: ImageShape, foundClasses: Int)
    /// Numbers have outgrown single precision.
    case diverged(network: String, epoch: Int)
    /// The state after `epochsDone` epochs is stored.
    case interrupted(network: String, epochsDone: Int)

    public var description: String {
        switch self {
        case .wrongData(let network, let takes, let classes, let found, let foundClasses):
            "\(network) takes images of \(takes) in \(classes) classes, and the data are images of \(found) in "
                + "\(foundClasses): train it with other data, or another network with these"
        case .diverged(let network, let epoch):
            "training of \(network) diverged in epoch \(epoch): its numbers outgrow single precision; lower the learning rate"
        case .interrupted(let network, let epochsDone):
            "training of \(network) interrupted after epoch \(epochsDone); the same command goes on from there"
        }
    }
}
