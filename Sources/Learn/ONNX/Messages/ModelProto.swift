/// A file of the Open Neural Network Exchange: a graph, and what is needed to understand it.
///
/// Of this and the other messages, those fields are here that feed-forward networks need. Names, numbers and meanings
/// are those of the ONNX project's own definition,
/// <https://github.com/onnx/onnx/blob/main/onnx/onnx.proto>; its words on them,
/// <https://onnx.ai/onnx/repo-docs/IR.html>.
struct ModelProto: ProtobufMessage {
    /// The version of the file's form.
    var irVersion: Int64 = 0
    var producerName = ""
    var producerVersion = ""
    var graph: GraphProto?
    /// The versions of the operators, one for each domain that nodes name.
    var opsetImport: [OperatorSetIdProto] = []
    var metadataProps: [StringStringEntryProto] = []

    enum Field: Int {
        case irVersion = 1
        case producerName = 2
        case producerVersion = 3
        case graph = 7
        case opsetImport = 8
        case metadataProps = 14
    }

    mutating func read(_ field: Field, from reader: inout ProtobufReader) throws(ProtobufError) {
        switch field {
        case .irVersion: try reader.read(&irVersion)
        case .producerName: try reader.read(&producerName)
        case .producerVersion: try reader.read(&producerVersion)
        case .graph: try reader.read(&graph)
        case .opsetImport: try reader.append(to: &opsetImport)
        case .metadataProps: try reader.append(to: &metadataProps)
        }
    }

    func write(to writer: inout ProtobufWriter) {
        writer.write(Field.irVersion, irVersion)
        writer.write(Field.producerName, producerName)
        writer.write(Field.producerVersion, producerVersion)
        writer.write(Field.graph, graph)
        writer.write(Field.opsetImport, opsetImport)
        writer.write(Field.metadataProps, metadataProps)
    }
}

/// Which version of a set of operators a model is written in.
struct OperatorSetIdProto: ProtobufMessage {
    /// Empty for ONNX's own operators.
    var domain = ""
    var version: Int64 = 0

    enum Field: Int {
        case domain = 1
        case version = 2
    }

    mutating func read(_ field: Field, from reader: inout ProtobufReader) throws(ProtobufError) {
        switch field {
        case .domain: try reader.read(&domain)
        case .version: try reader.read(&version)
        }
    }

    func write(to writer: inout ProtobufWriter) {
        writer.write(Field.domain, domain)
        writer.write(Field.version, version)
    }
}

/// A member of a dictionary.
struct StringStringEntryProto: ProtobufMessage {
    var key = ""
    var value = ""

    enum Field: Int {
        case key = 1
        case value = 2
    }

    mutating func read(_ field: Field, from reader: inout ProtobufReader) throws(ProtobufError) {
        switch field {
        case .key: try reader.read(&key)
        case .value: try reader.read(&value)
        }
    }

    func write(to writer: inout ProtobufWriter) {
        writer.write(Field.key, key)
        writer.write(Field.value, value)
    }
}
