import Testing

@testable import ONNX

/// What the format allows, read; for each way in which bytes are no message, the fault that is named.
@Suite struct ProtobufReaderTests {
    struct Refusal: CustomTestStringConvertible, Sendable {
        let testDescription: String
        /// What is read as a tensor.
        let bytes: [UInt8]
        let fault: ProtobufError.Fault
        var offset = 0
        let field: Int?

        init(
            _ description: String, _ bytes: [UInt8], _ fault: ProtobufError.Fault, offset: Int = 0, field: Int? = nil
        ) {
            (testDescription, self.bytes, self.fault, self.offset, self.field) =
                (description, bytes, fault, offset, field)
        }
    }

    @Test(arguments: [
        Refusal("no field has the number 0", [0x00, 0x01], .fieldNumber(0)),
        Refusal("nor 2^29", [0x80, 0x80, 0x80, 0x80, 0x10, 0x01], .fieldNumber(1 << 29)),
        Refusal("a tag that is cut short", [0x10, 0x01, 0x80], .endsTooSoon, offset: 2),
        Refusal("a tag of more than 64 bits", [UInt8](repeating: 0xFF, count: 10) + [0x01], .numberTooLong),
        Refusal("a group", [0x0B, 0x0C], .group, field: 1),
        Refusal("the end of a group", [0x0C], .group, field: 1),
        Refusal("wire type 6", [0x0E, 0x01], .wireType(6), field: 1),
        Refusal("wire type 7", [0x0F, 0x01], .wireType(7), field: 1),

        Refusal("nothing after a tag", [0x10], .endsTooSoon, field: 2),
        Refusal("a number that is cut short", [0x10, 0x80], .endsTooSoon, field: 2),
        Refusal(
            "a number of eleven bytes", [0x10] + [UInt8](repeating: 0x80, count: 10) + [0x01], .numberTooLong, field: 2),
        Refusal("a number of 65 bits", [0x10] + [UInt8](repeating: 0xFF, count: 9) + [0x02], .numberTooLong, field: 2),
        Refusal("four bytes that are three", [0x25, 1, 2, 3], .endsTooSoon, field: 4),
        Refusal("eight bytes that are seven", [0x51, 1, 2, 3, 4, 5, 6, 7], .endsTooSoon, field: 10),

        Refusal("a length beyond the end", [0x42, 0x05, 0x61], .lengthBeyondMessage(5, left: 1), field: 8),
        Refusal(
            "the greatest length", [0x42] + [UInt8](repeating: 0xFF, count: 9) + [0x01],
            .lengthBeyondMessage(.max, left: 0), field: 8),
        Refusal(
            "a length beyond the end, of a field that is not known", [0xC2, 0x3E, 0x02, 0x61],
            .lengthBeyondMessage(2, left: 1), field: 1000),

        Refusal("a text that is a number", [0x40, 0x01], .form(found: .varint, expected: .lengthDelimited), field: 8),
        Refusal(
            "a message that is four bytes", [0x6D, 1, 2, 3, 4], .form(found: .fixed32, expected: .lengthDelimited),
            field: 13),
        Refusal("a number that is a text", [0x12, 0x00], .form(found: .lengthDelimited, expected: .varint), field: 2),
        Refusal("integers of four bytes", [0x0D, 1, 2, 3, 4], .form(found: .fixed32, expected: .varint), field: 1),
        Refusal("floats in the form of integers", [0x20, 0x01], .form(found: .varint, expected: .fixed32), field: 4),
        Refusal(
            "doubles of four bytes", [0x55, 1, 2, 3, 4], .form(found: .fixed32, expected: .fixed64), field: 10),

        Refusal("floats in three bytes", [0x22, 0x03, 1, 2, 3], .unevenLength(3), field: 4),
        Refusal(
            "doubles in twelve bytes", [0x52, 0x0C] + [UInt8](repeating: 0, count: 12), .unevenLength(12), field: 10),
        Refusal(
            "packed integers of which the last is cut short", [0x0A, 0x02, 0x01, 0x80, 0x01], .endsTooSoon, field: 1),
        Refusal(
            "more than 31 bits", [0x08, 0x07, 0x10, 0x80, 0x80, 0x80, 0x80, 0x08], .outOfRange(1 << 31), offset: 2,
            field: 2),
        Refusal(
            "more than 31 bits, packed", [0x2A, 0x06, 0x01, 0x80, 0x80, 0x80, 0x80, 0x08], .outOfRange(1 << 31),
            field: 5),
        Refusal("a byte that is in no text", [0x42, 0x01, 0xFF], .notUTF8, field: 8),
        Refusal("half of a surrogate pair", [0x42, 0x03, 0xED, 0xA0, 0x80], .notUTF8, field: 8),
        Refusal("a zero in two bytes", [0x42, 0x02, 0xC0, 0x80], .notUTF8, field: 8),
    ])
    func isRefused(_ refusal: Refusal) {
        let expected = ProtobufError(refusal.fault, offset: refusal.offset, TensorProto.self, field: refusal.field)
        #expect(throws: expected) { try TensorProto(serialized: refusal.bytes) }
    }

