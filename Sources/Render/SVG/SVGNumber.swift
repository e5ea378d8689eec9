/// Short forms of the numbers and colours in an SVG.
enum SVGNumber {
    /// A number with at most two decimals, as JavaScript would print it.
    static func text(_ value: Double) -> String { text(units: units(value, decimals: 2), decimals: 2) }

    /// A number in units of its last decimal; what lies too far out for any drawing is brought as near as can be added.
    static func units(_ value: Double, decimals: Int) -> Int {
        let factor = (0..<decimals).reduce(1.0) { product, _ in product * 10 }
        return Int(saturating: min(max((value * factor).rounded(), -1e15), 1e15))
    }

    /// - Parameter units: the number in units of the last decimal.
    static func text(units: Int, decimals: Int) -> String {
        var output: [UInt8] = []
        write(units: units, decimals: decimals, to: &output)
        return String(decoding: output, as: UTF8.self)
    }

    /// Appends what ``text(units:decimals:)`` gives, without a text in between: a figure has thousands of numbers.
    static func write(units: Int, decimals: Int, to output: inout [UInt8]) {
        var (rest, decimals) = (units.magnitude, decimals)
        while decimals > 0, rest % 10 == 0 { (rest, decimals) = (rest / 10, decimals - 1) }
        let begin = output.count
        func writeDigit() {
            output.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
            rest /= 10
        }
        // From the last digit to the sign.
        for _ in 0..<decimals { writeDigit() }
        if decimals > 0 { output.append(UInt8(ascii: ".")) }
        while rest > 0 { writeDigit() }
        if output.count == begin { writeDigit() }
        if units < 0 { output.append(UInt8(ascii: "-")) }
        output[begin...].reverse()
    }

    /// What a decimal number such as `-12.3456` stands for, or nil if it is none.
    ///
    /// With at most 15 digits, they and their power of ten are exact, and so the quotient is the nearest number there is.
    /// Source: W. D. Clinger, "How to Read Floating Point Numbers Accurately" (1990).
    static func value(_ digits: Slice<UnsafeBufferPointer<UInt8>>) -> Double? {
        var (whole, power, count) = (0, 1, 0)
        var (hasPoint, isNegative) = (false, false)
        for byte in digits {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9") where count < 15:
                whole = 10 * whole + Int(byte - UInt8(ascii: "0"))
                if hasPoint { power *= 10 }
                count += 1
            case UInt8(ascii: ".") where !hasPoint: hasPoint = true
            case UInt8(ascii: "-") where !isNegative && !hasPoint && count == 0: isNegative = true
            default: return Double(String(decoding: digits, as: UTF8.self))
            }
        }
        guard count > 0 else { return nil }
        let magnitude = Double(whole) / Double(power)
        return isNegative ? -magnitude : magnitude
    }

    /// The text with every number in it rounded.
    static func shortened(_ text: ArraySlice<UInt8>, decimals: Int) -> ArraySlice<UInt8> {
        var output: [UInt8] = []
        text.withUnsafeBufferPointer { bytes in
            var rest = bytes[...]
            while let first = rest.first {
                let part = rest.prefix { isOfANumber($0) == isOfANumber(first) }
                rest = rest[part.endIndex...]
                if isOfANumber(first), let value = value(part) {
                    write(units: units(value, decimals: decimals), decimals: decimals, to: &output)
                } else {
                    output.append(contentsOf: part)
                }
            }
        }
        return output[...]
    }

    private static func isOfANumber(_ byte: UInt8) -> Bool {
        UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
    }

    /// `rgb(20%, 40%, 60%)` as `#369`; anything else as it is.
    static func color(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard text.starts(with: "rgb(".utf8), text.last == UInt8(ascii: ")") else { return text }
        let shares = text.dropFirst(4).dropLast().withUnsafeBufferPointer { bytes in
            bytes.split(separator: UInt8(ascii: ",")).compactMap { part in
                value(part.drop { $0 == UInt8(ascii: " ") }.prefix { $0 != UInt8(ascii: "%") })
            }
        }
        guard shares.count == 3 else { return text }
        let parts = shares.map { UInt8(saturating: ($0 * 2.55).rounded()) }
        let isShort = parts.allSatisfy { $0 >> 4 == $0 & 0xF }
        let digits = parts.flatMap { isShort ? [$0 & 0xF] : [$0 >> 4, $0 & 0xF] }
        return ([UInt8(ascii: "#")] + digits.map { hexDigits[Int($0)] })[...]
    }

    private static let hexDigits = Array("0123456789abcdef".utf8)
}
