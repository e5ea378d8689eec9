import Testing

@testable import Learn

/// Digests against those of NIST: the examples of FIPS 180-4 and messages of its validation program (CAVP).
@Suite struct SHA256Tests {
    private static let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", abc),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
        (
            "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrst"
                + "nopqrstu",
            "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
        ),
    ])
    func ofTexts(_ text: String, _ digest: String) {
        #expect(SHA256.hex(text.utf8) == digest)
        #expect(SHA256.hex(AnySequence(Array(text.utf8))) == digest)
    }

    @Test(arguments: [
        ([0xD3], "28969cdfa74a12c82f3bad960b0b000aca2ac329deea5c2328ebc6f2ba9802c1"),
        ([0xC9, 0x8C, 0x8E, 0x55], "7abc22c0ae5af26ce93dbb94433a0e0b2e119d014f8e7f65bd56c61ccccd9504"),
    ])
    func ofBytes(_ bytes: [UInt8], _ digest: String) {
        #expect(SHA256.hex(bytes) == digest)
    }

    /// A million times "a", in pieces of every length up to two blocks and more.
    @Test func ofALongTextInPieces() {
        var hash = SHA256()
        var left = 1_000_000
        var length = 0
        while left > 0 {
            let piece = min(length, left)
            hash.update([UInt8](repeating: UInt8(ascii: "a"), count: piece))
            left -= piece
            length = (length + 1) % 150
        }
        #expect(hash.hex == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
    }

    @Test func aDigestCanBeAskedForOnTheWay() {
        var hash = SHA256()
        #expect(hash.finalize().count == 32)
        hash.update(Array("abc".utf8))
        #expect(hash.hex == Self.abc && hash.hex == Self.abc)
        var other = hash
        other.update([0])
        #expect(hash.hex == Self.abc && other.hex != Self.abc)
    }
}
