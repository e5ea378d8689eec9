/// A setting of an operator: a name and one value, which ``type`` says the field of.
struct AttributeProto: ProtobufMessage {
    var name = ""
    var f: Float?
    var i: Int64?
    /// Text in UTF-8, mostly.
    var s: [UInt8]?
    var t: TensorProto?
    var floats: [Float] = []
    var ints: [Int64] = []
    var strings: [[UInt8]] = []
    var type = AttributeType.undefined

    struct AttributeType: ProtobufEnumeration {
        let rawValue: Int32

        static let undefined = AttributeType(rawValue: 0)
        static let float = AttributeType(rawValue: 1)
        static let int = AttributeType(rawValue: 2)
        static let string = AttributeType(rawValue: 3)
        static let tensor = AttributeType(rawValue: 4)
        static let floats = AttributeType(rawValue: 6)
        static let ints = AttributeType(rawValue: 7)
        static let strings = AttributeType(rawValue: 8)
    }

    enum Field: Int {
        case name = 1
        case f = 2
        case i = 3
        case s = 4
        case t = 5
        case floats = 7
        case ints = 8
        case strings = 9
        case type = 20
    }

    mutating func read(_ field: Field, from reader: inout ProtobufReader) throws(ProtobufError) {
        switch field {
        case .name: try reader.read(&name)
        case .f: try reader.read(&f)
        case .i: try reader.read(&i)
        case .s: try reader.read(&s)
        case .t: try reader.read(&t)
        case .floats: try reader.append(to: &floats)
        case .ints: try reader.append(to: &ints)
        case .strings: try reader.append(to: &strings)
        case .type: try reader.read(&type)
        }
    }

    func write(to writer: inout ProtobufWriter) {
        writer.write(Field.name, name)
        writer.write(Field.f, f)
        writer.write(Field.i, i)
        writer.write(Field.s, s)
        writer.write(Field.t, t)
        writer.write(Field.floats, floats)
        writer.write(Field.ints, ints)
        writer.write(Field.strings, strings)
        writer.write(Field.type, type)
    }
}
