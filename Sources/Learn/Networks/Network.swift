/// A network by its name.
public struct Network: Sendable, Equatable {
    /// Letters, digits, `-` and `_`: commands and files call it so.
    public let name: String
    public let architecture: Architecture
    /// Epochs trained unless the caller says otherwise.
    public let defaultEpochs: Int

    public init(name: String, architecture: Architecture, defaultEpochs: Int) {
        self.name = name
        self.architecture = architecture
        self.defaultEpochs = defaultEpochs
    }
}

extension Network: CustomStringConvertible {
    public var description: String { name }
}
