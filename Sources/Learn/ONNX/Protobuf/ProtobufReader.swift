/// Goes through the fields of a message and of the messages in it.
///
/// ``next()`` comes to a field; one of the calls in `ProtobufReader+Values` then takes its value, or nothing does and it
/// is skipped. Nothing is made room for before its bytes are known to be there.
struct ProtobufReader {
    /// A field's value as it lies in the file.
    enum Value {
        case varint(UInt64)
        case fixed64(UInt64)
        case bytes(Range<Int>)
        case fixed32(UInt32)
    }

    let bytes: [UInt8]
    private let limits: ProtobufLimits
    /// The type of the message that the reader is in.
    private var message: any ProtobufMessage.Type
    private var position = 0
    /// The end of that message.
    private var end: Int
    private var depth = 0
    private var messages = 0
    /// Where the field begins that the reader has come to, and what it holds.
    private var start = 0
    private var number: Int?
    private(set) var value = Value.varint(0)

    init(
        _ bytes: [UInt8], of message: any ProtobufMessage.Type, limits: ProtobufLimits = ProtobufLimits()
    ) throws(ProtobufError) {
        try limits.check(bytes, of: message)
        self.bytes = bytes
        self.limits = limits
        self.message = message
        end = bytes.count
    }

    /// Steps over the next field.
    ///
    /// - Returns: its number, or nil at the end of the message.
    mutating func next() throws(ProtobufError) -> Int? {
        (start, number) = (position, nil)
        guard position < end else { return nil }
        let tag = try varint()
        let found = tag >> 3
        guard (1..<1 << 29).contains(found) else { throw error(.fieldNumber(found)) }
        number = Int(found)
        switch WireType(rawValue: tag & 7) {
        case .varint: value = .varint(try varint())
        case .fixed64: value = .fixed64(try fixed())
        case .lengthDelimited: value = .bytes(try lengthDelimited())
        case .startGroup, .endGroup: throw error(.group)
        case .fixed32: value = .fixed32(try fixed())
        case nil: throw error(.wireType(Int(tag & 7)))
        }
        return number
    }

    /// Reads the message that is the value of this field.
    mutating func descend<Message: ProtobufMessage>(
        into message: inout Message, _ range: Range<Int>
    ) throws(ProtobufError) {
        guard depth < limits.depth else { throw error(.tooDeep(limit: limits.depth)) }
        guard messages < limits.messages else { throw error(.tooManyMessages(limit: limits.messages)) }
        let outer = (message: self.message, end: end)
        messages += 1
        depth += 1
        (self.message, position, end) = (Message.self, range.lowerBound, range.upperBound)
        try message.read(from: &self)
        (self.message, position, end) = (outer.message, range.upperBound, outer.end)
        depth -= 1
    }

    /// Lets `take` read the numbers that lie one after the other in this field.
    mutating func unpack(
        _ range: Range<Int>, _ take: (inout ProtobufReader) throws(ProtobufError) -> Void
    ) throws(ProtobufError) {
        let outer = (position: position, end: end)
        (position, end) = (range.lowerBound, range.upperBound)
        while position < end { try take(&self) }
        (position, end) = outer
    }

    /// Seven bits a byte, the lowest first; all bytes but the last have their highest bit set.
    mutating func varint() throws(ProtobufError) -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while true {
            guard position < end else { throw error(.endsTooSoon) }
            let byte = bytes[position]
            // Ten bytes have 70 bits.
            guard shift < 63 || byte <= 1 else { throw error(.numberTooLong) }
            position += 1
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
            shift += 7
        }
    }

    /// All bytes of a number, the lowest first.
    mutating func fixed<Number: FixedWidthInteger>() throws(ProtobufError) -> Number {
        let count = Number.bitWidth / 8
        guard end - position >= count else { throw error(.endsTooSoon) }
        defer { position += count }
        return bytes.withUnsafeBytes {
            Number(littleEndian: $0.loadUnaligned(fromByteOffset: position, as: Number.self))
        }
    }

    private mutating func lengthDelimited() throws(ProtobufError) -> Range<Int> {
        let length = try varint()
        let left = end - position
        guard length <= left else { throw error(.lengthBeyondMessage(length, left: left)) }
        defer { position += Int(length) }
        return position..<position + Int(length)
    }

    /// What is wrong with the field that the reader has come to.
    func error(_ fault: ProtobufError.Fault) -> ProtobufError {
        ProtobufError(fault, offset: start, message, field: number)
    }
}
