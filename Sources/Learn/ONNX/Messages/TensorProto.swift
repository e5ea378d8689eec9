/// A tensor: its extents, the last one fastest, and its elements, in one of the fields for them or in another file.
struct TensorProto: ProtobufMessage {
    /// None for a single number.
    var dims: [Int64] = []
    var dataType = DataType.undefined
    var floatData: [Float] = []
    /// Also narrower integers, truth values and the bits of half-precision numbers.
    var int32Data: [Int32] = []
    var int64Data: [Int64] = []
    var name = ""
    /// The elements' own bytes, the lowest first; of a tensor that was read a part of the file's.
    var rawData: ArraySlice<UInt8> = []
    var doubleData: [Double] = []
    /// `location`, a path from the model's folder, and maybe `offset` and `length` in bytes.
    var externalData: [StringStringEntryProto] = []
    var dataLocation = DataLocation.here

    struct DataType: ProtobufEnumeration {
        let rawValue: Int32

        static let undefined = DataType(rawValue: 0)
        static let float = DataType(rawValue: 1)
        static let int32 = DataType(rawValue: 6)
        static let int64 = DataType(rawValue: 7)
        static let double = DataType(rawValue: 11)
    }

    struct DataLocation: ProtobufEnumeration {
        let rawValue: Int32

        /// In the model's file. ONNX's name for it is `DEFAULT`.
        static let here = DataLocation(rawValue: 0)
        /// Where ``externalData`` says.
        static let external = DataLocation(rawValue: 1)
    }

    enum Field: Int {
        case dims = 1
        case dataType = 2
        case floatData = 4
        case int32Data = 5
        case int64Data = 7
        case name = 8
        case rawData = 9
        case doubleData = 10
        case externalData = 13
        case dataLocation = 14
    }

    mutating func read(_ field: Field, from reader: inout ProtobufReader) throws(ProtobufError) {
        switch field {
        case .dims: try reader.append(to: &dims)
        case .dataType: try reader.read(&dataType)
        case .floatData: try reader.append(to: &floatData)
        case .int32Data: try reader.append(to: &int32Data)
        case .int64Data: try reader.append(to: &int64Data)
        case .name: try reader.read(&name)
        case .rawData: try reader.read(&rawData)
        case .doubleData: try reader.append(to: &doubleData)
        case .externalData: try reader.append(to: &externalData)
        case .dataLocation: try reader.read(&dataLocation)
        }
    }

    func write(to writer: inout ProtobufWriter) {
        writer.write(Field.dims, dims)
        writer.write(Field.dataType, dataType)
        writer.write(Field.floatData, floatData)
        writer.write(Field.int32Data, int32Data)
        writer.write(Field.int64Data, int64Data)
        writer.write(Field.name, name)
        writer.write(Field.rawData, rawData)
        writer.write(Field.doubleData, doubleData)
        writer.write(Field.externalData, externalData)
        writer.write(Field.dataLocation, dataLocation)
    }
}
