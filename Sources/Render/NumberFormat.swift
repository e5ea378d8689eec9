import Foundation

/// How a language writes numbers: the signs between and around their digits.
package struct NumberFormat: Sendable, Hashable {
    /// Between whole and fraction: the point of `0.287`.
    package let decimal: String
    /// Between thousands: the comma of `60,000`; empty where nothing is.
    package let group: String
    /// How many digits stand before the first of ``group`` at least, as in Unicode CLDR: with 2, `1234` but `12,345`.
    package let minimumGroupingDigits: Int
    package let minus: String
    package let plus: String
    /// A percentage, with `{n}` in place of its number: `{n}%`.
    package let percent: String

    package init(
        decimal: String, group: String, minimumGroupingDigits: Int = 1, minus: String = "−", plus: String = "+",
        percent: String
    ) {
        self.decimal = decimal
        self.group = group
        self.minimumGroupingDigits = minimumGroupingDigits
        self.minus = minus
        self.plus = plus
        self.percent = percent
    }

    /// As English has it, which the console speaks: `−1,234.50`, `89.6%`.
    package static let plain = NumberFormat(decimal: ".", group: ",", percent: "{n}%")
}

extension NumberFormat {
    /// From here on, and with more places than ``mostPlaces``, a number has an exponent.
    private static let large = 1e9
    private static let mostPlaces = 9

    /// A number with so many decimal places, of very large ones only the first digits, which say enough: `−1,234.50`,
    /// `7.5e19`.
    package func text(_ value: Double, places: Int) -> String {
        let size = abs(value)
        guard size.isFinite, size >= NumberFormat.large else { return exact(value, places: max(0, places)) }
        return exact(value, places: 2 - Int(saturating: log10(size).rounded(.down)))
    }

    /// A number with a sign also before what is more than nothing: `+12`.
    package func signed(_ value: Double, places: Int) -> String {
        (value > 0 ? plus : "") + text(value, places: places)
    }

    /// A share of one as a percentage with so many decimal places: `0.896` is `89.6%`.
    package func percentage(_ share: Double, places: Int) -> String {
        percent.replacing("{n}", with: text(share * 100, places: places))
    }

    /// A number with the digits that tell it from every other, as programs write it but for the language's signs:
    /// `0.001`, `1e−07`.
    package func shortest(_ value: Float) -> String {
        "\(value)".replacing(".", with: decimal).replacing("-", with: minus)
    }

    /// A number with so many decimal places. Very large and very small ones have an exponent: `7.5e19`, `2e−12`.
    ///
    /// - Parameter places: below zero where not even all digits before the point matter.
    package func exact(_ value: Double, places: Int) -> String {
        guard value.isFinite else { return value.isNaN ? "—" : value < 0 ? minus + "∞" : "∞" }
        let size = abs(value)
        let text =
            size >= NumberFormat.large || places > NumberFormat.mostPlaces
            ? withExponent(size, places: places) : grouped(size, places: max(0, places))
        let isZero = !text.unicodeScalars.contains { ("1"..."9").contains($0) }
        return value < 0 && !isZero ? minus + text : text
    }

    private func grouped(_ size: Double, places: Int) -> String {
        let parts = size.decimals(places).split(separator: ".")
        let digits = Array(parts[0])
        var whole = ""
        for (index, digit) in digits.enumerated() {
            let left = digits.count - index
            if index > 0, left.isMultiple(of: 3), digits.count >= 3 + minimumGroupingDigits { whole += group }
            whole.append(digit)
        }
        return whole + (parts.count > 1 ? decimal + parts[1] : "")
    }

    private func withExponent(_ size: Double, places: Int) -> String {
        guard size > 0 else { return "0" }
        let power = Int(saturating: log10(size).rounded(.down))
        // Twelve digits are as many as a Double keeps after some arithmetic.
        let digits = min(max(power + places, 0), 12)
        let parts = String(format: "%.\(digits)e", size).split(separator: "e")
        var mantissa = parts[0]
        if mantissa.contains(".") {
            while mantissa.last == "0" { mantissa.removeLast() }
            if mantissa.last == "." { mantissa.removeLast() }
        }
        let exponent = Int(parts[1]) ?? 0
        return mantissa.replacing(".", with: decimal) + "e\(exponent < 0 ? minus : "")\(exponent.magnitude)"
    }
}

extension Double {
    /// The number with so many decimal places, as C writes it: `-1234.50`. `String(format:)` takes ten times as long.
    package func decimals(_ places: Int) -> String {
        // The largest number has 309 digits before the point, and as many places are more than any has that differ.
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 800) { text in
            let count = withVaList([Int32(clamping: min(places, 400)), self]) { values in
                vsnprintf(text.baseAddress, text.count, "%.*f", values)
            }
            return String(decoding: text.prefix(Int(count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }
    }
}
