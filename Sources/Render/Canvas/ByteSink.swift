import CCairo

/// Collects what Cairo writes to a stream.
final class ByteSink {
    private typealias Write =
        @convention(c) (
            UnsafeMutableRawPointer?, UnsafePointer<UInt8>?, UInt32
        ) -> cairo_status_t

    private var bytes: [UInt8] = []

    /// What Cairo hands to ``write``; valid as long as the sink is.
    private var context: UnsafeMutableRawPointer { Unmanaged.passUnretained(self).toOpaque() }

    /// What Cairo calls to write.
    private static let write: Write = { context, data, count in
        guard let context else { return CAIRO_STATUS_WRITE_ERROR }
        let sink = Unmanaged<ByteSink>.fromOpaque(context).takeUnretainedValue()
        sink.bytes.append(contentsOf: UnsafeBufferPointer(start: data, count: Int(count)))
        return CAIRO_STATUS_SUCCESS
    }

    /// What a surface holds as PNG.
    ///
    /// - Throws: ``RenderError/cairo(operation:status:)``.
    static func png(of surface: OpaquePointer?) throws -> [UInt8] {
        let sink = ByteSink()
        try Canvas.check(cairo_surface_write_to_png_stream(surface, write, sink.context), "write PNG")
        return sink.bytes
    }
}
