import CCairo

extension Raster {
    /// The raster as a PNG with a palette, about half as large as the one in full colour that Cairo writes.
    ///
    /// Cairo writes a surface of single bytes as a grey PNG. Its image data are laid out like those of a PNG with a
    /// palette, so that only the header changes and the palette is added. Source: PNG specification (W3C, third
    /// edition), sections 4.4, 5 and 11.2.
    ///
    /// - Parameter grayPNG: encodes the places of the colours in the palette; who has them encoded already gives those.
    /// - Returns: nil if there are more than 256 colours.
    /// - Throws: ``RenderError/cairo(operation:status:)``.
    func palettePNG(_ grayPNG: (GrayPlane) throws -> [UInt8] = { try $0.png() }) throws -> [UInt8]? {
        var indices: [UInt32: UInt8] = [:]
        var palette: [UInt8] = []
        var plane = [UInt8]()
        plane.reserveCapacity(pixels.count)
        var last: (color: UInt32, index: UInt8)?
        for color in pixels {
            if let last, last.color == color {
                plane.append(last.index)
                continue
            }
            if indices[color] == nil {
                guard indices.count < 256 else { return nil }
                indices[color] = UInt8(indices.count)
                palette += [UInt8(color >> 16 & 0xFF), UInt8(color >> 8 & 0xFF), UInt8(color & 0xFF)]
            }
            let index = indices[color] ?? 0
            plane.append(index)
            last = (color, index)
        }
        let gray = GrayPlane(width: width, height: height, levels: plane)
        return PNGChunks.withPalette(palette, in: try grayPNG(gray))
    }
}

/// An image of single bytes.
struct GrayPlane: Hashable {
    let width: Int
    let height: Int
    /// Row by row, `[height, width]`.
    let levels: [UInt8]

    /// All levels at one stroke, as in a ``Raster``.
    func hash(into hasher: inout Hasher) { levels.withUnsafeBytes { hasher.combine(bytes: $0) } }

    /// - Throws: ``RenderError/cairo(operation:status:)``.
    func png() throws -> [UInt8] {
        let surface = cairo_image_surface_create(CAIRO_FORMAT_A8, Int32(width), Int32(height))
        defer { cairo_surface_destroy(surface) }
        guard let bytes = cairo_image_surface_get_data(surface) else {
            throw RenderError.cairo(operation: "make an image", status: "no surface")
        }
        let stride = Int(cairo_image_surface_get_stride(surface))
        levels.withUnsafeBufferPointer { levels in
            guard let start = levels.baseAddress else { return }
            for row in 0..<height { (bytes + row * stride).update(from: start + row * width, count: width) }
        }
        cairo_surface_mark_dirty(surface)
        return try ByteSink.png(of: surface)
    }
}

private enum PNGChunks {
    private static let signatureLength = 8
    private static let typeOfPalette: UInt8 = 3

    /// The grey PNG with header and palette of a coloured one; chunks that only comment are left out.
    static func withPalette(_ palette: [UInt8], in png: [UInt8]) -> [UInt8] {
        var output = Array(png[..<signatureLength])
        var position = signatureLength
        while position + 12 <= png.count {
            let length = png[position..<position + 4].reduce(0) { $0 << 8 | Int($1) }
            let type = String(decoding: png[position + 4..<position + 8], as: UTF8.self)
            var data = Array(png[position + 8..<position + 8 + length])
            switch type {
            case "IHDR":
                // Width, height, bit depth, then the colour type.
                data[9] = typeOfPalette
                append(type, data, to: &output)
                append("PLTE", palette, to: &output)
            case "IDAT", "IEND": append(type, data, to: &output)
            default: break
            }
            position += 12 + length
        }
        return output
    }

    private static func append(_ type: String, _ data: [UInt8], to output: inout [UInt8]) {
        output += bigEndian(UInt32(data.count))
        let body = Array(type.utf8) + data
        output += body
        output += bigEndian(checksum(body))
    }

    private static func bigEndian(_ value: UInt32) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
    }

    /// CRC-32. Source: PNG specification, annex D.
    private static func checksum(_ bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(0xFFFF_FFFF as UInt32) { crc, byte in table[Int((crc ^ UInt32(byte)) & 0xFF)] ^ crc >> 8 }
    }

    private static let table: [UInt32] = (0..<256).map { index in
        (0..<8).reduce(UInt32(index)) { crc, _ in crc & 1 == 1 ? 0xEDB8_8320 ^ crc >> 1 : crc >> 1 }
    }
}
