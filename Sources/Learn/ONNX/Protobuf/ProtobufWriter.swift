/// Writes the fields of a message.
///
/// Single values that are zero or empty are left out, as an absent one is read as such; an optional is left out where it
/// is nil. Lists of numbers are written packed.
struct ProtobufWriter {
    private(set) var bytes: [UInt8] = []

    mutating func write(_ field: some RawRepresentable<Int>, _ value: Int64) {
        if value != 0 { write(field, Optional(value)) }
    }

    mutating func write(_ field: some RawRepresentable<Int>, _ value: Int64?) {
        guard let value else { return }
        tag(field, .varint)
        varint(UInt64(bitPattern: value))
    }

    mutating func write(_ field: some RawRepresentable<Int>, _ value: some ProtobufEnumeration) {
        write(field, Int64(value.rawValue))
    }

    mutating func write(_ field: some RawRepresentable<Int>, _ value: Float?) {
        guard let value else { return }
        tag(field, .fixed32)
        fixed(value.bitPattern)
    }

    mutating func write(_ field: some RawRepresentable<Int>, _ value: String) {
        if !value.isEmpty { lengthDelimited(field, value.utf8) }
    }

    mutating func write(_ field: some RawRepresentable<Int>, _ value: ArraySlice<UInt8>) {
        if !value.isEmpty { lengthDelimited(field, value) }
    }

    mutating func write(_ field: some RawRepresentable<Int>, _ value: [UInt8]?) {
        if let value { lengthDelimited(field, value) }
    }

    mutating func write(_ field: some RawRepresentable<Int>, _ value: (some ProtobufMessage)?) {
        guard let value else { return }
        nest(field) { value.write(to: &$0) }
    }
}

extension ProtobufWriter {
    mutating func write(_ field: some RawRepresentable<Int>, _ list: [String]) {
        for string in list { lengthDelimited(field, string.utf8) }
    }

    mutating func write(_ field: some RawRepresentable<Int>, _ list: [[UInt8]]) {
        for bytes in list { lengthDelimited(field, bytes) }
    }

    mutating func write(_ field: some RawRepresentable<Int>, _ list: [some ProtobufMessage]) {
        for message in list { nest(field) { message.write(to: &$0) } }
    }

    mutating func write(_ field: some RawRepresentable<Int>, _ list: [some SignedInteger]) {
        pack(field, list) { $0.varint(UInt64(bitPattern: Int64($1))) }
    }

    mutating func write(_ field: some RawRepresentable<Int>, _ list: [Float]) {
        pack(field, list) { $0.fixed($1.bitPattern) }
    }

    mutating func write(_ field: some RawRepresentable<Int>, _ list: [Double]) {
        pack(field, list) { $0.fixed($1.bitPattern) }
    }

    private mutating func pack<Number>(
        _ field: some RawRepresentable<Int>, _ list: [Number], _ write: (inout ProtobufWriter, Number) -> Void
    ) {
        guard !list.isEmpty else { return }
        nest(field) { for number in list { write(&$0, number) } }
    }
}

extension ProtobufWriter {
    /// Writes what needs its length before it.
    private mutating func nest(_ field: some RawRepresentable<Int>, _ write: (inout ProtobufWriter) -> Void) {
        var inner = ProtobufWriter()
        write(&inner)
        lengthDelimited(field, inner.bytes)
    }

    private mutating func lengthDelimited(_ field: some RawRepresentable<Int>, _ content: some Collection<UInt8>) {
        tag(field, .lengthDelimited)
        varint(UInt64(content.count))
        bytes += content
    }

    private mutating func tag(_ field: some RawRepresentable<Int>, _ wireType: WireType) {
        varint(UInt64(field.rawValue) << 3 | wireType.rawValue)
    }

    private mutating func varint(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    private mutating func fixed(_ value: some FixedWidthInteger) {
        withUnsafeBytes(of: value.littleEndian) { bytes += $0 }
    }
}
