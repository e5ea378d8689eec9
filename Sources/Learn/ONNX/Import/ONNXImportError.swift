/// Why a model cannot be imported: in one line where, what, and what is taken.
public struct ONNXImportError: Error, Equatable, CustomStringConvertible {
    /// The file, node, tensor or value that is meant.
    public let place: String
    public let problem: String

    init(_ place: String, _ problem: String) {
        self.place = place
        self.problem = problem
    }

    init(_ node: NodeProto, _ problem: String) {
        let name = node.name.isEmpty ? node.output.first ?? "" : node.name
        self.init("node \"\(name.shortened)\" (\(node.opType.shortened))", problem)
    }

    public var description: String { "\(place): \(problem)" }
}

extension ONNXImportError {
    static func tensor(_ name: String, _ problem: String) -> ONNXImportError {
        ONNXImportError("tensor \"\(name.shortened)\"", problem)
    }

    /// What follows where a network is more than a sequence of layers.
    static let sequential = "taken are sequential networks, each node fed by the one before it and by constants"
}

extension String {
    /// A name out of a file as a message has room for it.
    var shortened: String { count <= 60 ? self : "\(prefix(40))...\(suffix(15))" }
}
