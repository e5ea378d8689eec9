import CZip
import Foundation

@testable import Learn

/// NumPy arrays in files, and archives of them.
enum ArrayFixture {
    static func npy(
        _ type: String, _ shape: [Int], _ numbers: [UInt8], version: UInt8 = 1, fortran: Bool = false
    ) -> [UInt8] {
        let extents = shape.map(String.init).joined(separator: ", ") + (shape.count == 1 ? "," : "")
        let text = "{'descr': '\(type)', 'fortran_order': \(fortran ? "True" : "False"), 'shape': (\(extents)), }"
        return header(text, version: version) + numbers
    }

    static func header(_ text: String, version: UInt8 = 1) -> [UInt8] {
        let start = version == 1 ? 10 : 12
        let padding = 63 - (start + text.utf8.count) % 64
        let count = text.utf8.count + padding + 1
        return [0x93] + Array("NUMPY".utf8) + [version, 0]
            + (0..<start - 8).map { UInt8(truncatingIfNeeded: count >> (8 * $0)) }
            + Array(text.utf8) + [UInt8](repeating: 0x20, count: padding) + [0x0A]
    }

    /// Grey images of 8 x 9 pixels.
    static func images(_ count: Int) -> [UInt8] {
        npy("|u1", [count, 8, 9], (0..<count * 72).map { UInt8(truncatingIfNeeded: $0 &* 3) })
    }

    static func labels(_ labels: [UInt8]) -> [UInt8] { npy("|u1", [labels.count], labels) }

    /// Four training and three test images of two classes.
    static let keras = [
        "x_train.npy": images(4), "y_train.npy": labels([0, 1, 1, 0]), "x_test.npy": images(3),
        "y_test.npy": labels([1, 0, 1]),
    ]

    static func npz(_ members: [String: [UInt8]], isDeflated: Bool = true) throws -> [UInt8] {
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).npz")
        defer { try? FileManager.default.removeItem(at: file) }
        let archive = zip_open(file.path, ZIP_CREATE | ZIP_TRUNCATE, nil)
        guard let archive else { throw ZipFault.notZip(reason: "not created") }
        for (name, content) in members.sorted(by: { $0.key < $1.key }) {
            let copy = malloc(max(1, content.count))
            content.withUnsafeBytes { if let copy, let start = $0.baseAddress { memcpy(copy, start, $0.count) } }
            let place = zip_file_add(archive, name, zip_source_buffer(archive, copy, UInt64(content.count), 1), 0)
            zip_set_file_compression(
                archive, UInt64(place), isDeflated ? Int32(ZIP_CM_DEFLATE) : Int32(ZIP_CM_STORE), 0)
        }
        guard zip_close(archive) == 0 else { throw ZipFault.notZip(reason: "not written") }
        return try Array(Data(contentsOf: file))
    }

    /// Changes bytes of the first entry in the archive's directory, at an offset in that entry.
    static func patch(_ archive: [UInt8], at offset: Int, _ bytes: [UInt8]) -> [UInt8] {
        var archive = archive
        let directory = archive.indices.first { archive[$0...].starts(with: [0x50, 0x4B, 1, 2]) } ?? 0
        archive.replaceSubrange(directory + offset..<directory + offset + bytes.count, with: bytes)
        return archive
    }
}
