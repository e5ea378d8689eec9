import CZlib
import Foundation
import TestSupport

@testable import Learn

/// A tiny data set in the form of Fashion-MNIST, and its files.
enum DataFixture {
    static let trainCount = 12
    static let testCount = 5

    /// Content of each file by name without `.gz`.
    static let contents: [String: [UInt8]] = [
        "train-images-idx3-ubyte": images(trainCount, seed: 3), "train-labels-idx1-ubyte": labels(trainCount),
        "t10k-images-idx3-ubyte": images(testCount, seed: 5), "t10k-labels-idx1-ubyte": labels(testCount),
    ]

    static let digests = contents.mapValues { SHA256.hex($0) }

    static func images(_ count: Int, seed: Int, edge: Int = 28) -> [UInt8] {
        header(IDX.imageMagic, [count, edge, edge])
            + (0..<count * edge * edge).map { UInt8(truncatingIfNeeded: $0 &* seed &+ $0 / 7) }
    }

    static func labels(_ count: Int) -> [UInt8] {
        header(IDX.labelMagic, [count]) + (0..<count).map { UInt8($0 % 10) }
    }

    static func header(_ magic: UInt32, _ extents: [Int]) -> [UInt8] { IDXHeader.bytes(magic, extents) }

    /// One gzip member with this content.
    static func gzip(_ content: [UInt8]) -> [UInt8] {
        var stream = z_stream()
        deflateInit2_(
            &stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size))
        var input = content
        var output = [UInt8](repeating: 0, count: Int(deflateBound(&stream, UInt(content.count))))
        input.withUnsafeMutableBufferPointer { source in
            output.withUnsafeMutableBufferPointer { target in
                stream.next_in = source.baseAddress
                stream.avail_in = UInt32(source.count)
                stream.next_out = target.baseAddress
                stream.avail_out = UInt32(target.count)
                deflate(&stream, Z_FINISH)
            }
        }
        output.removeLast(Int(stream.avail_out))
        deflateEnd(&stream)
        return output
    }

    /// Writes the four files, those in `replacing` with other content, or not at all if that is nil.
    static func write(to folder: URL, compressed: Bool = true, replacing: [String: [UInt8]?] = [:]) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for (name, content) in contents {
            guard let content = replacing[name] ?? content else { continue }
            let url = folder.appendingPathComponent(compressed ? name + ".gz" : name)
            try Data(compressed ? gzip(content) : content).write(to: url)
        }
    }
}
