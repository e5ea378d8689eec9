import Learn

/// How a field's value lies in a message.
public enum WireType: UInt64, Sendable {
    case varint, fixed64, lengthDelimited, startGroup, endGroup, fixed32
}

/// What is wrong with a message, and where.
public struct ProtobufError: Error, Equatable, Sendable {
    public enum Fault: Equatable, Sendable {
        /// The message ends in the midst of a number.
        case endsTooSoon
        /// A number of more than 64 bits.
        case numberTooLong
        /// No field can have this number.
        case fieldNumber(UInt64)
        /// A group begins or ends.
        case group
        /// One of the two wire types that mean nothing.
        case wireType(Int)
        /// A field claims more bytes than its message has left.
        case lengthBeyondMessage(UInt64, left: Int)
        /// The field is there in another form than its type has.
        case form(found: WireType, expected: WireType)
        /// The bytes of a list of numbers are not a whole number of them.
        case unevenLength(Int)
        case notUTF8
        /// A number that does not fit into the field's 32 bits.
        case outOfRange(Int64)
        case tooLong(Int, limit: Int)
        case tooDeep(limit: Int)
        case tooManyMessages(limit: Int)
    }

    public let fault: Fault
    /// Where it is, in bytes from the beginning of the file.
    public let offset: Int
    /// The type of the message, such as `NodeProto`.
    public let message: String
    /// The number of the field, if it is known.
    public let field: Int?

    init(_ fault: Fault, offset: Int, _ message: any ProtobufMessage.Type, field: Int? = nil) {
        self.fault = fault
        self.offset = offset
        self.message = "\(message)"
        self.field = field
    }
}

extension ProtobufError: CustomStringConvertible {
    public var description: String {
        let place = field.map { "field \($0) of \(message)" } ?? message
        return "\(place), byte \(offset): \(fault.description)"
    }
}

extension ProtobufError.Fault: CustomStringConvertible {
    public var description: String {
        switch self {
        case .endsTooSoon: "cut short"
        case .numberTooLong: "a number of more than 64 bits"
        case .fieldNumber(let number): "a field cannot have the number \(number)"
        case .group: "groups are not supported"
        case .wireType(let type): "the wire type \(type) means nothing"
        case .lengthBeyondMessage(let length, let left): "a length of \(length) with \(left.counted("byte")) left"
        case .form(let found, let expected): "a value of the wire type \(found) instead of \(expected)"
        case .unevenLength(let length): "no whole number of values has \(length.counted("byte"))"
        case .notUTF8: "not UTF-8"
        case .outOfRange(let number): "\(number) does not fit into 32 bits"
        case .tooLong(let length, let limit): "\(length.counted("byte")); the limit is \(limit)"
        case .tooDeep(let limit): "more than \(limit) messages in each other"
        case .tooManyMessages(let limit): "more than \(limit) messages"
        }
    }
}
