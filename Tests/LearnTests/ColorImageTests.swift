import CTurboJPEG
import Testing

@testable import Learn

@Suite("Image files") struct ColorImageTests {
    private let size = ImageSize(height: 8, width: 8)

    private func fault(_ bytes: [UInt8], most: Int = 1 << 16) -> ImageFault? {
        do throws(ImageFault) {
            _ = try ColorImage(decoding: bytes, most: most)
            return nil
        } catch {
            return error
        }
    }

    @Test func greyPNGHasItsLevelsThrice() throws {
        let image = try ColorImage(decoding: ImageFixture.greyPNG(3))
        #expect(image.size == size)
        #expect(image.pixels == ImageFixture.greyRows(3).joined().flatMap { [$0, $0, $0] })
    }

    @Test func colorPNGHasItsLevels() throws {
        let image = try ColorImage(decoding: ImageFixture.colorPNG(3, height: 2, width: 5))
        #expect(image.size == ImageSize(height: 2, width: 5))
        #expect(image.pixels == Array(ImageFixture.greyRows(3, height: 2, width: 15).joined()))
    }

    @Test func otherKindsOfPNGAreRead() throws {
        let palette = ImageFixture.png(width: 2, rows: [[1, 0]], .palette, palette: [9, 8, 7, 30, 20, 10])
        #expect(try ColorImage(decoding: palette).pixels == [30, 20, 10, 9, 8, 7])
        let sixteen = ImageFixture.png(width: 2, rows: [[7, 7, 200, 200]], .grey, depth: 16)
        #expect(try ColorImage(decoding: sixteen).pixels == [7, 7, 7, 200, 200, 200])
        let bits = ImageFixture.png(width: 3, rows: [[0b1010_0000]], .grey, depth: 1)
        #expect(try ColorImage(decoding: bits).pixels == [255, 255, 255, 0, 0, 0, 255, 255, 255])
    }

    @Test func alphaIsReadWhereNothingIsTransparent() throws {
        let opaque = ImageFixture.png(width: 2, rows: [[1, 2, 3, 255, 4, 5, 6, 255]], .alpha)
        #expect(try ColorImage(decoding: opaque).pixels == [1, 2, 3, 4, 5, 6])
        let transparent = ImageFixture.png(
            width: 2, rows: [[0, 0, 0, 255, 0, 0, 0, 255], [0, 0, 0, 255, 0, 0, 0, 254]], .alpha)
        #expect(fault(transparent) == .transparent(row: 1, column: 1))
    }

    @Test func jpegIsReadNearItsLevels() throws {
        let rows = ImageFixture.greyRows(1, height: 8, width: 24)
        let image = try ColorImage(decoding: ImageFixture.jpeg(Array(rows.joined()), height: 8, width: 8))
        #expect(zip(image.pixels, rows.joined()).allSatisfy { abs(Int($0) - Int($1)) < 8 })
        let levels = (0..<64).map { UInt8($0 * 2) }
        let grey = try ColorImage(decoding: ImageFixture.jpeg(levels, height: 8, width: 8, TJPF_GRAY))
        #expect(zip(grey.pixels, levels.flatMap { [$0, $0, $0] }).allSatisfy { abs(Int($0) - Int($1)) < 3 })
        #expect(stride(from: 0, to: 192, by: 3).allSatisfy { Set(grey.pixels[$0..<$0 + 3]).count == 1 })
    }

    /// A bright corner, which is at the top left when the image is seen upright.
    @Test(arguments: 1...8)
    func jpegIsTurnedAsItsOrientationSays(orientation: Int) throws {
        // Where that corner is stored: bottom, right.
        let corners = [(0, 0), (0, 1), (1, 1), (1, 0), (0, 0), (1, 0), (1, 1), (0, 1)]
        let (bottom, right) = corners[orientation - 1]
        let (height, width) = (16, 24)
        var levels = [UInt8](repeating: 0, count: height * width)
        for row in 0..<8 {
            for column in 0..<8 { levels[(row + bottom * 8) * width + column + right * 16] = 255 }
        }
        for isLittle in [true, false] {
            let image = try ColorImage(
                decoding: ImageFixture.jpeg(
                    levels, height: height, width: width, TJPF_GRAY, orientation: UInt8(orientation),
                    isLittle: isLittle))
            #expect(image.size == ImageSize(height: orientation > 4 ? 24 : 16, width: orientation > 4 ? 16 : 24))
            let bright = image.pixels.indices.filter { image.pixels[$0] > 128 }.map { $0 / 3 }
            #expect(Set(bright.map { $0 / image.size.width }) == Set(0..<8))
            #expect(Set(bright.map { $0 % image.size.width }) == Set(0..<8))
        }
    }

