/// Short forms of the numbers and colours in an SVG.
enum SVGNumber {
    /// A number with at most two decimals, as JavaScript would print it.
    static func text(_ value: Double) -> String {
        var output: [UInt8] = []
        write(value, to: &output)
        return String(decoding: output, as: UTF8.self)
    }

    /// Appends what ``text(_:)`` gives, or the same with other decimals.
    static func write(_ value: Double, decimals: Int = 2, to output: inout [UInt8]) {
        write(units: units(value, decimals: decimals), decimals: decimals, to: &output)
    }

    /// A number in units of its last decimal; what lies too far out for any drawing is brought as near as can be added.
    static func units(_ value: Double, decimals: Int) -> Int {
        let factor = (0..<decimals).reduce(1.0) { product, _ in product * 10 }
        return Int(saturating: min(max((value * factor).rounded(), -1e15), 1e15))
    }

    /// Appends a number that is given in units of its last decimal, without a text in between: a figure has thousands.
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

    /// Appends `#369`, or `#33669a` where it takes six digits; the opacity is left out.
    static func write(_ color: Color, to output: inout [UInt8]) {
        let parts = [color.red, color.green, color.blue]
        let isShort = parts.allSatisfy { $0 >> 4 == $0 & 0xF }
        output.append(UInt8(ascii: "#"))
        for part in parts {
            if !isShort { output.append(hexDigits[Int(part >> 4)]) }
            output.append(hexDigits[Int(part & 0xF)])
        }
    }

    private static let hexDigits = Array("0123456789abcdef".utf8)
}
