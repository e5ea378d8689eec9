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
        let digits = String(abs(units))
        let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
        var fraction = padded.suffix(decimals)
        while fraction.last == "0" { fraction.removeLast() }
        let whole = padded.dropLast(decimals)
        let sign = units < 0 ? "-" : ""
        if fraction.isEmpty { return sign + whole }
        return sign + (whole == "0" ? "" : whole) + "." + fraction
    }

    /// The text with every number in it rounded.
    static func shortened(_ text: String, decimals: Int) -> String {
        var output = ""
        var number = ""
        func flush() {
            guard !number.isEmpty else { return }
            if let value = Double(number) {
                output += SVGNumber.text(units: units(value, decimals: decimals), decimals: decimals)
            } else {
                output += number
            }
            number = ""
        }
        for character in text {
            if character.isASCII, character.isNumber || character == "." || character == "-" {
                number.append(character)
            } else {
                flush()
                output.append(character)
            }
        }
        flush()
        return output
    }

    /// `rgb(20%, 40%, 60%)` as `#369`; anything else as it is.
    static func color(_ text: String) -> String {
        guard text.hasPrefix("rgb("), text.hasSuffix(")") else { return text }
        let parts = text.dropFirst(4).dropLast().split(separator: ",").compactMap { part in
            Double(part.filter { $0 != "%" && $0 != " " })
        }
        guard parts.count == 3 else { return text }
        let bytes = parts.map { UInt8(saturating: ($0 * 2.55).rounded()) }
        let hex = Color(red: bytes[0], green: bytes[1], blue: bytes[2]).hex
        let isShort = bytes.allSatisfy { $0 >> 4 == $0 & 0xF }
        return isShort
            ? "#"
                + hex.dropFirst().enumerated().filter { $0.offset % 2 == 0 }.map { String($0.element) }
                .joined() : hex
    }
}
