import Foundation

/// A seeded stream of damaged copies of well-formed files.
public struct Mutations: Sequence, IteratorProtocol {
    /// How many each reader is given: `$FUZZ_INPUTS`, or a number that takes a moment.
    public static let inputs: Int = ProcessInfo.processInfo.environment["FUZZ_INPUTS"].flatMap { Int($0) } ?? 3000

    private let originals: [[UInt8]]
    private var left: Int = Mutations.inputs
    private var state: UInt64

    public init(of originals: [[UInt8]], seed: UInt64) {
        self.originals = originals
        state = seed
    }

    public mutating func next() -> [UInt8]? {
        guard left > 0 else { return nil }
        left -= 1
        var bytes = originals[random(below: originals.count)]
        for _ in 0...random(below: 4) { mutate(&bytes) }
        return bytes
    }

    private mutating func mutate(_ bytes: inout [UInt8]) {
        let position = random(below: bytes.count + 1)
        let length = Swift.min(random(below: 16), bytes.count - position)
        switch random(below: 7) {
        case 0 where position < bytes.count: bytes[position] ^= 1 << random(below: 8)
        case 1 where position < bytes.count: bytes[position] = UInt8(random(below: 256))
        case 2: bytes.removeLast(bytes.count - position)
        case 3: bytes.removeSubrange(position..<position + length)
        case 4: bytes.insert(contentsOf: bytes[position..<position + length], at: random(below: bytes.count + 1))
        case 5: bytes.replaceSubrange(position..<position + length, with: telling[random(below: telling.count)])
        default: bytes.insert(contentsOf: (0..<random(below: 5)).map { _ in UInt8(random(below: 256)) }, at: position)
        }
    }

    /// What readers of numbers and of JSON tend to stumble over.
    private let telling: [[UInt8]] =
        [
            "0", "-1", "1e999", "9223372036854775807", "18446744073709551616", "null", "[]", "{}", "\"", "\\",
            "\\u0000",
            "\\ud800", ",", ":", "]", "}", "true", "0.5", "\"\"", "[[[[[[[[",
        ].map { Array($0.utf8) } + [
            [0, 0, 0, 0], [0xFF, 0xFF, 0xFF, 0xFF], [0x7F, 0xFF, 0xFF, 0xFF], [0x80, 0, 0, 0],
        ]

    private mutating func random(below bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ (mixed >> 31)) % UInt64(bound))
    }
}
