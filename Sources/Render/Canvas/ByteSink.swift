import CCairo

/// Collects what Cairo writes to a stream.
final class ByteSink {
    private(set) var bytes: [UInt8] = []

    /// What Cairo hands to ``write``; valid as long as the sink is.
    var context: UnsafeMutableRawPointer { Unmanaged.passUnretained(self).toOpaque() }

    static let write: Canvas.Write = { context, data, count in
        guard let context else { return CAIRO_STATUS_WRITE_ERROR }
        let sink = Unmanaged<ByteSink>.fromOpaque(context).takeUnretainedValue()
        sink.bytes.append(contentsOf: UnsafeBufferPointer(start: data, count: Int(count)))
        return CAIRO_STATUS_SUCCESS
    }
}
