import CTurboJPEG
import CZlib
import Foundation

@testable import Learn

/// Image files of any kind, made byte by byte.
enum ImageFixture {
    /// PNG colour types.
    enum Kind: UInt8 {
        case grey = 0
        case color = 2
        case palette = 3
        case alpha = 6
    }

    /// - Parameters:
    ///   - rows: bytes of each row, without its filter.
    ///   - palette: red, green and blue of each entry.
    static func png(
        width: Int, rows: [[UInt8]], _ kind: Kind, depth: UInt8 = 8, palette: [UInt8]? = nil,
        claiming size: (height: Int, width: Int)? = nil
    ) -> [UInt8] {
        let header =
            number(size?.width ?? width) + number(size?.height ?? rows.count) + [depth, kind.rawValue, 0, 0, 0]
        return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + chunk("IHDR", header)
            + (palette.map { chunk("PLTE", $0) } ?? []) + chunk("IDAT", zlib(rows.flatMap { [0] + $0 }))
            + chunk("IEND", [])
    }

    /// Any two images differ.
    static func greyPNG(_ seed: Int, height: Int = 8, width: Int = 8) -> [UInt8] {
        png(width: width, rows: greyRows(seed, height: height, width: width), .grey)
    }

    static func greyRows(_ seed: Int, height: Int = 8, width: Int = 8) -> [[UInt8]] {
        (0..<height).map { row in (0..<width).map { UInt8(truncatingIfNeeded: seed &* 37 &+ row &* 16 &+ $0 &* 5) } }
    }

    static func colorPNG(_ seed: Int, height: Int = 8, width: Int = 8) -> [UInt8] {
        png(width: width, rows: greyRows(seed, height: height, width: width * 3), .color)
    }

    private static func chunk(_ name: String, _ content: [UInt8]) -> [UInt8] {
        let body = Array(name.utf8) + content
        return number(content.count) + body + number(Int(crc32(0, body, UInt32(body.count))))
    }

    private static func number(_ value: Int) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
    }

    private static func zlib(_ content: [UInt8]) -> [UInt8] {
        var length = compressBound(UInt(content.count))
        var output = [UInt8](repeating: 0, count: Int(length))
        compress(&output, &length, content, UInt(content.count))
        return Array(output[..<Int(length)])
    }

    /// - Parameters:
    ///   - format: of the pixels: `TJPF_GRAY`, `TJPF_RGB` or `TJPF_CMYK`.
    ///   - orientation: of Exif.
    static func jpeg(
        _ pixels: [UInt8], height: Int, width: Int, _ format: TJPF = TJPF_RGB, orientation: UInt8? = nil,
        isLittle: Bool = true
    ) -> [UInt8] {
        let compressor = tjInitCompress()
        defer { tjDestroy(compressor) }
        var output: UnsafeMutablePointer<UInt8>?
        var length: UInt = 0
        let sampling = format == TJPF_GRAY ? TJSAMP_GRAY : TJSAMP_444
        tjCompress2(
            compressor, pixels, Int32(width), 0, Int32(height), Int32(format.rawValue), &output, &length,
            Int32(sampling.rawValue), 100, TJFLAG_ACCURATEDCT)
        defer { tjFree(output) }
        var bytes = Array(UnsafeBufferPointer(start: output, count: Int(length)))
        if let orientation {
            let entry: [UInt8] =
                isLittle
                ? [0x49, 0x49, 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0]
                : [0x4D, 0x4D, 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0]
            let content = Array("Exif\0\0".utf8) + entry + [0, 0, 0, 0]
            bytes.insert(contentsOf: [0xFF, 0xE1, 0, UInt8(content.count + 2)] + content, at: 2)
        }
        return bytes
    }

    /// Writes files of these names below a folder, with the folders that they lie in.
    static func write(_ files: [String: [UInt8]], to folder: URL) throws {
        for (name, content) in files {
            let url = folder.appending(path: name)
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(content).write(to: url)
        }
    }
}

extension [String: [UInt8]] {
    /// With some files in place of others, or without those that are nil there.
    func replacing(_ others: [String: [UInt8]?]) -> Self {
        mapValues(Optional.some).merging(others) { $1 }.compactMapValues { $0 }
    }
}
