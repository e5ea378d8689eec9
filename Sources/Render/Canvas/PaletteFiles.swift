import Synchronization

/// PNGs of rasters that were encoded last: a figure has the same in every language, and mostly in every format.
final class PaletteFiles: Sendable {
    static let shared = PaletteFiles()

    private struct Kept {
        var files: [Raster: [UInt8]?] = [:]
        var pixels = 0
    }

    private let kept = Mutex(Kept())
    /// Kept at most, four bytes each.
    private static let mostPixels = 1 << 23

    /// The raster as a PNG with a palette; nil if it has too many colours.
    func file(of raster: Raster) -> [UInt8]? {
        if let file = kept.withLock({ $0.files[raster] }) { return file }
        let file = raster.palettePNG()
        kept.withLock { kept in
            if kept.pixels + raster.pixels.count > PaletteFiles.mostPixels { kept = Kept() }
            kept.files[raster] = .some(file)
            kept.pixels += raster.pixels.count
        }
        return file
    }
}
