/// The settings of a node, each asked for by name. What nobody asked for is refused: it would mean something.
struct NodeAttributes {
    private let node: NodeProto
    private var left: [String: AttributeProto] = [:]

    init(_ node: NodeProto) throws(ONNXImportError) {
        self.node = node
        for attribute in node.attribute where left.updateValue(attribute, forKey: attribute.name) != nil {
            throw ONNXImportError(node, "\(attribute.name.shortened) is there twice")
        }
    }

    mutating func int(_ name: String) -> Int? { left.removeValue(forKey: name)?.i.map(Int.init) }
    mutating func float(_ name: String) -> Float? { left.removeValue(forKey: name)?.f }
    mutating func ints(_ name: String) -> [Int]? { left.removeValue(forKey: name)?.ints.map(Int.init) }

    mutating func text(_ name: String) -> String? {
        left.removeValue(forKey: name)?.s.map { String(decoding: $0, as: UTF8.self) }
    }

    mutating func attribute(_ name: String) -> AttributeProto? { left.removeValue(forKey: name) }

    /// Takes a setting that may only be what it usually is.
    mutating func demand(_ name: String, _ usual: Int) throws(ONNXImportError) {
        let found = int(name) ?? usual
        guard found == usual else { throw ONNXImportError(node, "\(name) = \(found); taken is \(usual)") }
    }

    /// A list of two numbers, for rows and columns.
    mutating func pair(_ name: String, _ usual: Int? = nil) throws(ONNXImportError) -> (rows: Int, columns: Int)? {
        guard let numbers = ints(name) else { return usual.map { ($0, $0) } }
        guard numbers.count == 2 else {
            throw ONNXImportError(node, "\(name) has \(numbers.count) numbers; taken are networks of images, with 2")
        }
        return (numbers[0], numbers[1])
    }

    func finish() throws(ONNXImportError) {
        guard let name = left.keys.min() else { return }
        throw ONNXImportError(node, "the attribute \(name.shortened) is not supported")
    }
}
