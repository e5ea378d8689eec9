import CCairo
import Foundation
import Synchronization

/// PNGs of rasters that were encoded last: a figure has the same in every language, and mostly in every format. Those of
/// another appearance mostly differ in their palettes alone.
final class RasterFiles: Sendable {
    static let shared = RasterFiles()

    private struct Kept {
        var files: [Raster: [UInt8]] = [:]
        var grays: [GrayPlane: [UInt8]] = [:]
        var pixels = 0

        /// Makes room for so many pixels more.
        mutating func add(_ count: Int) {
            if pixels + count > RasterFiles.mostPixels { self = Kept() }
            pixels += count
        }
    }

    private let kept = Mutex(Kept())
    /// Kept at most, four bytes each.
    private static let mostPixels = 1 << 23

    /// The raster as a PNG in base 64, with a palette unless it has too many colours.
    ///
    /// - Throws: ``RenderError/cairo(operation:status:)``.
    func base64(of raster: Raster) throws -> [UInt8] {
        if let file = kept.withLock({ $0.files[raster] }) { return file }
        let file = Array(Data(try raster.palettePNG(gray) ?? raster.png()).base64EncodedData())
        kept.withLock { kept in
            kept.add(raster.pixels.count)
            kept.files[raster] = file
        }
        return file
    }

    private func gray(_ plane: GrayPlane) throws -> [UInt8] {
        if let file = kept.withLock({ $0.grays[plane] }) { return file }
        let file = try plane.png()
        kept.withLock { kept in
            kept.add(plane.levels.count)
            kept.grays[plane] = file
        }
        return file
    }
}

extension Raster {
    /// As a PNG in full colour.
    fileprivate func png() throws -> [UInt8] {
        let surface = Canvas.surface(of: self)
        defer { cairo_surface_destroy(surface) }
        return try ByteSink.png(of: surface)
    }
}
