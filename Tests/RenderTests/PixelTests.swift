import CCairo
import Foundation
import Testing

@testable import Render

@Suite struct PixelTests {
    private let shapes: Drawing = {
        var drawing = Drawing(id: "shapes", title: "", description: "", language: "en", size: Size(40, 30))
        drawing.fill(.rectangle(Rect(0, 0, 40, 30)), Color(0xFFFFFF))
        drawing.fill(.rectangle(Rect(5, 5, 10, 10)), Color(0xFF0000))
        drawing.fill(.circle(center: Point(30, 10), radius: 6), Color(0x0000FF))
        drawing.stroke(.line(Point(0, 22), Point(40, 22)), Stroke(Color(0x00AA00), width: 2))
        drawing.fill(.polygon([Point(0, 30), Point(20, 30), Point(0, 24)]), Color(0, opacity: 0.5))
        return drawing
    }()

    /// How far two pixels are apart in their worst channel, 0...255.
    private func difference(_ a: UInt32, _ b: UInt32) -> Int {
        [16, 8, 0].map { abs(Int(a >> $0 & 0xFF) - Int(b >> $0 & 0xFF)) }.max() ?? 0
    }

    @Test(
        arguments: [
            (1, 1, 0xFFFFFF), (6, 6, 0xFF0000), (14, 14, 0xFF0000), (16, 10, 0xFFFFFF), (30, 10, 0x0000FF),
            (20, 21, 0x00AA00), (20, 22, 0x00AA00), (20, 24, 0xFFFFFF), (2, 28, 0x808080), (19, 25, 0xFFFFFF),
        ] as [(Int, Int, UInt32)])
    func shapesLieWhereTheyShould(x: Int, y: Int, color: UInt32) throws {
        let raster = try shapes.raster()
        #expect(difference(raster.pixels[y * raster.width + x], color) <= 3)
    }

    @Test func areasAreRightToATolerance() throws {
        let raster = try shapes.raster(scale: 4)
        let blue = raster.pixels.count { difference($0, 0x0000FF) < 128 }
        #expect(abs(Double(blue) / 16 - .pi * 36) < 1.5)
    }

    @Test func rastersAreNotSmoothed() throws {
        var checkers = Raster(width: 3, height: 1, filledWith: Color(0xFFFFFF))
        checkers.pixels[1] = 0x000000
        var drawing = Drawing(id: "raster", title: "", description: "", language: "en", size: Size(30, 10))
        drawing.add(.raster(checkers, in: Rect(0, 0, 30, 10)))
        let row = try drawing.raster().pixels.prefix(30)
        #expect(Array(row) == (0..<30).map { (10..<20).contains($0) ? 0x000000 : 0xFFFFFF })
    }

    @Test func japaneseIsNotDrawnAsBoxes() throws {
        func ink(_ text: String) throws -> Raster {
            var drawing = Drawing(id: "ink", title: "", description: "", language: "ja", size: Size(40, 40))
            drawing.fill(.rectangle(Rect(0, 0, 40, 40)), Color(0xFFFFFF))
            drawing.add(
                .text(TextLine(text, at: Point(4, 34), font: Font(size: 32), color: Color(0))))
            return try drawing.raster()
        }
        // Letters that no font has are all drawn as the same box.
        let box = try ink("\u{10F0F0}")
        #expect(try ink("損") != box)
        #expect(try ink("失") != ink("損"))
    }

    @Test func pngHasTheScaledSize() throws {
        let png = try shapes.png(scale: 2)
        #expect(png.starts(with: [0x89, 0x50, 0x4E, 0x47]))
        #expect(Array(png[16..<24]) == [0, 0, 0, 80, 0, 0, 0, 60])
    }
}

@Suite struct PalettePNGTests {
    @Test(arguments: [1, 2, 3, 17, 256]) func decodesToTheSamePixels(colors: Int) throws {
        var raster = Raster(width: 29, height: 23, filledWith: Color(0))
        for index in raster.pixels.indices { raster.pixels[index] = UInt32(index * 7 % colors) * 0x010305 & 0xFFFFFF }
        let png = try #require(try raster.palettePNG())
        #expect(png[25] == 3)
        #expect(try PNGReader.pixels(png, width: 29, height: 23) == raster.pixels)
    }

    @Test func moreColoursThanAPaletteHolds() throws {
        var raster = Raster(width: 257, height: 1, filledWith: Color(0))
        for index in 0..<257 { raster.pixels[index] = UInt32(index) }
        #expect(try raster.palettePNG() == nil)
    }
}

/// Reads PNG bytes with Cairo, whose decoder knows nothing of ours.
enum PNGReader {
    private final class Source {
        var bytes: ArraySlice<UInt8>
        init(_ bytes: [UInt8]) { self.bytes = bytes[...] }
    }

    static func pixels(_ png: [UInt8], width: Int, height: Int) throws -> [UInt32] {
        let source = Source(png)
        let surface = cairo_image_surface_create_from_png_stream(
            { context, target, length in
                guard let context, let target else { return CAIRO_STATUS_READ_ERROR }
                let source = Unmanaged<Source>.fromOpaque(context).takeUnretainedValue()
                guard source.bytes.count >= Int(length) else { return CAIRO_STATUS_READ_ERROR }
                for (index, byte) in source.bytes.prefix(Int(length)).enumerated() { target[index] = byte }
                source.bytes = source.bytes.dropFirst(Int(length))
                return CAIRO_STATUS_SUCCESS
            }, Unmanaged.passUnretained(source).toOpaque())
        defer { cairo_surface_destroy(surface) }
        #expect(cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS)
        #expect(cairo_image_surface_get_width(surface) == width && cairo_image_surface_get_height(surface) == height)
        let bytes = try #require(cairo_image_surface_get_data(surface))
        let stride = Int(cairo_image_surface_get_stride(surface))
        return (0..<height).flatMap { y in
            (0..<width).map { x in
                UnsafeRawPointer(bytes).load(fromByteOffset: y * stride + x * 4, as: UInt32.self) & 0xFFFFFF
            }
        }
    }
}
