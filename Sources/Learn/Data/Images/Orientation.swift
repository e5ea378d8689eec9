/// How a camera was held, so how its image is to be turned or mirrored: Exif tag 0x0112.
///
/// Source: CIPA DC-008, "Exchangeable image file format for digital still cameras: Exif Version 2.3".
enum Orientation: Int {
    case upright = 1
    case mirrored, upsideDown, flipped, transposed, turnedRight, transversed, turnedLeft

    var swapsAxes: Bool { rawValue >= Orientation.transposed.rawValue }

    /// Where a pixel of the upright image lies in the stored one, which has that size.
    func source(row: Int, column: Int, in size: ImageSize) -> (row: Int, column: Int) {
        let (bottom, right) = (size.height - 1, size.width - 1)
        return switch self {
        case .upright: (row, column)
        case .mirrored: (row, right - column)
        case .upsideDown: (bottom - row, right - column)
        case .flipped: (bottom - row, column)
        case .transposed: (column, row)
        case .turnedRight: (bottom - column, row)
        case .transversed: (bottom - column, right - row)
        case .turnedLeft: (column, right - row)
        }
    }

    /// Upright where the file does not say otherwise, as far as it can be understood.
    init(ofJPEG bytes: [UInt8]) {
        self = Orientation.exif(in: bytes).flatMap(Orientation.tag).flatMap(Orientation.init) ?? .upright
    }

    /// The TIFF data in the first Exif segment before the scan.
    private static func exif(in bytes: [UInt8]) -> ArraySlice<UInt8>? {
        var position = 2
        // Each segment: 0xFF, its kind, and a length that counts itself.
        while position + 4 <= bytes.count, bytes[position] == 0xFF, bytes[position + 1] != 0xDA {
            let start = position + 4
            let end = position + 2 + (Int(bytes[position + 2]) << 8 | Int(bytes[position + 3]))
            guard start <= end, end <= bytes.count else { return nil }
            let segment = bytes[start..<end]
            if bytes[position + 1] == 0xE1, segment.starts(with: Array("Exif\0\0".utf8)) { return segment.dropFirst(6) }
            position = end
        }
        return nil
    }

    private static func tag(in tiff: ArraySlice<UInt8>) -> Int? {
        let isLittle = tiff.starts(with: Array("II".utf8))
        guard isLittle || tiff.starts(with: Array("MM".utf8)) else { return nil }
        func number(at offset: Int, bytes count: Int) -> Int? {
            guard offset <= tiff.count - count else { return nil }
            let bytes = tiff[tiff.startIndex + offset..<tiff.startIndex + offset + count]
            return (isLittle ? Array(bytes.reversed()) : Array(bytes)).reduce(0) { $0 << 8 | Int($1) }
        }
        guard let directory = number(at: 4, bytes: 4), let entries = number(at: directory, bytes: 2) else { return nil }
        for entry in 0..<entries {
            let start = directory + 2 + 12 * entry
            guard let tag = number(at: start, bytes: 2) else { return nil }
            // A short number lies in the first two bytes of the entry's value.
            if tag == 0x0112 { return number(at: start + 8, bytes: 2) }
        }
        return nil
    }
}
