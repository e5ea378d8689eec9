import Foundation
import Testing

@testable import Render

@Suite struct ColorTests {
    @Test func contrastFollowsWCAG() {
        #expect(abs(Color(0xFFFFFF).contrast(with: Color(0)) - 21) < 1e-9)
        #expect(Color(0x777777).contrast(with: Color(0x777777)) == 1)
        #expect(abs(Color(0x767676).contrast(with: Color(0xFFFFFF)) - 4.54) < 0.01)
    }

    @Test func hexKeepsLeadingZeros() {
        #expect(Color(0x00010A).hex == "#00010a")
    }

    @Test func opacityBlendsWithTheBackground() {
        #expect(Color(0, opacity: 0.5).over(Color(0xFFFFFF)) == Color(0x808080))
    }

    @Test(arguments: [0x000000, 0xFFFFFF, 0x0077BB, 0xC24400, 0x35B779] as [UInt32])
    func okLabLeadsBack(rgb: UInt32) {
        #expect(OKLab(Color(rgb)).color == Color(rgb))
    }
}

@Suite struct ColorMapTests {
    private static let ramp = ColorMap([Color(0xFFFFFF), Color(0x1B1F24)])

    @Test func endsAreThoseGiven() {
        #expect(ColorMapTests.ramp(0) == Color(0xFFFFFF))
        #expect(ColorMapTests.ramp(1) == Color(0x1B1F24))
    }

    @Test func valuesOutsideTakeTheEnds() {
        #expect(ColorMapTests.ramp(-1) == ColorMapTests.ramp(0))
        #expect(ColorMapTests.ramp(2) == ColorMapTests.ramp(1))
        #expect(ColorMapTests.ramp(.nan) == ColorMapTests.ramp(0))
        #expect(ColorMapTests.ramp(.infinity) == ColorMapTests.ramp(1))
    }
}

@Suite struct ThemeTests {
    @Test(arguments: Theme.all) func textIsReadable(theme: Theme) {
        for color in [theme.ink, theme.mutedInk, theme.alert] + theme.series {
            #expect(color.contrast(with: theme.background) >= 4.5, "\(color.hex) in \(theme.name)")
        }
    }

    @Test(arguments: Theme.all) func cellTextIsReadableOnEveryShare(theme: Theme) {
        for map in [theme.share, theme.signed] {
            for color in map.table {
                #expect(theme.ink(on: color).contrast(with: color) >= 4.5, "\(color.hex) in \(theme.name)")
            }
        }
    }

    @Test(arguments: Theme.all) func signedMapIsCentredAtTheQuietestColour(theme: Theme) {
        let background = OKLab(theme.background)
        let distances = theme.signed.table.map { OKLab($0).distance(to: background) }
        #expect(distances[127] < 0.12 && distances[128] < 0.12)
        // Away from zero a colour moves away from the background, at the same pace on both sides.
        for (left, right) in zip(stride(from: 127, to: 0, by: -1), 128..<255) {
            #expect(distances[left - 1] > distances[left] - 0.002 && distances[right + 1] > distances[right] - 0.002)
            let imbalance = abs(OKLab(theme.signed.table[left]).lightness - OKLab(theme.signed.table[right]).lightness)
            #expect(imbalance < 0.02)
        }
    }

    @Test(arguments: Theme.all) func zeroVanishesInTheBackground(theme: Theme) {
        #expect(theme.share(0) == theme.background)
        #expect(theme.tone(0) == theme.background)
    }

    /// Even steps of lightness, so that a difference looks the same anywhere between paper and ink.
    @Test(arguments: Theme.all) func tonesLeaveThePaperEvenly(theme: Theme) {
        #expect(theme.tone(1) == theme.ink)
        let lightness = theme.tone.table.map { OKLab($0).lightness }
        // Over sixteen entries, for single ones are rounded to whole levels.
        let steps = zip(lightness, lightness.dropFirst(16)).map { abs($1 - $0) }
        let mean = steps.reduce(0, +) / Double(steps.count)
        #expect(steps.allSatisfy { $0 > mean / 2 && $0 < mean * 2 })
    }

    /// A network is known by the same hue in each theme.
    @Test func seriesKeepTheirHue() {
        func hue(_ color: Color) -> Double {
            let place = OKLab(color)
            return atan2(place.b, place.a)
        }
        for (light, dark) in zip(Theme.light.series, Theme.dark.series) {
            let angle = abs(hue(light) - hue(dark))
            #expect(min(angle, 2 * .pi - angle) < .pi / 18, "\(light.hex), \(dark.hex)")
        }
    }

    /// Colours as seen with each kind of dichromacy. Source: Machado, Oliveira and Fernandes, "A physiologically-based
    /// model for simulation of color vision deficiency", 2009, severity 1.
    @Test(arguments: Theme.all, ColorVision.allCases)
    func seriesAreToldApartBy(theme: Theme, vision: ColorVision) {
        let seen = theme.series.map { OKLab(vision.seen($0)) }
        for first in seen.indices {
            for second in seen.indices.dropFirst(first + 1) {
                #expect(seen[first].distance(to: seen[second]) > 0.15, "\(first), \(second): \(vision), \(theme.name)")
            }
        }
    }
}

enum ColorVision: CaseIterable {
    case normal, protanopia, deuteranopia, tritanopia

    func seen(_ color: Color) -> Color {
        let (r, g, b) = color.linearComponents
        let m = matrix
        return Color(
            linearRed: m[0] * r + m[1] * g + m[2] * b, green: m[3] * r + m[4] * g + m[5] * b,
            blue: m[6] * r + m[7] * g + m[8] * b)
    }

    private var matrix: [Double] {
        switch self {
        case .normal: [1, 0, 0, 0, 1, 0, 0, 0, 1]
        case .protanopia:
            [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998]
        case .deuteranopia:
            [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881]
        case .tritanopia:
            [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900]
        }
    }
}
