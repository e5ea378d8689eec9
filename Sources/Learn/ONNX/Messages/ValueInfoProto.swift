/// A value's name and type.
struct ValueInfoProto: ProtobufMessage {
    var name = ""
    var type: TypeProto?
    var docString = ""

    enum Field: Int {
        case name = 1
        case type = 2
        case docString = 3
    }

    mutating func read(_ field: Field, from reader: inout ProtobufReader) throws(ProtobufError) {
        switch field {
        case .name: try reader.read(&name)
        case .type: try reader.read(&type)
        case .docString: try reader.read(&docString)
        }
    }

    func write(to writer: inout ProtobufWriter) {
        writer.write(Field.name, name)
        writer.write(Field.type, type)
        writer.write(Field.docString, docString)
    }
}

/// What a value can be. Sequences, dictionaries and the like are not read, and leave ``tensorType`` nil.
struct TypeProto: ProtobufMessage {
    var tensorType: Tensor?

    enum Field: Int {
        case tensorType = 1
    }

    mutating func read(_ field: Field, from reader: inout ProtobufReader) throws(ProtobufError) {
        switch field {
        case .tensorType: try reader.read(&tensorType)
        }
    }

    func write(to writer: inout ProtobufWriter) {
        writer.write(Field.tensorType, tensorType)
    }

    struct Tensor: ProtobufMessage {
        var elemType = TensorProto.DataType.undefined
        /// Nil if not even the number of dimensions is known.
        var shape: TensorShapeProto?

        enum Field: Int {
            case elemType = 1
            case shape = 2
        }

        mutating func read(_ field: Field, from reader: inout ProtobufReader) throws(ProtobufError) {
            switch field {
            case .elemType: try reader.read(&elemType)
            case .shape: try reader.read(&shape)
            }
        }

        func write(to writer: inout ProtobufWriter) {
            writer.write(Field.elemType, elemType)
            writer.write(Field.shape, shape)
        }
    }
}
