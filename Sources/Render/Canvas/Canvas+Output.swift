import CCairo
import Foundation

extension Drawing {
    /// The drawing as a small SVG file of its own: sizes in pixels, texts as outlines, name and description inside.
    ///
    /// The same drawing gives the same bytes, whatever was drawn before or is being drawn by other threads.
    /// - Throws: ``RenderError``.
    public func svg() throws -> Data {
        let raw = try Canvas.bytes { write, context in
            let surface = cairo_svg_surface_create_for_stream(write, context, size.width, size.height)
            cairo_svg_surface_set_document_unit(surface, CAIRO_SVG_UNIT_PX)
            return surface
        } play: {
            try Canvas(surface: $0, typeface: .installed()).play(self)
        }
        return Data(try SVGTidier(drawing: self).tidy(raw))
    }

    /// The drawing as PNG.
    ///
    /// - Parameter scale: PNG pixels a pixel of the drawing.
    /// - Throws: ``RenderError``.
    public func png(scale: Double = 2) throws -> Data {
        let surface = try image(scale: scale)
        defer { cairo_surface_destroy(surface) }
        let sink = ByteSink()
        let status = cairo_surface_write_to_png_stream(surface, ByteSink.write, sink.context)
        try Canvas.check(status, "write PNG")
        return Data(sink.bytes)
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

extension Canvas {
    typealias Write =
        @convention(c) (
            UnsafeMutableRawPointer?, UnsafePointer<UInt8>?, UInt32
        ) -> cairo_status_t

    /// What a surface that writes to a stream wrote, from its creation to its end.
    fileprivate static func bytes(
        surface make: (@escaping Write, UnsafeMutableRawPointer) -> OpaquePointer?,
        play: (OpaquePointer) throws -> Void
    ) throws -> [UInt8] {
        let sink = ByteSink()
        guard let surface = make(ByteSink.write, sink.context) else {
            throw RenderError.cairo(operation: "make a surface", status: "no surface")
        }
        defer { cairo_surface_destroy(surface) }
        try play(surface)
        cairo_surface_finish(surface)
        try check(cairo_surface_status(surface), "finish a file")
        return sink.bytes
    }
}
