/// The file format of MNIST: a magic number and the extents, each a big-endian 32-bit number, then one byte a value.
///
/// Source: Y. LeCun, C. Cortes, C. Burges, "The MNIST database of handwritten digits".
enum IDX {
    static let imageMagic: UInt32 = 0x0000_0803
    static let labelMagic: UInt32 = 0x0000_0801

    /// - Parameters:
    ///   - content: a whole file.
    ///   - path: what errors call the file.
    /// - Returns: grey levels, `[count, 28, 28]`.
    static func images(_ content: consuming [UInt8], path: String) throws(DataError) -> [UInt8] {
        let header = try header(content, magic: imageMagic, extents: 3, path: path)
        guard header[1] == FashionMNIST.shape.height, header[2] == FashionMNIST.shape.width else {
            throw .wrongImageSize(path: path, height: header[1], width: header[2])
        }
        return try values(content, after: header, path: path)
    }

    /// - Returns: classes 0...9, `[count]`.
    static func labels(_ content: consuming [UInt8], path: String) throws(DataError) -> [UInt8] {
        let header = try header(content, magic: labelMagic, extents: 1, path: path)
        let labels = try values(content, after: header, path: path)
        if let position = labels.firstIndex(where: { $0 >= FashionMNIST.classCount }) {
            throw .labelOutOfRange(path: path, position: position, label: Int(labels[position]))
        }
        return labels
    }

    /// - Returns: the extents, outermost first; the outermost is not zero.
    private static func header(
        _ content: [UInt8], magic: UInt32, extents: Int, path: String
    ) throws(DataError) -> [Int] {
        func number(at position: Int) -> UInt32 {
            content[position * 4..<position * 4 + 4].reduce(0) { $0 << 8 | UInt32($1) }
        }
        let length = 4 + 4 * extents
        guard content.count >= 4 else { throw .truncated(path: path, bytes: content.count, expected: length) }
        guard number(at: 0) == magic else { throw .wrongMagic(path: path, found: number(at: 0), expected: magic) }
        guard content.count >= length else { throw .truncated(path: path, bytes: content.count, expected: length) }
        let header = (1...extents).map { Int(number(at: $0)) }
        guard header[0] > 0 else { throw .empty(path: path) }
        return header
    }

    private static func values(
        _ content: consuming [UInt8], after header: [Int], path: String
    ) throws(DataError) -> [UInt8] {
        let headerLength = 4 + 4 * header.count
        // At most 2^32 * 28 * 28, so the product does not overflow.
        let expected = headerLength + header.reduce(1, *)
        guard content.count >= expected else {
            throw .truncated(path: path, bytes: content.count, expected: expected)
        }
        guard content.count == expected else {
            throw .trailingBytes(path: path, count: content.count - expected)
        }
        content.removeFirst(headerLength)
        return content
    }
}
