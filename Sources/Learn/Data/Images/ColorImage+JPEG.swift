import CTurboJPEG

extension ColorImage {
    /// Decodes JPEG, grey or in colours, and turns it as its orientation says.
    init(jpeg bytes: [UInt8], most: Int) throws(ImageFault) {
        guard let decoder = tjInitDecompress() else { throw .damaged(reason: "no memory left") }
        defer { tjDestroy(decoder) }
        func fault() -> ImageFault { .damaged(reason: String(cString: tjGetErrorStr2(decoder))) }
        var (width, height, sampling, colors): (Int32, Int32, Int32, Int32) = (0, 0, 0, 0)
        let length = UInt(bytes.count)
        guard tjDecompressHeader3(decoder, bytes, length, &width, &height, &sampling, &colors) == 0 else {
            throw fault()
        }
        guard colors != Int32(TJCS_CMYK.rawValue), colors != Int32(TJCS_YCCK.rawValue) else { throw .printColors }
        try ColorImage.check(height: Int(height), width: Int(width), most: most)
        var pixels = [UInt8](repeating: 0, count: Int(height) * Int(width) * 3)
        // The accurate transform gives the same bits with and without vector instructions.
        let flags = Int32(TJFLAG_ACCURATEDCT | TJFLAG_STOPONWARNING | TJFLAG_LIMITSCANS)
        guard
            tjDecompress2(
                decoder, bytes, length, &pixels, width, width * 3, height, Int32(TJPF_RGB.rawValue), flags) == 0
        else { throw fault() }
        let size = ImageSize(height: Int(height), width: Int(width))
        self = ColorImage(size: size, pixels: pixels).upright(Orientation(ofJPEG: bytes))
    }

    /// The image as it is to be seen.
    private func upright(_ orientation: Orientation) -> ColorImage {
        guard orientation != .upright else { return self }
        let upright = orientation.swapsAxes ? ImageSize(height: size.width, width: size.height) : size
        var turned: [UInt8] = []
        turned.reserveCapacity(pixels.count)
        for row in 0..<upright.height {
            for column in 0..<upright.width {
                let source = orientation.source(row: row, column: column, in: size)
                let start = (source.row * size.width + source.column) * 3
                turned += pixels[start..<start + 3]
            }
        }
        return ColorImage(size: upright, pixels: turned)
    }
}
