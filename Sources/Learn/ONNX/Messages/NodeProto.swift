/// An operation: an operator with its settings, and the names of the values that it takes and makes.
struct NodeProto: ProtobufMessage {
    /// An empty name stands for an optional input that is not there.
    var input: [String] = []
    var output: [String] = []
    var name = ""
    /// The operator, such as `Conv`.
    var opType = ""
    var attribute: [AttributeProto] = []
    /// The set that the operator is of; empty for ONNX's own.
    var domain = ""

    enum Field: Int {
        case input = 1
        case output = 2
        case name = 3
        case opType = 4
        case attribute = 5
        case domain = 7
    }

    mutating func read(_ field: Field, from reader: inout ProtobufReader) throws(ProtobufError) {
        switch field {
        case .input: try reader.append(to: &input)
        case .output: try reader.append(to: &output)
        case .name: try reader.read(&name)
        case .opType: try reader.read(&opType)
        case .attribute: try reader.append(to: &attribute)
        case .domain: try reader.read(&domain)
        }
    }

    func write(to writer: inout ProtobufWriter) {
        writer.write(Field.input, input)
        writer.write(Field.output, output)
        writer.write(Field.name, name)
        writer.write(Field.opType, opType)
        writer.write(Field.attribute, attribute)
        writer.write(Field.domain, domain)
    }
}
