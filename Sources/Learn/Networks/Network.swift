/// A network by its name.
public struct Network: Sendable, Equatable {
    /// Letters, digits, `-` and `_`: commands and files call it so.
    public let name: String
    public let architecture: Architecture
    /// Epochs trained unless the caller says otherwise; 0 for a model that came with its weights.
    public let defaultEpochs: Int

    public init(name: String, architecture: Architecture, defaultEpochs: Int) {
        self.name = name
        self.architecture = architecture
        self.defaultEpochs = defaultEpochs
    }
}

extension Network {
    /// That a configuration is of.
    public init(_ configuration: Configuration) {
        self.init(
            name: configuration.network, architecture: configuration.architecture, defaultEpochs: configuration.epochs)
    }

    /// Whether it is one that this program trains.
    public var isTrained: Bool { defaultEpochs > 0 }
}

extension Network: CustomStringConvertible {
    public var description: String { name }
}
