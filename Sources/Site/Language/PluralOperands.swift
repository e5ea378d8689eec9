import Render

/// What plural rules ask of a number, by the way it is written: `1.50` has other fraction digits than `1.5`.
///
/// Source: Unicode Technical Standard 35, part 3, 5.1.1 "Operands".
struct PluralOperands {
    enum Name: String, CaseIterable, Sendable {
        /// The number without its sign.
        case n
        /// Its whole digits.
        case i
        /// How many fraction digits there are, and how many without zeros at the end.
        case v, w
        /// The fraction digits as a number, and without zeros at the end.
        case f, t
        /// The exponent, under two names.
        case c, e
    }

    /// Values of digits.
    private let whole, fraction: [UInt8]
    private let exponent: Int

    /// Most that an exponent may be: that of a Double is less.
    private static let mostExponent = 400

    /// - Parameters:
    ///   - text: what may be a number.
    ///   - format: how the text's language writes numbers.
    init?(_ text: String, as format: NumberFormat) {
        // Scalar by scalar: with a combining mark after it, a digit is no `Character` of its own.
        var rest = Array(text.unicodeScalars)[...]
        for sign in [format.minus, format.plus].map({ Array($0.unicodeScalars) }) where rest.starts(with: sign) {
            rest = rest.dropFirst(sign.count)
            break
        }
        let parts = rest.split(separator: "e", maxSplits: 1, omittingEmptySubsequences: false)
        let power = parts.count > 1 ? PluralOperands.power(parts[1], format) : 0
        let group = Array(format.group.unicodeScalars)
        let ungrouped = group.isEmpty ? Array(parts[0]) : Array(parts[0]).replacing(group, with: [])
        let digits = ungrouped.split(
            separator: Array(format.decimal.unicodeScalars), maxSplits: 1, omittingEmptySubsequences: false)
        guard let power, let before = PluralOperands.digits(digits[0]), !before.isEmpty,
            let after = digits.count > 1 ? PluralOperands.digits(digits[1]) : [], digits.count == 1 || !after.isEmpty
        else { return nil }
        let place = before.count + power
        let zerosBefore = [UInt8](repeating: 0, count: max(0, -place))
        let zerosAfter = [UInt8](repeating: 0, count: max(0, place - before.count - after.count))
        let all: [UInt8] = zerosBefore + before + after + zerosAfter
        whole = Array(all[..<max(0, place)])
        fraction = Array(all[max(0, place)...])
        exponent = max(0, power)
    }

    private static func power(_ text: ArraySlice<Unicode.Scalar>, _ format: NumberFormat) -> Int? {
        let minus = Array(format.minus.unicodeScalars)
        let isNegative = text.starts(with: minus)
        guard let digits = digits(isNegative ? text.dropFirst(minus.count) : text), (1...3).contains(digits.count)
        else { return nil }
        let power = digits.reduce(0) { $0 * 10 + Int($1) }
        return power > mostExponent ? nil : isNegative ? -power : power
    }

    /// The values of a text's digits; nil if there is anything else in it.
    private static func digits(_ text: ArraySlice<Unicode.Scalar>) -> [UInt8]? {
        var digits: [UInt8] = []
        for scalar in text {
            guard ("0"..."9").contains(scalar) else { return nil }
            digits.append(UInt8(scalar.value - 0x30))
        }
        return digits
    }
}

extension PluralOperands {
    /// The value of an operand or its remainder; nil if it is no whole number, or one larger than any in a rule.
    ///
    /// - Parameter modulus: at most 10^9.
    func value(of name: Name, modulo modulus: Int?) -> Int? {
        switch name {
        case .n: return trimmedFraction.isEmpty ? value(of: whole, modulo: modulus) : nil
        case .i: return value(of: whole, modulo: modulus)
        case .v: return remainder(fraction.count, modulus)
        case .w: return remainder(trimmedFraction.count, modulus)
        case .f: return value(of: fraction, modulo: modulus)
        case .t: return value(of: trimmedFraction, modulo: modulus)
        case .c, .e: return remainder(exponent, modulus)
        }
    }

    private var trimmedFraction: [UInt8] {
        fraction.lastIndex { $0 != 0 }.map { Array(fraction[...$0]) } ?? []
    }

    private func value(of digits: [UInt8], modulo modulus: Int?) -> Int? {
        if let modulus { return digits.reduce(0) { ($0 * 10 + Int($1)) % modulus } }
        let digits = digits.drop { $0 == 0 }
        return digits.count > 18 ? nil : digits.reduce(0) { $0 * 10 + Int($1) }
    }

    private func remainder(_ value: Int, _ modulus: Int?) -> Int { modulus.map { value % $0 } ?? value }
}