    /// The inner message ends before the outer one, where there would be bytes enough.
    @Test func aLengthBeyondTheInnerMessageIsRefused() {
        let bytes: [UInt8] = [0x10, 0x01, 0x6A, 0x03, 0x0A, 0x02, 0x61, 0x42, 0x01, 0x62]
        let error = #expect(throws: ProtobufError.self) { try TensorProto(serialized: bytes) }
        #expect(
            error?.description
                == "field 1 of StringStringEntryProto, byte 4: a length of 2 with 1 byte left")
    }

    @Test func theErrorSaysWhereItIs() {
        let bytes: [UInt8] = [0x10, 0x01, 0x42, 0x01, 0xFF]
        let error = #expect(throws: ProtobufError.self) { try TensorProto(serialized: bytes) }
        #expect(error?.description == "field 8 of TensorProto, byte 2: not UTF-8")
    }
}

extension ProtobufReaderTests {
    @Test func whatIsNotKnownIsSkipped() throws {
        let unknown: [[UInt8]] = [
            [0xC0, 0x3E, 0xFF, 0xFF, 0x7F], [0xC1, 0x3E, 1, 2, 3, 4, 5, 6, 7, 8], [0xC2, 0x3E, 0x02, 0xFF, 0x0B],
            [0xC5, 0x3E, 1, 2, 3, 4], [0x1A, 0x00],
        ]
        let bytes = unknown.joined() + [0x42, 0x01, 0x61] + unknown.joined()
        #expect(try TensorProto(serialized: Array(bytes)) == TensorProto(name: "a"))
    }

    @Test func listsOfNumbersAreReadPackedAndNot() throws {
        let tensor = try TensorProto(serialized: [
            0x08, 0x01, 0x0A, 0x03, 0x02, 0xAC, 0x02, 0x0A, 0x00, 0x08, 0x03,
            0x25, 0, 0, 0x80, 0x3F, 0x22, 0x08, 0, 0, 0, 0x40, 0, 0, 0x40, 0x40, 0x25, 0, 0, 0x80, 0x40,
            0x28, 0x05, 0x2A, 0x01, 0x06,
            0x51, 0, 0, 0, 0, 0, 0, 0xF0, 0x3F, 0x52, 0x08, 0, 0, 0, 0, 0, 0, 0, 0x40,
        ])
        #expect(tensor.dims == [1, 2, 300, 3])
        #expect(tensor.floatData == [1, 2, 3, 4])
        #expect(tensor.int32Data == [5, 6])
        #expect(tensor.doubleData == [1, 2])
    }

