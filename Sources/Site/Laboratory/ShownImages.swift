import Foundation
import Learn
import Render

/// A test image that readers can choose.
struct ShownImage: Encodable {
    /// Position in the test set, from 1.
    let number: Int
    let label: Int
    /// Levels 0...255, `[height, width, channels]`, base64 of bytes.
    let pixels: String

    init(_ index: Int, of test: Split) {
        number = index + 1
        label = Int(test.labels[index])
        pixels = Data(test.image(index)).base64EncodedString()
    }
}

/// The colours of one appearance in which scripts draw numbers: 256 each, `rrggbb` one after the other.
struct ColorTables: Encodable {
    /// From zero to the largest.
    let tone: String
    /// From the most negative over zero to the largest.
    let signed: String

    init(_ theme: Theme) {
        (tone, signed) = (ColorTables.hex(theme.tone), ColorTables.hex(theme.signed))
    }

    /// By what scripts call the appearance.
    static let all = ["light": ColorTables(.light), "dark": ColorTables(.dark)]

    private static func hex(_ colors: ColorMap) -> String {
        (0..<256).map { String(colors(Double($0) / 255).hex.dropFirst()) }.joined()
    }
}
