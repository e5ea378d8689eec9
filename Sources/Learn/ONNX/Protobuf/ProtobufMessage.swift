/// A message in the form of Protocol Buffers: a sequence of numbered fields, in any order.
///
/// What is read and written is the binary form, <https://protobuf.dev/programming-guides/encoding/>, but for groups,
/// which it has given up. A message does as that page prescribes: fields that it does not know are skipped, of a single
/// value that is there twice the last one counts, and a message that is there twice is both of them, merged.
protocol ProtobufMessage: Equatable, Sendable {
    /// The fields that are read and written; their numbers are those of the message's definition.
    associatedtype Field: RawRepresentable<Int>

    /// A message without fields.
    init()

    /// Takes the value of the field that the reader has come to.
    mutating func read(_ field: Field, from reader: inout ProtobufReader) throws(ProtobufError)

    /// Writes the fields by number.
    func write(to writer: inout ProtobufWriter)
}

/// A number that stands for something; those without a meaning are kept, too.
protocol ProtobufEnumeration: RawRepresentable<Int32>, Equatable, Sendable {
    init(rawValue: Int32)
}

extension ProtobufMessage {
    /// - Parameter bytes: a whole file or other message.
    init(serialized bytes: [UInt8], limits: ProtobufLimits = ProtobufLimits()) throws(ProtobufError) {
        self.init()
        var reader = try ProtobufReader(bytes, of: Self.self, limits: limits)
        try read(from: &reader)
    }

    /// Takes all fields up to the end of the message that the reader is in.
    mutating func read(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let number = try reader.next() {
            if let field = Field(rawValue: number) { try read(field, from: &reader) }
        }
    }

    /// - Throws: if the message is longer than readers take.
    func serialized(limits: ProtobufLimits = ProtobufLimits()) throws(ProtobufError) -> [UInt8] {
        var writer = ProtobufWriter()
        write(to: &writer)
        try limits.check(writer.bytes, of: Self.self)
        return writer.bytes
    }
}

/// What is read at most, so that no file takes more memory or stack than its length warrants.
///
/// A field of two bytes can be a message, which takes some 200 in memory: hence the third limit. Everything else takes
/// at most some twenty times the bytes that it has in the file, and raw data none but these.
struct ProtobufLimits {
    /// The longest message; the format's own limit.
    var bytes = 0x7FFF_FFFF
    /// How deep messages lie in each other, as other readers have it.
    var depth = 100
    /// How many messages there are in one, at any depth; large language models have some 100,000.
    var messages = 1_000_000

    func check(_ serialized: [UInt8], of message: any ProtobufMessage.Type) throws(ProtobufError) {
        guard serialized.count <= bytes else {
            throw ProtobufError(.tooLong(serialized.count, limit: bytes), offset: 0, message)
        }
    }
}
