extension Safetensors {
    /// Reads the JSON header: an object of tensor descriptions, with an object of strings named `__metadata__`.
    ///
    /// The format's own grammar rather than any JSON, so that nothing nests and no name can hide a second one.
    struct HeaderParser {
        private let bytes: ArraySlice<UInt8>
        private var position: Int

        init(_ bytes: ArraySlice<UInt8>) {
            self.bytes = bytes
            position = bytes.startIndex
        }

        mutating func parse() throws(SafetensorsError) -> (metadata: [String: String], entries: [String: Entry]) {
            var metadata: [String: String]?
            var entries: [String: Entry] = [:]
            try object { parser, name throws(SafetensorsError) in
                if name == "__metadata__" {
                    guard metadata == nil else { throw .duplicateName(name) }
                    metadata = try parser.strings()
                } else {
                    guard entries[name] == nil else { throw .duplicateName(name) }
                    entries[name] = try parser.entry(name)
                }
            }
            skipSpace()
            guard position == bytes.endIndex else { throw malformed }
            return (metadata ?? [:], entries)
        }

        private mutating func strings() throws(SafetensorsError) -> [String: String] {
            var strings: [String: String] = [:]
            try object { parser, name throws(SafetensorsError) in
                guard strings.updateValue(try parser.string(), forKey: name) == nil else {
                    throw .duplicateName(name)
                }
            }
            return strings
        }

        private mutating func entry(_ name: String) throws(SafetensorsError) -> Entry {
            var type: String?
            var shape: [Int]?
            var offsets: [Int]?
            try object { parser, key throws(SafetensorsError) in
                switch key {
                case "dtype" where type == nil: type = try parser.string()
                case "shape" where shape == nil: shape = try parser.numbers()
                case "data_offsets" where offsets == nil: offsets = try parser.numbers()
                default: throw parser.malformed
                }
            }
            guard let type, let shape, let offsets, offsets.count == 2, offsets[0] <= offsets[1] else {
                throw malformed
            }
            guard let elementType = ElementType(rawValue: type) else {
                throw .unsupportedType(name: name, type: type)
            }
            var length = elementType.size
            for extent in shape {
                let (product, overflow) = length.multipliedReportingOverflow(by: extent)
                guard !overflow else { throw .wrongLength(name: name) }
                length = product
            }
            guard offsets[1] - offsets[0] == length else { throw .wrongLength(name: name) }
            return Entry(type: elementType, shape: shape, range: offsets[0]..<offsets[1])
        }

        /// Reads an object and calls `member` where each value begins.
        private mutating func object(
            _ member: (inout HeaderParser, String) throws(SafetensorsError) -> Void
        ) throws(SafetensorsError) {
            try expect("{")
            if accept("}") { return }
            repeat {
                let name = try string()
                try expect(":")
                try member(&self, name)
            } while accept(",")
            try expect("}")
        }

        /// Reads an array of numbers that are not negative.
        private mutating func numbers() throws(SafetensorsError) -> [Int] {
            var numbers: [Int] = []
            try expect("[")
            if accept("]") { return numbers }
            repeat { numbers.append(try number()) } while accept(",")
            try expect("]")
            return numbers
        }

        private mutating func number() throws(SafetensorsError) -> Int {
            skipSpace()
            let digits = bytes[position...].prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            guard let number = Int(String(decoding: digits, as: UTF8.self)),
                digits.count == 1 || digits.first != UInt8(ascii: "0")
            else { throw malformed }
            position = digits.endIndex
            return number
        }

        private mutating func string() throws(SafetensorsError) -> String {
            try expect("\"")
            var content: [UInt8] = []
            while let byte = next(), byte >= 0x20 {
                switch byte {
                case UInt8(ascii: "\""):
                    guard let string = String(validating: content, as: UTF8.self) else { throw malformed }
                    return string
                case UInt8(ascii: "\\"):
                    content += try escaped().utf8
                default:
                    content.append(byte)
                }
            }
            throw malformed
        }

        /// Reads what follows a backslash.
        private mutating func escaped() throws(SafetensorsError) -> Character {
            switch next() {
            case UInt8(ascii: "\""): return "\""
            case UInt8(ascii: "\\"): return "\\"
            case UInt8(ascii: "/"): return "/"
            case UInt8(ascii: "b"): return "\u{8}"
            case UInt8(ascii: "f"): return "\u{C}"
            case UInt8(ascii: "n"): return "\n"
            case UInt8(ascii: "r"): return "\r"
            case UInt8(ascii: "t"): return "\t"
            case UInt8(ascii: "u"): return Character(try unicodeScalar())
            default: throw malformed
            }
        }

        /// Reads four hexadecimal digits, and the second half of a surrogate pair if they are its first.
        private mutating func unicodeScalar() throws(SafetensorsError) -> Unicode.Scalar {
            let first = try codeUnit()
            if let scalar = Unicode.Scalar(first) { return scalar }
            guard (0xD800..<0xDC00).contains(first), next() == UInt8(ascii: "\\"), next() == UInt8(ascii: "u") else {
                throw malformed
            }
            let second = try codeUnit()
            guard (0xDC00..<0xE000).contains(second),
                let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
            else { throw malformed }
            return scalar
        }

        private mutating func codeUnit() throws(SafetensorsError) -> UInt32 {
            var unit: UInt32 = 0
            for _ in 0..<4 {
                guard let byte = next(), let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                    throw malformed
                }
                unit = unit << 4 | UInt32(digit)
            }
            return unit
        }

        private var malformed: SafetensorsError { .malformedHeader(offset: position - bytes.startIndex) }

        private mutating func next() -> UInt8? {
            guard position < bytes.endIndex else { return nil }
            defer { position += 1 }
            return bytes[position]
        }

        private mutating func expect(_ character: Unicode.Scalar) throws(SafetensorsError) {
            guard accept(character) else { throw malformed }
        }

        /// Steps over a character, if it is the next one but for white space.
        private mutating func accept(_ character: Unicode.Scalar) -> Bool {
            skipSpace()
            guard position < bytes.endIndex, bytes[position] == UInt8(ascii: character) else { return false }
            position += 1
            return true
        }

        private mutating func skipSpace() {
            while position < bytes.endIndex, [0x20, 0x0A, 0x0D, 0x09].contains(bytes[position]) { position += 1 }
        }
    }
}
