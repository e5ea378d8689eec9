/// What stands at the beginning of a NumPy array in a file: the kind of its numbers and its extents.
///
/// Source: NumPy Enhancement Proposal 1, "A Simple File Format for NumPy Arrays", versions 1.0 to 3.0 of the format.
struct ArrayHeader: Equatable {
    /// As NumPy writes it, such as `|u1` or `<i8`.
    let type: String
    /// Outermost first.
    let shape: [Int]
    /// Where the numbers begin, in bytes.
    let length: Int

    /// A header may be no longer, of which NumPy needs some hundred bytes.
    static let longest = 1 << 16

    /// - Parameter bytes: the beginning of a file, the whole header in it unless it is damaged.
    init(_ bytes: [UInt8]) throws(ArrayFault) {
        guard bytes.starts(with: [0x93] + Array("NUMPY".utf8)) else { throw .notArray }
        guard bytes.count >= 10 else { throw .headerCutShort(bytes: bytes.count) }
        guard (1...3).contains(bytes[6]), bytes[7] == 0 else {
            throw .version("\(bytes[6]).\(bytes[7])")
        }
        let start = bytes[6] == 1 ? 10 : 12
        guard bytes.count >= start else { throw .headerCutShort(bytes: bytes.count) }
        let count = bytes[8..<start].reversed().reduce(0) { $0 << 8 | Int($1) }
        guard count <= ArrayHeader.longest - start else { throw .headerTooLong(bytes: count) }
        guard bytes.count >= start + count else { throw .headerCutShort(bytes: bytes.count) }
        var scanner = LiteralScanner(bytes, in: start..<start + count)
        (type, shape) = try scanner.description()
        length = start + count
    }

    /// - Returns: nil if it is larger than any file.
    var elements: Int? {
        shape.reduce(1 as Int?) { product, extent in
            guard let product else { return nil }
            let (next, overflow) = product.multipliedReportingOverflow(by: extent)
            return overflow ? nil : next
        }
    }

    /// Bytes of a number of this type, for the whole numbers that labels and levels are written as.
    var integer: (bytes: Int, isSigned: Bool)? {
        switch type {
        case "|u1", "<u1": (1, false)
        case "|i1", "<i1": (1, true)
        case "<u2", "<u4", "<u8": (type.utf8.last.map { Int($0) - 48 } ?? 0, false)
        case "<i2", "<i4", "<i8": (type.utf8.last.map { Int($0) - 48 } ?? 0, true)
        default: nil
        }
    }
}

/// Reads the header's Python literal: a dictionary of `descr`, `fortran_order` and `shape`, nothing else.
private struct LiteralScanner {
    private let bytes: [UInt8]
    private var position: Int
    private let end: Int

    init(_ bytes: [UInt8], in range: Range<Int>) {
        self.bytes = bytes
        position = range.lowerBound
        end = range.upperBound
    }

    mutating func description() throws(ArrayFault) -> (type: String, shape: [Int]) {
        var (type, isFortran, shape): (String?, Bool?, [Int]?)
        try expect("{")
        while !take("}") {
            let keyPosition = position
            let key = try string()
            try expect(":")
            switch key {
            case "descr" where type == nil: type = try string()
            case "fortran_order" where isFortran == nil: isFortran = try truth()
            case "shape" where shape == nil: shape = try tuple()
            default: throw .header(byte: keyPosition, expected: "one each of 'descr', 'fortran_order' and 'shape'")
            }
            guard take(",") else {
                try expect("}")
                break
            }
        }
        skipSpaces()
        guard position == end else { throw .header(byte: position, expected: "its end") }
        guard let type, let isFortran, let shape else {
            throw .header(byte: position, expected: "one each of 'descr', 'fortran_order' and 'shape'")
        }
        guard !isFortran else { throw .fortranOrder }
        return (type, shape)
    }

    private mutating func skipSpaces() {
        while position < end, bytes[position] == 0x20 || bytes[position] == 0x0A { position += 1 }
    }

    private mutating func take(_ text: String) -> Bool {
        skipSpaces()
        guard bytes[position..<end].starts(with: text.utf8) else { return false }
        position += text.utf8.count
        return true
    }

    private mutating func expect(_ text: String) throws(ArrayFault) {
        guard take(text) else { throw .header(byte: position, expected: text) }
    }

    /// In quotes; letters, digits and what types are written with, so that it can stand in an error's line.
    private mutating func string() throws(ArrayFault) -> String {
        let quote = take("'") ? "'" : "\""
        if quote == "\"" {
            guard take(quote) else { throw .header(byte: position, expected: "a text in quotes") }
        }
        let allowed = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_<>|=[]".utf8)
        let text = bytes[position..<end].prefix(32).prefix { allowed.contains($0) }
        position += text.count
        guard position < end, bytes[position] == quote.utf8.first else {
            throw .header(byte: position, expected: "a short text that ends in \(quote)")
        }
        position += 1
        return String(decoding: text, as: UTF8.self)
    }

    private mutating func truth() throws(ArrayFault) -> Bool {
        if take("True") { return true }
        guard take("False") else { throw .header(byte: position, expected: "True or False") }
        return false
    }

    /// `()`, `(5,)`, `(5, 28, 28)`; NumPy has 64 dimensions at most.
    private mutating func tuple() throws(ArrayFault) -> [Int] {
        var numbers: [Int] = []
        try expect("(")
        while !take(")") {
            skipSpaces()
            let digits = bytes[position..<end].prefix { (0x30...0x39).contains($0) }
            guard let number = Int(String(decoding: digits, as: UTF8.self)), numbers.count < 64 else {
                throw .header(byte: position, expected: "a number")
            }
            position += digits.count
            numbers.append(number)
            guard take(",") else {
                guard numbers.count > 1 else { throw .header(byte: position, expected: ",") }
                try expect(")")
                break
            }
        }
        return numbers
    }
}
