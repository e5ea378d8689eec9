import Foundation

/// A folder of runs, one folder a run.
public struct RunStore: Sendable {
    public let folder: URL

    public init(folder: URL) { self.folder = folder }

    /// The complete run with this configuration and data, or nil if the store holds none.
    public func load(_ configuration: Configuration, dataDigests: [String: String]) throws -> Run? { nil }

    /// Stores a complete run; a run of the same identity is replaced.
    public func save(_ run: Run) throws {}
}