    @Test func ofSingleValuesTheLastOneCountsAndMessagesAreMerged() throws {
        let tensor: [UInt8] = [0x42, 0x01, 0x61, 0x42, 0x01, 0x62, 0x10, 0x01, 0x10, 0x07]
        #expect(try TensorProto(serialized: tensor) == TensorProto(dataType: .int64, name: "b"))
        // The tensor of an attribute, in two parts.
        let attribute: [UInt8] = [0x2A, 0x05, 0x08, 0x02, 0x42, 0x01, 0x61, 0x2A, 0x04, 0x08, 0x03, 0x10, 0x01]
        let merged = TensorProto(dims: [2, 3], dataType: .float, name: "a")
        #expect(try AttributeProto(serialized: attribute) == AttributeProto(t: merged))
        let dimension: [UInt8] = [0x12, 0x01, 0x6E, 0x08, 0x1C]
        #expect(try TensorShapeProto.Dimension(serialized: dimension).value == .extent(28))
    }

    @Test func numbersMayHaveBytesThatAddNothing() throws {
        let tensor = try TensorProto(serialized: [0x90, 0x00, 0x81, 0x80, 0x80, 0x00, 0xC2, 0x00, 0x81, 0x00, 0x61])
        #expect(tensor == TensorProto(dataType: .float, name: "a"))
    }

    @Test func negativeNumbersHaveTenBytes() throws {
        let minusOne = [UInt8](repeating: 0xFF, count: 9) + [0x01]
        let tensor = try TensorProto(serialized: [0x08] + minusOne + [0x2A, 0x0A] + minusOne + [0x10] + minusOne)
        #expect(tensor.dims == [-1] && tensor.int32Data == [-1] && tensor.dataType.rawValue == -1)
    }

    @Test func aMeaningThatIsNotKnownIsKept() throws {
        let attribute = try AttributeProto(serialized: [0xA0, 0x01, 0x63])
        #expect(attribute.type == AttributeProto.AttributeType(rawValue: 99))
    }
}

/// A message in a message, as deep as one likes.
private struct Nest: ProtobufMessage {
    var inner: [Nest] = []

    enum Field: Int {
        case inner = 1
    }

    mutating func read(_ field: Field, from reader: inout ProtobufReader) throws(ProtobufError) {
        try reader.append(to: &inner)
    }

    func write(to writer: inout ProtobufWriter) {
        writer.write(Field.inner, inner)
    }

    static func deep(_ depth: Int) -> Nest {
        (0..<depth).reduce(Nest()) { nest, _ in Nest(inner: [nest]) }
    }
}

@Suite struct ProtobufLimitTests {
    @Test func messagesInEachOther() throws {
        let limit = ProtobufLimits().depth
        #expect(try Nest(serialized: Nest.deep(limit).serialized()) == Nest.deep(limit))
        let deeper = try Nest.deep(limit + 1).serialized()
        let error = #expect(throws: ProtobufError.self) { try Nest(serialized: deeper) }
        #expect(error?.fault == .tooDeep(limit: limit))
        #expect(throws: ProtobufError.self) { try Nest(serialized: Nest.deep(2000).serialized()) }
    }

    @Test func messages() throws {
        let three = try Nest(inner: [Nest(), Nest.deep(1)]).serialized()
        #expect(try Nest(serialized: three, limits: ProtobufLimits(messages: 3)).inner.count == 2)
        let error = #expect(throws: ProtobufError.self) {
            try Nest(serialized: three, limits: ProtobufLimits(messages: 2))
        }
        #expect(error?.fault == .tooManyMessages(limit: 2))
    }

    @Test func bytes() throws {
        let tensor = TensorProto(name: "name")
        let limits = ProtobufLimits(bytes: 5)
        let fault = ProtobufError.Fault.tooLong(6, limit: 5)
        let expected = ProtobufError(fault, offset: 0, TensorProto.self)
        #expect(throws: expected) { try tensor.serialized(limits: limits) }
        #expect(throws: expected) { try TensorProto(serialized: tensor.serialized(), limits: limits) }
        #expect(try tensor.serialized(limits: ProtobufLimits(bytes: 6)).count == 6)
    }
}
