import CNettle

/// The SHA-256 of bytes that come piece by piece.
///
/// Source: FIPS 180-4, <https://doi.org/10.6028/NIST.FIPS.180-4>.
package struct SHA256: Sendable {
    private var context = sha256_ctx()

    package init() { nettle_sha256_init(&context) }

    package mutating func update(_ bytes: UnsafeRawBufferPointer) {
        guard let start = bytes.baseAddress else { return }
        nettle_sha256_update(&context, bytes.count, start.assumingMemoryBound(to: UInt8.self))
    }

    package mutating func update(_ bytes: some Sequence<UInt8>) {
        let isDone: Void? = bytes.withContiguousStorageIfAvailable { update(UnsafeRawBufferPointer($0)) }
        if isDone == nil { Array(bytes).withUnsafeBytes { update($0) } }
    }

    /// The digest of all bytes so far, 32 bytes.
    package func finalize() -> [UInt8] {
        var context = context
        return Array(unsafeUninitializedCapacity: Int(SHA256_DIGEST_SIZE)) { buffer, count in
            sha256_finish(&context, buffer.baseAddress)
            count = buffer.count
        }
    }
}

extension SHA256 {
    /// The digest of all bytes so far as 64 lower-case hexadecimal digits.
    package var hex: String {
        let digits = Array("0123456789abcdef".unicodeScalars)
        var hex = String.UnicodeScalarView()
        for byte in finalize() {
            hex.append(digits[Int(byte >> 4)])
            hex.append(digits[Int(byte & 15)])
        }
        return String(hex)
    }

    /// The digest of some bytes as 64 lower-case hexadecimal digits.
    package static func hex(_ bytes: some Sequence<UInt8>) -> String {
        var hash = SHA256()
        hash.update(bytes)
        return hash.hex
    }
}
