import CZlib

/// What can be wrong with gzip data.
public enum GzipError: Error, Equatable, Sendable {
    case notGzip
    /// The compressed data or its checksum is wrong; `reason` is zlib's own.
    case damaged(reason: String)
    case truncated
    /// Something that is not gzip follows the gzip data.
    case trailingBytes
    /// The content is longer than `limit` bytes.
    case tooLong(limit: Int)
}

/// Decompresses gzip data (RFC 1952) piece by piece, several members in a row included, and zeros after the last as
/// tapes and some copies leave them.
struct Gunzip: ~Copyable {
    // On the heap since zlib keeps the address of the stream and refuses one that has moved.
    private let stream: UnsafeMutablePointer<z_stream>
    private let limit: Int
    private var output: [UInt8] = []
    private var piece = [UInt8](repeating: 0, count: 1 << 17)
    private var members = 0
    private var isInsideMember = true
    private var isInPadding = false

    /// - Parameters:
    ///   - limit: the longest content, in bytes, that is decompressed.
    ///   - expected: how long it will be, about: without, a long one is moved again and again as it grows.
    init(limit: Int, expecting expected: Int = 0) {
        output.reserveCapacity(min(limit, expected))
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        self.limit = limit
        let gzipOnly = MAX_WBITS + 16
        let status = inflateInit2_(stream, gzipOnly, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        precondition(status == Z_OK, "zlib has no memory left or is not the version that this program was built with")
    }

    deinit {
        inflateEnd(stream)
        stream.deinitialize(count: 1)
        stream.deallocate()
    }

    /// Decompresses the next bytes of the file.
    mutating func add(_ input: [UInt8]) throws(GzipError) {
        var input = input
        let count = input.count
        try input.withUnsafeMutableBufferPointer { buffer throws(GzipError) in
            stream.pointee.next_in = buffer.baseAddress
            stream.pointee.avail_in = UInt32(count)
            while stream.pointee.avail_in > 0 {
                if isInsideMember { try inflatePiece() } else { try beginMember() }
            }
        }
    }

    /// - Returns: the whole content.
    consuming func finish() throws(GzipError) -> [UInt8] {
        guard !isInsideMember else { throw .truncated }
        return output
    }

    /// What follows a member is another one, or zeros up to the end.
    private mutating func beginMember() throws(GzipError) {
        switch stream.pointee.next_in.pointee {
        case 0:
            isInPadding = true
            stream.pointee.next_in += 1
            stream.pointee.avail_in -= 1
        case 0x1F where !isInPadding:
            inflateReset(stream)
            isInsideMember = true
        default:
            throw .trailingBytes
        }
    }

    /// Inflates until the input is used up, the member ends or one piece of output is full.
    private mutating func inflatePiece() throws(GzipError) {
        let status = piece.withUnsafeMutableBufferPointer { buffer in
            stream.pointee.next_out = buffer.baseAddress
            stream.pointee.avail_out = UInt32(buffer.count)
            return inflate(stream, Z_NO_FLUSH)
        }
        let produced = piece.count - Int(stream.pointee.avail_out)
        guard output.count + produced <= limit else { throw .tooLong(limit: limit) }
        output += piece[..<produced]
        switch status {
        case Z_STREAM_END:
            members += 1
            isInsideMember = false
        case Z_OK, Z_BUF_ERROR:
            break
        default:
            throw failure()
        }
    }

    private func failure() -> GzipError {
        let reason = stream.pointee.msg.map { String(cString: $0) } ?? "invalid data"
        guard reason == "incorrect header check" else { return .damaged(reason: reason) }
        return members == 0 ? .notGzip : .trailingBytes
    }
}
