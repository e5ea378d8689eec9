@testable import Learn

extension Safetensors.File {
    /// The values of a tensor of double-precision numbers, row-major.
    func doubles(_ name: String) throws(SafetensorsError) -> [Double] {
        try elements(name, .float64) { Double(bitPattern: UInt64(littleEndian: $0)) }
    }

    /// The values of a tensor of 64-bit integers, row-major.
    func integers(_ name: String) throws(SafetensorsError) -> [Int64] {
        try elements(name, .int64) { Int64(littleEndian: $0) }
    }
}
