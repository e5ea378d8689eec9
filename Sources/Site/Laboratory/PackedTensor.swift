import Foundation
import Learn

/// Numbers of a network as they travel to the page: base64 of little-endian numbers, the last dimension fastest.
struct PackedTensor: Encodable {
    let shape: [Int]
    /// Integers of two or three bytes, each a multiple of its output channel's scale; single-precision numbers where
    /// there are no scales.
    let values: String
    /// Single-precision numbers, `[output channels]`.
    let scales: String?
    /// By how much the page's numbers may differ from the network's.
    let error: Float

    init(_ tensor: CompactTensor) {
        shape = tensor.shape
        error = tensor.error
        switch tensor.numbers {
        case .singles(let numbers): (values, scales) = (numbers.map(\.bitPattern).base64(), nil)
        case .integers(let integers, let factors, let width):
            values = integers.base64(bytesEach: width.rawValue / 8)
            scales = factors.map(\.bitPattern).base64()
        }
    }
}

extension Array where Element: FixedWidthInteger {
    /// Base64 of the little-endian bytes, or of so many of each number that it fits.
    func base64(bytesEach: Int = MemoryLayout<Element>.size) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count * bytesEach)
        for number in self {
            for place in 0..<bytesEach { bytes.append(UInt8(truncatingIfNeeded: number >> (8 * place))) }
        }
        return Data(bytes).base64EncodedString()
    }
}
