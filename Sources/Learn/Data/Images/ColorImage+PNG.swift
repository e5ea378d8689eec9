import CPNG

extension ColorImage {
    /// Decodes PNG of any kind. Levels with a gamma of their own are brought to that of sRGB; 16 bits to eight.
    init(png bytes: [UInt8], most: Int) throws(ImageFault) {
        var image = png_image()
        image.version = png_uint_32(PNG_IMAGE_VERSION)
        // libpng keeps nothing beyond a call but what `image` owns, and the bytes, which stay where they are meanwhile.
        var decoded: [UInt8] = []
        var size = ImageSize(height: 0, width: 0)
        let failure: ImageFault? = bytes.withUnsafeBytes { buffer in
            guard png_image_begin_read_from_memory(&image, buffer.baseAddress, buffer.count) != 0 else {
                return .damaged(reason: message(of: image))
            }
            defer { png_image_free(&image) }
            size = ImageSize(height: Int(image.height), width: Int(image.width))
            do throws(ImageFault) {
                try ColorImage.check(height: size.height, width: size.width, most: most)
            } catch {
                return error
            }
            // With alpha always, so that transparent pixels show.
            image.format = png_uint_32(PNG_FORMAT_FLAG_COLOR | PNG_FORMAT_FLAG_ALPHA)
            // Else the levels of 16 bits would be taken for linear ones, as hardly a writer means them.
            image.flags |= png_uint_32(PNG_IMAGE_FLAG_16BIT_sRGB)
            decoded = [UInt8](repeating: 0, count: size.height * size.width * 4)
            guard png_image_finish_read(&image, nil, &decoded, png_int_32(size.width * 4), nil) != 0 else {
                return .damaged(reason: message(of: image))
            }
            return nil
        }
        if let failure { throw failure }
        if let pixel = (0..<decoded.count / 4).first(where: { decoded[4 * $0 + 3] != 255 }) {
            throw .transparent(row: pixel / size.width, column: pixel % size.width)
        }
        let pixels = [UInt8](unsafeUninitializedCapacity: decoded.count / 4 * 3) { buffer, count in
            count = decoded.count / 4 * 3
            for pixel in 0..<decoded.count / 4 {
                for channel in 0..<3 { buffer[3 * pixel + channel] = decoded[4 * pixel + channel] }
            }
        }
        self.init(size: size, pixels: pixels)
    }
}

/// libpng's own words, without line breaks.
private func message(of image: png_image) -> String {
    withUnsafeBytes(of: image.message) { buffer in
        String(decoding: buffer.prefix { $0 != 0 }.map { (32..<127).contains($0) ? $0 : 63 }, as: UTF8.self)
    }
}