    /// All orientations of an image without symmetry differ, and each undoes itself or is undone by one other.
    @Test func orientationsAreTheEightOfASquare() throws {
        let size = ImageSize(height: 2, width: 3)
        let turned = try (1...8).map { number in
            let orientation = try #require(Orientation(rawValue: number))
            let (height, width) = orientation.swapsAxes ? (3, 2) : (2, 3)
            return (0..<height).map { row in
                (0..<width).map { column in
                    let source = orientation.source(row: row, column: column, in: size)
                    return source.row * 3 + source.column
                }
            }
        }
        #expect(
            turned == [
                [[0, 1, 2], [3, 4, 5]], [[2, 1, 0], [5, 4, 3]], [[5, 4, 3], [2, 1, 0]], [[3, 4, 5], [0, 1, 2]],
                [[0, 3], [1, 4], [2, 5]], [[3, 0], [4, 1], [5, 2]], [[5, 2], [4, 1], [3, 0]],
                [[2, 5], [1, 4], [0, 3]],
            ])
    }

    @Test func otherFilesAreRefused() {
        #expect(fault([]) == .neitherPNGNorJPEG)
        #expect(fault(Array("GIF89a".utf8)) == .neitherPNGNorJPEG)
        let print = ImageFixture.jpeg([UInt8](repeating: 90, count: 256), height: 8, width: 8, TJPF_CMYK)
        #expect(fault(print) == .printColors)
    }

    /// Without its last bytes, which hold no pixels, a PNG file is whole enough.
    @Test func everyTruncationIsRefused() throws {
        let png = ImageFixture.greyPNG(1)
        for count in 2..<png.count - 16 {
            let isDamaged = if case .damaged = fault(Array(png.prefix(count))) { true } else { false }
            #expect(isDamaged || count < 8, "\(count)")
        }
        let jpeg = ImageFixture.jpeg(Array(ImageFixture.greyRows(1).joined()), height: 8, width: 8, TJPF_GRAY)
        for count in 2..<jpeg.count - 2 {
            let isDamaged = if case .damaged = fault(Array(jpeg.prefix(count))) { true } else { false }
            #expect(isDamaged, "\(count) of \(jpeg.count)")
        }
    }

    @Test func damageIsRefusedWithTheLibrarysReason() {
        var png = ImageFixture.greyPNG(1)
        // In the checksum of the pixels, before the twelve bytes of the last chunk.
        png[png.count - 13] ^= 4
        #expect(fault(png) == .damaged(reason: "IDAT: CRC error"))
        let jpeg = ImageFixture.jpeg(Array(ImageFixture.greyRows(1).joined()), height: 8, width: 8, TJPF_GRAY)
        #expect(fault(Array(jpeg.dropLast(8))) == .damaged(reason: "Premature end of JPEG file"))
    }

    /// Before anything of that size is allocated.
    @Test func absurdSizesAreRefused() {
        let claim = ImageFixture.png(width: 8, rows: [[0]], .grey, claiming: (height: 1_000_000, width: 1_000_000))
        #expect(fault(claim) == .tooLarge(ImageSize(height: 1_000_000, width: 1_000_000)))
        #expect(fault(ImageFixture.greyPNG(1), most: 63) == .tooLarge(size))
        var jpeg = ImageFixture.jpeg([UInt8](repeating: 0, count: 64), height: 8, width: 8, TJPF_GRAY)
        let frame = jpeg.indices.first { jpeg[$0...].starts(with: [0xFF, 0xC0]) } ?? 0
        jpeg.replaceSubrange(frame + 5..<frame + 9, with: [0xFF, 0xDC, 0xFF, 0xDC])
        #expect(fault(jpeg) == .tooLarge(ImageSize(height: 0xFFDC, width: 0xFFDC)))
    }

    private func grey(_ size: ImageSize, _ level: (Int, Int) -> UInt8) -> ColorImage {
        let levels = (0..<size.height).flatMap { row in (0..<size.width).map { level(row, $0) } }
        return ColorImage(size: size, pixels: levels.flatMap { [$0, $0 / 2, 255 - $0] })
    }

    @Test func scalingIsTheMeanOfWhatIsCovered() {
        let image = grey(ImageSize(height: 4, width: 6)) { row, column in UInt8(10 * row + column) }
        #expect(image.scaled(to: image.size).pixels == image.pixels)
        let half = image.scaled(to: ImageSize(height: 2, width: 3)).pixels
        // 0, 1, 10 and 11, half way rounded up.
        #expect(stride(from: 0, to: 18, by: 3).map { half[$0] } == [6, 8, 10, 26, 28, 30])
        let line = grey(ImageSize(height: 1, width: 3)) { _, column in [0, 90, 240][column] }
        // A pixel and a half each.
        #expect(
            stride(from: 0, to: 6, by: 3).map { line.scaled(to: ImageSize(height: 1, width: 2)).pixels[$0] } == [
                30, 190,
            ])
        #expect(
            stride(from: 0, to: 36, by: 3).map { line.scaled(to: ImageSize(height: 2, width: 6)).pixels[$0] }
                == [0, 0, 90, 90, 240, 240, 0, 0, 90, 90, 240, 240])
    }

    @Test(arguments: [ImageSize(height: 8, width: 64), ImageSize(height: 37, width: 11)])
    func whatIsEvenStaysSo(target: ImageSize) {
        let even = grey(ImageSize(height: 23, width: 50)) { _, _ in 201 }.scaled(to: target)
        #expect(even.pixels == grey(target) { _, _ in 201 }.pixels)
    }
}
