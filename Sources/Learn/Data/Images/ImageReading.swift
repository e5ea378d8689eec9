import Foundation

/// Reads the images of a folder one after the other, to one size.
struct ImageReading {
    /// The size of all images: as asked for, else the first one's.
    private(set) var size: ImageSize?
    private let isScaling: Bool

    /// The longest file of one image, in bytes.
    static let longestFile = 1 << 26

    init(size: ImageSize?) {
        self.size = size
        isScaling = size != nil
    }

    /// Images in colours, `[count, height, width, 3]`.
    struct Colors {
        var values: [UInt8] = []

        var isGrey: Bool {
            for start in stride(from: 0, to: values.count, by: 3)
            where values[start] != values[start + 1] || values[start] != values[start + 2] {
                return false
            }
            return true
        }

        /// - Parameter channels: 3, or 1 for the luma of ITU-R BT.601, which leaves what is grey as it is.
        func pixels(channels: Int) -> [UInt8] {
            channels == 1 ? stride(from: 0, to: values.count, by: 3).map(luma) : values
        }

        private func luma(at start: Int) -> UInt8 {
            let (red, green, blue) = (Int(values[start]), Int(values[start + 1]), Int(values[start + 2]))
            return UInt8((299 * red + 587 * green + 114 * blue + 500) / 1000)
        }
    }

    mutating func pixels(of classes: ImageFolder.Classes) throws(DataError) -> Colors {
        let count = classes.reduce(0) { $0 + $1.files.count }
        var colors = Colors()
        for file in classes.lazy.flatMap(\.files) {
            let image = try image(in: file)
            if colors.values.isEmpty {
                let bytes = count * image.pixels.count
                guard bytes <= DataForm.longestArray else {
                    let folder = file.deletingLastPathComponent().deletingLastPathComponent()
                    throw .form(path: folder.path, .tooManyPixels(bytes: bytes, limit: DataForm.longestArray))
                }
                colors.values.reserveCapacity(bytes)
            }
            colors.values += image.pixels
        }
        return colors
    }

    private mutating func image(in file: URL) throws(DataError) -> ColorImage {
        let bytes: [UInt8]?
        do {
            bytes = try OpenFile.contents(of: file, limit: ImageReading.longestFile)
        } catch {
            throw .unreadable(path: file.path, reason: error.reason)
        }
        guard let bytes else { throw .tooLong(path: file.path, limit: ImageReading.longestFile) }
        let image: ColorImage
        do {
            image = try ColorImage(decoding: bytes)
        } catch {
            throw .image(path: file.path, error)
        }
        guard let size else {
            try DataForm.check(image.size, path: file.path)
            size = image.size
            return image
        }
        if isScaling { return image.scaled(to: size) }
        guard image.size == size else { throw .image(path: file.path, .otherSize(image.size, than: size)) }
        return image
    }
}
