import Foundation

/// Numbers as figures and pages write them, in all languages alike.
package enum NumberText {
    /// From here on, and with more places than ``mostPlaces``, a number has an exponent.
    private static let large = 1e9
    private static let mostPlaces = 9

    /// A number with so many decimal places, with commas between thousands and a true minus sign: `−1,234.50`. Very
    /// large and very small ones have an exponent: `7.5e19`, `2e−12`.
    ///
    /// - Parameter places: below zero where not even all digits before the point matter.
    package static func decimal(_ value: Double, places: Int) -> String {
        guard value.isFinite else { return value.isNaN ? "—" : value < 0 ? "−∞" : "∞" }
        let size = abs(value)
        let text =
            size >= large || places > mostPlaces
            ? withExponent(size, places: places) : grouped(size, places: max(0, places))
        let isZero = !text.unicodeScalars.contains { ("1"..."9").contains($0) }
        return value < 0 && !isZero ? "−" + text : text
    }

    private static func grouped(_ size: Double, places: Int) -> String {
        let parts = String(format: "%.\(places)f", size).split(separator: ".")
        var whole = ""
        for (index, digit) in parts[0].reversed().enumerated() {
            if index > 0, index.isMultiple(of: 3) { whole.append(",") }
            whole.append(digit)
        }
        return String(whole.reversed()) + (parts.count > 1 ? "." + parts[1] : "")
    }

    private static func withExponent(_ size: Double, places: Int) -> String {
        guard size > 0 else { return "0" }
        let exponent = Int(saturating: log10(size).rounded(.down))
        // Twelve digits are as many as a Double keeps after some arithmetic.
        let digits = min(max(exponent + places, 0), 12)
        let parts = String(format: "%.\(digits)e", size).split(separator: "e")
        var mantissa = parts[0]
        if mantissa.contains(".") {
            while mantissa.last == "0" { mantissa.removeLast() }
            if mantissa.last == "." { mantissa.removeLast() }
        }
        let power = Int(parts[1]) ?? 0
        return "\(mantissa)e\(power < 0 ? "−" : "")\(power.magnitude)"
    }
}
