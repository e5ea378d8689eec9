/// The value of the field that the reader has come to, by its type: of single values the last one counts, and those of
/// a list are appended. Numbers in a list come one a field or, packed, all in one.
extension ProtobufReader {
    mutating func read(_ value: inout Int64) throws(ProtobufError) {
        value = Int64(bitPattern: try varintValue())
    }

    mutating func read(_ value: inout Int64?) throws(ProtobufError) {
        value = Int64(bitPattern: try varintValue())
    }

    mutating func read<Number: ProtobufEnumeration>(_ value: inout Number) throws(ProtobufError) {
        value = Number(rawValue: try narrow(try varintValue()))
    }

    mutating func read(_ value: inout Float?) throws(ProtobufError) {
        guard case .fixed32(let bits) = self.value else { throw form(.fixed32) }
        value = Float(bitPattern: bits)
    }

    mutating func read(_ value: inout String) throws(ProtobufError) {
        guard let string = String(validating: bytes[try bytesValue()], as: UTF8.self) else { throw error(.notUTF8) }
        value = string
    }

    /// The bytes are not copied: they remain a part of the file's.
    mutating func read(_ value: inout ArraySlice<UInt8>) throws(ProtobufError) {
        value = bytes[try bytesValue()]
    }

    mutating func read(_ value: inout [UInt8]?) throws(ProtobufError) {
        value = Array(bytes[try bytesValue()])
    }

    mutating func read<Message: ProtobufMessage>(_ value: inout Message?) throws(ProtobufError) {
        let range = try bytesValue()
        var message = value.take() ?? Message()
        try descend(into: &message, range)
        value = message
    }
}

extension ProtobufReader {
    mutating func append(to list: inout [String]) throws(ProtobufError) {
        var string = ""
        try read(&string)
        list.append(string)
    }

    mutating func append(to list: inout [[UInt8]]) throws(ProtobufError) {
        list.append(Array(bytes[try bytesValue()]))
    }

    mutating func append<Message: ProtobufMessage>(to list: inout [Message]) throws(ProtobufError) {
        let range = try bytesValue()
        var message = Message()
        try descend(into: &message, range)
        list.append(message)
    }

    mutating func append(to list: inout [Int64]) throws(ProtobufError) {
        guard case .bytes(let range) = value else { return list.append(Int64(bitPattern: try varintValue())) }
        try unpack(range) { (reader) throws(ProtobufError) in
            list.append(Int64(bitPattern: try reader.varint()))
        }
    }

    mutating func append(to list: inout [Int32]) throws(ProtobufError) {
        guard case .bytes(let range) = value else { return list.append(try narrow(try varintValue())) }
        try unpack(range) { (reader) throws(ProtobufError) in
            list.append(try reader.narrow(try reader.varint()))
        }
    }

    mutating func append(to list: inout [Float]) throws(ProtobufError) {
        switch value {
        case .fixed32(let bits): list.append(Float(bitPattern: bits))
        case .bytes(let range): try appendFixed(range, to: &list) { Float(bitPattern: $0) }
        default: throw form(.fixed32)
        }
    }

    mutating func append(to list: inout [Double]) throws(ProtobufError) {
        switch value {
        case .fixed64(let bits): list.append(Double(bitPattern: bits))
        case .bytes(let range): try appendFixed(range, to: &list) { Double(bitPattern: $0) }
        default: throw form(.fixed64)
        }
    }

    private mutating func appendFixed<Bits: FixedWidthInteger, Number>(
        _ range: Range<Int>, to list: inout [Number], _ number: (Bits) -> Number
    ) throws(ProtobufError) {
        let size = Bits.bitWidth / 8
        guard range.count % size == 0 else { throw error(.unevenLength(range.count)) }
        list.reserveCapacity(list.count + range.count / size)
        try unpack(range) { (reader) throws(ProtobufError) in
            list.append(number(try reader.fixed()))
        }
    }
}

extension ProtobufReader {
    private func varintValue() throws(ProtobufError) -> UInt64 {
        guard case .varint(let number) = value else { throw form(.varint) }
        return number
    }

    private func bytesValue() throws(ProtobufError) -> Range<Int> {
        guard case .bytes(let range) = value else { throw form(.lengthDelimited) }
        return range
    }

    /// A number of 32 bits, which is written with 64 where it is negative.
    private func narrow(_ number: UInt64) throws(ProtobufError) -> Int32 {
        let wide = Int64(bitPattern: number)
        guard let narrow = Int32(exactly: wide) else { throw error(.outOfRange(wide)) }
        return narrow
    }

    private func form(_ expected: WireType) -> ProtobufError {
        error(.form(found: value.wireType, expected: expected))
    }
}

extension ProtobufReader.Value {
    fileprivate var wireType: WireType {
        switch self {
        case .varint: .varint
        case .fixed64: .fixed64
        case .bytes: .lengthDelimited
        case .fixed32: .fixed32
        }
    }
}
