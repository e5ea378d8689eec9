import Testing

@testable import Learn

@Suite("gzip data") struct DataGunzipTests {
    static let content = DataFixture.images(20, seed: 11)
    static let compressed = DataFixture.gzip(content)

    /// Decompresses what arrives in pieces of `size` bytes.
    private func gunzip(_ bytes: [UInt8], limit: Int = 1 << 20, piecesOf size: Int = 1 << 20) throws -> [UInt8] {
        var gunzip = Gunzip(limit: limit)
        for start in stride(from: 0, to: bytes.count, by: size) {
            try gunzip.add(Array(bytes[start..<min(start + size, bytes.count)]))
        }
        return try gunzip.finish()
    }

    @Test(arguments: [1, 7, 1000, 1 << 20])
    func decompresses(size: Int) throws {
        #expect(try gunzip(Self.compressed, piecesOf: size) == Self.content)
    }

    @Test func decompressesNothing() throws {
        #expect(try gunzip(DataFixture.gzip([])) == [])
    }

    @Test(arguments: [1, 1 << 20])
    func decompressesSeveralMembers(size: Int) throws {
        let members = Self.compressed + DataFixture.gzip([1, 2, 3]) + DataFixture.gzip([])
        #expect(try gunzip(members, piecesOf: size) == Self.content + [1, 2, 3])
    }

    @Test func refusesEveryTruncation() throws {
        for count in 0..<Self.compressed.count {
            #expect(throws: GzipError.truncated) { try gunzip(Array(Self.compressed.prefix(count))) }
        }
    }

    @Test func refusesTruncatedSecondMember() {
        let members = Self.compressed + Self.compressed.dropLast()
        #expect(throws: GzipError.truncated) { try gunzip(members) }
    }

    @Test(arguments: [1, 7, 1 << 20], [1, 511, 1 << 18])
    func passesOverZerosAtTheEnd(size: Int, zeros: Int) throws {
        let padded = Self.compressed + [UInt8](repeating: 0, count: zeros)
        #expect(try gunzip(padded, piecesOf: size) == Self.content)
    }

    @Test(arguments: [[0x20, 0x20], [0x1F, 0x00], [0, 1], [0, 0x1F, 0x8B], [0, 0, 0x20]] as [[UInt8]])
    func refusesTrailingBytes(bytes: [UInt8]) {
        #expect(throws: GzipError.trailingBytes) { try gunzip(Self.compressed + bytes) }
    }

    @Test(arguments: [[0, 0], Array("<html>".utf8), [0x1F, 0x8C, 8, 0]] as [[UInt8]])
    func refusesWhatIsNotGzip(bytes: [UInt8]) {
        #expect(throws: GzipError.notGzip) { try gunzip(bytes) }
    }

    @Test func refusesUnknownMethod() {
        var bytes = Self.compressed
        bytes[2] = 7
        #expect(throws: GzipError.damaged(reason: "unknown compression method")) { try gunzip(bytes) }
    }

    @Test func refusesWrongChecksum() {
        var bytes = Self.compressed
        bytes[bytes.count - 8] ^= 1
        #expect(throws: GzipError.damaged(reason: "incorrect data check")) { try gunzip(bytes) }
    }

    @Test func refusesWrongLength() {
        var bytes = Self.compressed
        bytes[bytes.count - 1] ^= 1
        #expect(throws: GzipError.damaged(reason: "incorrect length check")) { try gunzip(bytes) }
    }

    @Test func stopsAtTheLimit() throws {
        #expect(try gunzip(Self.compressed, limit: Self.content.count) == Self.content)
        #expect(throws: GzipError.tooLong(limit: Self.content.count - 1)) {
            try gunzip(Self.compressed, limit: Self.content.count - 1)
        }
    }

    /// 64 MiB of zeros in 64 KiB: a limit of 1 MiB must hold however small the file is.
    @Test func stopsABomb() {
        let bomb = DataFixture.gzip([UInt8](repeating: 0, count: 1 << 26))
        #expect(throws: GzipError.tooLong(limit: 1 << 20)) { try gunzip(bomb) }
    }
}
