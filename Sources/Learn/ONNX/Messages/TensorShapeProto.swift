/// A tensor's extents, as far as they are known.
struct TensorShapeProto: ProtobufMessage {
    var dim: [Dimension] = []

    enum Field: Int {
        case dim = 1
    }

    mutating func read(_ field: Field, from reader: inout ProtobufReader) throws(ProtobufError) {
        switch field {
        case .dim: try reader.append(to: &dim)
        }
    }

    func write(to writer: inout ProtobufWriter) {
        writer.write(Field.dim, dim)
    }

    struct Dimension: ProtobufMessage {
        /// Nil if nothing is known of the dimension.
        var value: Value?

        enum Value: Equatable, Sendable {
            /// `dim_value`
            case extent(Int64)
            /// `dim_param`, a name for any extent, such as `batch`: where it occurs again, the same extent is meant.
            case name(String)
        }

        enum Field: Int {
            case value = 1
            case parameter = 2
        }

        mutating func read(_ field: Field, from reader: inout ProtobufReader) throws(ProtobufError) {
            switch field {
            case .value:
                var extent: Int64 = 0
                try reader.read(&extent)
                value = .extent(extent)
            case .parameter:
                var name = ""
                try reader.read(&name)
                value = .name(name)
            }
        }

        func write(to writer: inout ProtobufWriter) {
            switch value {
            case .extent(let extent): writer.write(Field.value, Optional(extent))
            case .name(let name): writer.write(Field.parameter, Array(name.utf8))
            case nil: break
            }
        }
    }
}
