import Foundation

/// A colour in sRGB.
public struct Color: Sendable, Hashable {
    public var red: UInt8
    public var green: UInt8
    public var blue: UInt8
    /// 0 is transparent, 1 opaque.
    public var opacity: Double

    public init(red: UInt8, green: UInt8, blue: UInt8, opacity: Double = 1) {
        self.red = red
        self.green = green
        self.blue = blue
        self.opacity = opacity
    }

    /// - Parameters:
    ///   - rgb: `0xRRGGBB`.
    ///   - opacity: from 0, invisible, to 1.
    public init(_ rgb: UInt32, opacity: Double = 1) {
        self.init(
            red: UInt8(rgb >> 16 & 0xFF), green: UInt8(rgb >> 8 & 0xFF), blue: UInt8(rgb & 0xFF), opacity: opacity)
    }

    /// `0xRRGGBB`.
    public var rgb: UInt32 { UInt32(red) << 16 | UInt32(green) << 8 | UInt32(blue) }

    /// `#rrggbb`, as CSS writes it; the opacity is left out.
    public var hex: String {
        let digits = String(rgb, radix: 16)
        return "#" + String(repeating: "0", count: 6 - digits.count) + digits
    }

    public func opacity(_ opacity: Double) -> Color {
        Color(red: red, green: green, blue: blue, opacity: opacity)
    }

    /// The colour seen when this one lies on an opaque background.
    public func over(_ background: Color) -> Color {
        func blend(_ top: UInt8, _ bottom: UInt8) -> UInt8 {
            UInt8(saturating: (Double(top) * opacity + Double(bottom) * (1 - opacity)).rounded())
        }
        return Color(
            red: blend(red, background.red), green: blend(green, background.green),
            blue: blend(blue, background.blue))
    }
}

extension Color {
    /// Relative luminance, 0...1. Source: WCAG 2.2, "relative luminance".
    public var luminance: Double {
        let linear = linearComponents
        return 0.2126 * linear.red + 0.7152 * linear.green + 0.0722 * linear.blue
    }

    /// Contrast ratio, 1...21; the order does not matter. Source: WCAG 2.2, "contrast ratio".
    public func contrast(with other: Color) -> Double {
        let (a, b) = (luminance, other.luminance)
        return (max(a, b) + 0.05) / (min(a, b) + 0.05)
    }

    /// Light intensities, each 0...1. Source: IEC 61966-2-1.
    var linearComponents: (red: Double, green: Double, blue: Double) {
        func linear(_ component: UInt8) -> Double {
            let value = Double(component) / 255
            return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
        }
        return (linear(red), linear(green), linear(blue))
    }

    /// The nearest colour of the gamut to these light intensities.
    init(linearRed red: Double, green: Double, blue: Double) {
        func encoded(_ linear: Double) -> UInt8 {
            let clamped = min(max(linear, 0), 1)
            let value = clamped <= 0.0031308 ? clamped * 12.92 : 1.055 * pow(clamped, 1 / 2.4) - 0.055
            return UInt8(saturating: (value * 255).rounded())
        }
        self.init(red: encoded(red), green: encoded(green), blue: encoded(blue))
    }
}
