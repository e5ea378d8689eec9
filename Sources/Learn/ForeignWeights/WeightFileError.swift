/// Why the tensors of a file are not the weights of a network.
public struct WeightFileError: Error, Equatable, CustomStringConvertible {
    public let description: String

    init(_ description: String) { self.description = description }
}
