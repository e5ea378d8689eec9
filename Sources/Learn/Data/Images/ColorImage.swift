/// A decoded image: red, green and blue, 0...255, `[height, width, 3]`.
struct ColorImage {
    let size: ImageSize
    let pixels: [UInt8]

    /// The most pixels that are decoded, 100 MB: a file of some kilobytes can claim any number.
    static let mostPixels = 1 << 25

    /// - Precondition: three values a pixel.
    init(size: ImageSize, pixels: [UInt8]) {
        precondition(pixels.count == size.height * size.width * 3)
        self.size = size
        self.pixels = pixels
    }

    /// Decodes a whole file, PNG or JPEG by what it begins with, whatever its name.
    ///
    /// What libjpeg would pass over with a warning, half an image among it, is refused.
    ///
    /// - Parameter most: the most pixels.
    init(decoding bytes: [UInt8], most: Int = ColorImage.mostPixels) throws(ImageFault) {
        if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
            self = try ColorImage(png: bytes, most: most)
        } else if bytes.starts(with: [0xFF, 0xD8]) {
            self = try ColorImage(jpeg: bytes, most: most)
        } else {
            throw .neitherPNGNorJPEG
        }
    }

    /// Before anything is allocated.
    static func check(height: Int, width: Int, most: Int) throws(ImageFault) {
        guard height > 0, width > 0 else { throw .damaged(reason: "no pixels") }
        guard height <= most / width else { throw .tooLarge(ImageSize(height: height, width: width)) }
    }
}

/// What can be wrong with an image file.
public enum ImageFault: Error, Equatable, Sendable {
    case neitherPNGNorJPEG
    /// `reason` is the decoding library's own.
    case damaged(reason: String)
    case tooLarge(ImageSize)
    /// What lies behind would be a guess.
    case transparent(row: Int, column: Int)
    /// Made for printing, in cyan, magenta, yellow and black.
    case printColors
    case otherSize(ImageSize, than: ImageSize)
}

extension ImageFault: CustomStringConvertible {
    public var description: String {
        switch self {
        case .neitherPNGNorJPEG:
            "begins neither as PNG nor as JPEG: convert or remove it"
        case .damaged(let reason):
            "damaged image (\(reason)): get the file again or remove it"
        case .tooLarge(let size):
            "an image of \(size) pixels, more than \(ColorImage.mostPixels): scale it down"
        case .transparent(let row, let column):
            "transparent at row \(row), column \(column): put the image on a background"
        case .printColors:
            "in colours for printing (CMYK): convert it to RGB"
        case .otherSize(let size, let first):
            "\(size) pixels, where the first image has \(first): name a size that all are scaled to"
        }
    }
}
