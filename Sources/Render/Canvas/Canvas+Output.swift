import CCairo
import Foundation

extension Drawing {
    /// The drawing as a small SVG file of its own: sizes in pixels, texts as outlines, name and description inside.
    ///
    /// The same drawing gives the same bytes, whatever was drawn before or is being drawn by other threads.
    /// - Throws: ``RenderError``.
    public func svg() throws -> Data {
        try Canvas.withOutlines { canvas in
            var writer = SVGWriter(self, typeface: try .installed(), canvas: canvas)
            return Data(try writer.document())
        }
    }

    /// The drawing as PNG.
    ///
    /// - Parameter scale: PNG pixels a pixel of the drawing.
    /// - Throws: ``RenderError``.
    public func png(scale: Double = 2) throws -> Data {
        let surface = try image(scale: scale)
        defer { cairo_surface_destroy(surface) }
        return Data(try ByteSink.png(of: surface))
    }

    /// The drawing as pixels.
    ///
    /// - Throws: ``RenderError``.
    public func raster(scale: Double = 1) throws -> Raster {
        let surface = try image(scale: scale)
        defer { cairo_surface_destroy(surface) }
        let (width, height) = pixelSize(scale: scale)
        var raster = Raster(width: Int(width), height: Int(height), filledWith: Color(0))
        guard let bytes = cairo_image_surface_get_data(surface) else { return raster }
        let stride = Int(cairo_image_surface_get_stride(surface))
        for y in 0..<raster.height {
            let row = UnsafeRawPointer(bytes + y * stride)
            for x in 0..<raster.width {
                raster.pixels[y * raster.width + x] = row.load(fromByteOffset: x * 4, as: UInt32.self) & 0xFFFFFF
            }
        }
        return raster
    }

    private func pixelSize(scale: Double) -> (width: Int32, height: Int32) {
        (Int32(saturating: (size.width * scale).rounded()), Int32(saturating: (size.height * scale).rounded()))
    }

    /// - Returns: an image surface that the caller destroys.
    private func image(scale: Double) throws -> OpaquePointer {
        let (width, height) = pixelSize(scale: scale)
        guard let surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height) else {
            throw RenderError.cairo(operation: "make an image", status: "no surface")
        }
        do {
            try Canvas(surface: surface, typeface: .installed()).play(self, scale: scale)
        } catch {
            cairo_surface_destroy(surface)
            throw error
        }
        cairo_surface_flush(surface)
        return surface
    }
}
