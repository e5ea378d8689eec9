/// The safetensors file format: a length, a JSON header that names and places the tensors, then their bytes.
///
/// Source: <https://github.com/huggingface/safetensors#format>.
public enum Safetensors {
    /// The element types that this package reads; it writes `F32`, `I16` and `U8` only.
    public enum ElementType: String, Sendable {
        case uint8 = "U8"
        case int16 = "I16"
        case float16 = "F16"
        case bfloat16 = "BF16"
        case float32 = "F32"
        case float64 = "F64"
        case int64 = "I64"

        var size: Int {
            switch self {
            case .uint8: 1
            case .int16, .float16, .bfloat16: 2
            case .float32: 4
            case .float64, .int64: 8
            }
        }
    }

    /// What the header says of one tensor.
    public struct Entry: Sendable, Equatable {
        public let type: ElementType
        public let shape: [Int]
        /// Where its bytes lie in the data section.
        public let range: Range<Int>
    }

    /// The longest header that is read, in bytes; the format's own limit.
    static let longestHeader = 100_000_000
}

/// What can be wrong with a safetensors file, or with what is asked of it.
public enum SafetensorsError: Error, Equatable, Sendable {
    /// Shorter than its first eight bytes say.
    case truncated
    case headerTooLong(UInt64)
    /// The header is not JSON of the form that the format prescribes; `offset` counts bytes from its start.
    case malformedHeader(offset: Int)
    case duplicateName(String)
    case unsupportedType(name: String, type: String)
    /// The tensor's byte range is not as long as its shape and type demand.
    case wrongLength(name: String)
    /// The tensor's bytes overlap others or leave a gap before them.
    case misplacedData(name: String)
    case trailingBytes(count: Int)
    case missingTensor(name: String)
    case wrongType(name: String, found: ElementType, expected: ElementType)

    public typealias ElementType = Safetensors.ElementType
}

extension SafetensorsError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .truncated: "safetensors file cut short"
        case .headerTooLong(let length): "safetensors header of \(length) bytes"
        case .malformedHeader(let offset): "malformed safetensors header at byte \(offset)"
        case .duplicateName(let name): "tensor \(name) is there twice"
        case .unsupportedType(let name, let type): "tensor \(name) has elements of the unsupported type \(type)"
        case .wrongLength(let name): "tensor \(name) has not as many bytes as its shape demands"
        case .misplacedData(let name): "the bytes of tensor \(name) are not where they should be"
        case .trailingBytes(let count): "\(count.counted("byte")) too many after the last tensor"
        case .missingTensor(let name): "tensor \(name) is missing"
        case .wrongType(let name, let found, let expected):
            "tensor \(name) has elements of type \(found.rawValue) instead of \(expected.rawValue)"
        }
    }
}

extension Safetensors {
    /// A file's content, checked as a whole when it was decoded.
    public struct File: Sendable {
        public let metadata: [String: String]
        public let entries: [String: Entry]
        private let bytes: [UInt8]
        private let dataStart: Int

        /// - Parameter bytes: the whole file.
        public init(_ bytes: [UInt8]) throws(SafetensorsError) {
            guard bytes.count >= 8 else { throw .truncated }
            let length = bytes[..<8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            guard length <= longestHeader else { throw .headerTooLong(length) }
            guard length <= bytes.count - 8 else { throw .truncated }
            dataStart = 8 + Int(length)
            var header = HeaderParser(bytes[8..<dataStart])
            (metadata, entries) = try header.parse()
            self.bytes = bytes
            try checkPlacement()
        }

        /// Every tensor must begin where the one before it ends, and the last must end with the file.
        private func checkPlacement() throws(SafetensorsError) {
            let placed = entries.map { (range: $0.value.range, name: $0.key) }.sorted {
                ($0.range.lowerBound, $0.range.upperBound, $0.name) < (
                    $1.range.lowerBound, $1.range.upperBound, $1.name
                )
            }
            let available = bytes.count - dataStart
            var end = 0
            for (range, name) in placed {
                guard range.lowerBound == end else { throw .misplacedData(name: name) }
                guard range.upperBound <= available else { throw .truncated }
                end = range.upperBound
            }
            guard end == available else { throw .trailingBytes(count: available - end) }
        }

        /// The names of all tensors, sorted.
        public var names: [String] { entries.keys.sorted() }

        /// A tensor of single-precision numbers.
        public func tensor(_ name: String) throws(SafetensorsError) -> Tensor {
            let values = try elements(name, .float32) { Float(bitPattern: UInt32(littleEndian: $0)) }
            return Tensor(shape: entries[name]?.shape ?? [], values: values)
        }

        /// A tensor of single- or half-precision numbers.
        func numbers(_ name: String) throws(SafetensorsError) -> Tensor {
            guard let entry = entries[name] else { throw .missingTensor(name: name) }
            let values: [Float] =
                switch entry.type {
                case .float16: try elements(name, .float16) { Float(half: UInt16(littleEndian: $0)) }
                case .bfloat16:
                    try elements(name, .bfloat16) { Float(bitPattern: UInt32(UInt16(littleEndian: $0)) << 16) }
                default: try elements(name, .float32) { Float(bitPattern: UInt32(littleEndian: $0)) }
                }
            return Tensor(shape: entry.shape, values: values)
        }

        /// A tensor of bytes.
        public func bytes(_ name: String) throws(SafetensorsError) -> ByteTensor {
            let values = try elements(name, .uint8) { (byte: UInt8) in byte }
            return ByteTensor(shape: entries[name]?.shape ?? [], values: values)
        }

        /// All tensors as they lie in the file, by name.
        var members: [Member] {
            entries.sorted { $0.key < $1.key }.map { name, entry in
                let place = dataStart + entry.range.lowerBound..<dataStart + entry.range.upperBound
                return Member(name: name, type: entry.type, shape: entry.shape, bytes: Array(bytes[place]))
            }
        }

        func elements<Stored: FixedWidthInteger, Value>(
            _ name: String, _ type: ElementType, _ convert: (Stored) -> Value
        ) throws(SafetensorsError) -> [Value] {
            guard let entry = entries[name] else { throw .missingTensor(name: name) }
            guard entry.type == type else { throw .wrongType(name: name, found: entry.type, expected: type) }
            let start = dataStart + entry.range.lowerBound
            return bytes.withUnsafeBytes { buffer in
                (0..<entry.range.count / type.size).map {
                    convert(buffer.loadUnaligned(fromByteOffset: start + $0 * type.size, as: Stored.self))
                }
            }
        }
    }
}

extension Float {
    /// The number that 16 bits are in IEEE 754's half precision: a sign, five bits of exponent, ten of fraction.
    init(half bits: UInt16) {
        let (exponent, fraction) = (UInt32(bits >> 10 & 31), UInt32(bits & 1023))
        let magnitude: Float =
            switch exponent {
            case 0: Float(fraction) * 0x1p-24
            case 31: fraction == 0 ? .infinity : .nan
            default: Float(bitPattern: (exponent + 112) << 23 | fraction << 13)
            }
        self = bits >> 15 == 0 ? magnitude : -magnitude
    }
}
