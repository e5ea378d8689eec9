/// A network: operations on named values, each after those whose outputs it takes.
struct GraphProto: ProtobufMessage {
    var node: [NodeProto] = []
    var name = ""
    /// Values that are known, such as weights.
    var initializer: [TensorProto] = []
    var docString = ""
    /// In older files the initializers, too, are among them.
    var input: [ValueInfoProto] = []
    var output: [ValueInfoProto] = []
    /// Types of values between the nodes, of as many as the writer knew.
    var valueInfo: [ValueInfoProto] = []

    enum Field: Int {
        case node = 1
        case name = 2
        case initializer = 5
        case docString = 10
        case input = 11
        case output = 12
        case valueInfo = 13
    }

    mutating func read(_ field: Field, from reader: inout ProtobufReader) throws(ProtobufError) {
        switch field {
        case .node: try reader.append(to: &node)
        case .name: try reader.read(&name)
        case .initializer: try reader.append(to: &initializer)
        case .docString: try reader.read(&docString)
        case .input: try reader.append(to: &input)
        case .output: try reader.append(to: &output)
        case .valueInfo: try reader.append(to: &valueInfo)
        }
    }

    func write(to writer: inout ProtobufWriter) {
        writer.write(Field.node, node)
        writer.write(Field.name, name)
        writer.write(Field.initializer, initializer)
        writer.write(Field.docString, docString)
        writer.write(Field.input, input)
        writer.write(Field.output, output)
        writer.write(Field.valueInfo, valueInfo)
    }
}
